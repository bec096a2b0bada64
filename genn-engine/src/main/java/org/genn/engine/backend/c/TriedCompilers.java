package org.genn.engine.backend.c;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.genn.engine.backend.BuildCache;
import org.genn.engine.backend.BuildSettings;

/*
 * Asking a compiler for its version and letting it compile something takes 70 ms, which each start would pay. A compiler
 * that has worked works until its file changes; should it not, building fails with its log.
 */

/// Compilers that have worked here before, in the user's cache where there is one.
final class TriedCompilers {
  private TriedCompilers() {}

  /// The compiler at a path, if it has not changed since.
  static Optional<CCompiler> find(Path path) throws IOException {
    Optional<BuildCache> cache = cache();
    if (cache.isEmpty()) {
      return Optional.empty();
    }
    Optional<byte[]> known = cache.get().read(key(path));
    if (known.isEmpty()) {
      return Optional.empty();
    }
    List<String> lines = List.of(new String(known.get(), StandardCharsets.UTF_8).split("\n"));
    return Optional.of(
        new CCompiler(path, lines.getFirst(), List.copyOf(lines.subList(1, lines.size()))));
  }

  static void add(CCompiler compiler) throws IOException {
    Optional<BuildCache> cache = cache();
    if (cache.isPresent()) {
      String text = compiler.version() + "\n" + String.join("\n", compiler.flags());
      cache.get().write(key(compiler.path()), text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /// A cache that nobody has used yet is not made for this.
  private static Optional<BuildCache> cache() {
    return new BuildSettings().cacheDirectory().filter(Files::isDirectory).map(BuildCache::new);
  }

  private static String key(Path path) throws IOException {
    Path file = path.toRealPath();
    return BuildCache.key(
        "C compiler",
        path.toAbsolutePath().toString(),
        file.toString(),
        Long.toString(Files.size(file)),
        Files.getLastModifiedTime(file).toString(),
        String.join(" ", CCompiler.FLAGS),
        String.join(" ", CCompiler.OPTIONAL));
  }
}
