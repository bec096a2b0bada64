package org.genn.engine.backend.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A compiler that has worked is not tried at each start, but when its file changes.
class TriedCompilersTest {
  @TempDir private Path folder;
  private Optional<String> cacheBefore = Optional.empty();

  @BeforeEach
  void ownCache() throws IOException {
    cacheBefore = Optional.ofNullable(System.getProperty("mlgenn.cache"));
    System.setProperty("mlgenn.cache", Files.createDirectory(folder.resolve("cache")).toString());
  }

  @AfterEach
  void cacheAsBefore() {
    cacheBefore.ifPresentOrElse(
        cache -> System.setProperty("mlgenn.cache", cache),
        () -> System.clearProperty("mlgenn.cache"));
  }

  /// A compiler that notes each start and makes empty libraries.
  private Path compiler(int status) throws IOException {
    Path script = folder.resolve("cc");
    Files.writeString(
        script,
        "#!/bin/sh\necho start >> %s\necho version 7\nexit %d\n".formatted(starts(), status));
    assertTrue(script.toFile().setExecutable(true));
    return script;
  }

  private Path starts() {
    return folder.resolve("starts");
  }

  private long started() throws IOException {
    try (var lines = Files.lines(starts())) {
      return lines.count();
    }
  }

  @Test
  void itIsStartedOnceUntilItChanges() throws IOException {
    Path compiler = compiler(0);
    var first = CCompiler.find(List.of(compiler.toString()));
    assertEquals(2, started());
    var second = CCompiler.find(List.of(compiler.toString()));
    assertEquals(2, started());
    assertEquals(first, second);
    assertEquals("version 7", second.compiler().orElseThrow().version());
    Files.setLastModifiedTime(compiler, FileTime.fromMillis(0));
    CCompiler.find(List.of(compiler.toString()));
    assertEquals(4, started());
  }

  @Test
  void oneThatFailsIsTriedAgain() throws IOException {
    Path compiler = compiler(1);
    CCompiler.find(List.of(compiler.toString()));
    CCompiler.find(List.of(compiler.toString()));
    assertEquals(2, started());
  }

  @Test
  void whereThereIsNoCacheNoneIsMade() throws IOException {
    Files.delete(folder.resolve("cache"));
    CCompiler.find(List.of(compiler(0).toString()));
    CCompiler.find(List.of(folder.resolve("cc").toString()));
    assertEquals(4, started());
    assertTrue(Files.notExists(folder.resolve("cache")));
  }
}
