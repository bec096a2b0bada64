package org.genn.engine.backend.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.genn.engine.backend.BuildSettings;
import org.genn.engine.backend.LifProgram;
import org.junit.jupiter.api.Test;

class JvmBackendTest {
  @Test
  void runsLif() {
    try (var executable =
            new JvmBackend().build(LifProgram.of("lif", 2, 3, 4), new BuildSettings().cacheDirectory(java.util.Optional.empty()));
        var instance = executable.open()) {
      for (int j = 0; j < 4; j++) {
        instance.memory().setFloat(LifProgram.WEIGHTS, 1, j, 7.0f * j);
      }
      for (int b = 0; b < 2; b++) {
        instance.memory().bindInts(LifProgram.IDS, b, new int[] {1});
        instance.memory().bindInts(LifProgram.OFFSETS, b, new int[] {0, 1, 1, 1, 1});
      }
      instance.run(0, 0, 2, 0, 0, 4);
      assertEquals(3, instance.memory().getLong(LifProgram.COUNTS, 1, 0));
    }
  }
}
