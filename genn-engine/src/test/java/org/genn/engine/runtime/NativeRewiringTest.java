package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.genn.engine.backend.OnNative;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

@OnNative
class NativeRewiringTest extends RewiringTest {

  @Test
  @Feature("G03")
  void bitsAreTheSameOnBothBackEnds() {
    float[][] jvm = run("jvm", 2);
    float[][] compiled = run("native", 1);
    for (int k = 0; k < jvm.length; k++) {
      assertArrayEquals(jvm[k], compiled[k]);
    }
  }
}
