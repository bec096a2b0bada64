package org.genn.engine.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.genn.engine.backend.c.NativeBackend;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each C compiler that this machine has makes code that computes the bits of `jvm`. All other
/// tests of `native` take the first one, or the one that `-Dmlgenn.cc=NAME` names.
@Feature({"L18", "L19"})
final class CompilersTest {

  private static NativeBackend backend(String compiler) {
    var backend = new NativeBackend(compiler);
    var availability = backend.availability();
    assumeTrue(availability.isAvailable(), availability.detail());
    assertTrue(availability.detail().contains(compiler), availability.detail());
    return backend;
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcc", "clang"})
  void bitsAreThoseOfJvm(String compiler) {
    var cases =
        Stream.of(ParityTest.conversions(), ParityTest.operators(), ParityTest.functions())
            .flatMap(c -> c.stream())
            .toList();
    ParityTest.compare(cases, backend(compiler));
  }

  @Test
  void theirLibrariesAreKeptApart(@TempDir Path cache) throws IOException {
    var settings = new BuildSettings().cacheDirectory(Optional.of(cache));
    var program = LifProgram.of("lif", 1, 2, 3);
    try (var gcc = backend("gcc").build(program, settings);
        var clang = backend("clang").build(program, settings);
        var again = backend("clang").build(program, settings)) {
      assertFalse(gcc.isFromCache());
      assertFalse(clang.isFromCache());
      assertTrue(again.isFromCache());
    }
    try (var files = Files.list(cache)) {
      assertEquals(2, files.count());
    }
  }
}
