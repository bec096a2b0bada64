package org.genn.engine.runtime;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.CodeSource;
import java.util.Optional;
import org.genn.engine.backend.FunctionText;

/// Tells one build of the engine from the next, by sizes and times of its files.
final class EngineFiles {
  private static final class Lazy {
    static final Optional<String> IDENTITY = find();

    private Lazy() {}
  }

  private EngineFiles() {}

  /// Nothing where the engine does not lie in files that can be looked at.
  static Optional<String> identity() {
    return Lazy.IDENTITY;
  }

  private static Optional<String> find() {
    try {
      CodeSource source = EngineFiles.class.getProtectionDomain().getCodeSource();
      URL text = FunctionText.class.getResource("common.txt");
      if (source == null || source.getLocation() == null || text == null) {
        return Optional.empty();
      }
      String classes = describe(Path.of(source.getLocation().toURI()));
      // Folders of classes may have the resources beside them.
      return Optional.of(
          text.getProtocol().equals("file")
              ? classes + " " + describe(Path.of(text.toURI()).getParent())
              : classes);
    } catch (IOException | URISyntaxException | RuntimeException _) {
      return Optional.empty();
    }
  }

  private static String describe(Path root) throws IOException {
    if (Files.isRegularFile(root)) {
      return root + " " + Files.size(root) + " " + Files.getLastModifiedTime(root).toMillis();
    }
    long[] found = new long[3];
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            found[0]++;
            found[1] += attributes.size();
            found[2] = Math.max(found[2], attributes.lastModifiedTime().toMillis());
            return FileVisitResult.CONTINUE;
          }
        });
    return root + " " + found[0] + " " + found[1] + " " + found[2];
  }
}
