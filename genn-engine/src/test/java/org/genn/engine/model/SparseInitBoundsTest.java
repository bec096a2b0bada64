package org.genn.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// Bounds and kernels that a model's own code for connections declares.
class SparseInitBoundsTest {
  private static final SparseInit INIT =
      new SparseInit("Init").parameter("w").rowBuildCode("addSynapse(0);");

  private static BuiltSynapses built(SparseInit init) {
    return new BuiltSynapses(init, Bindings.NONE.parameter("w", 7));
  }

  @Test
  @Feature("I17")
  void areComputedFromSizesAndParameters() {
    BuiltSynapses synapses =
        built(
            INIT.maxRowLength((pre, post, p) -> (int) (100 * pre + 10 * post + p.get("w")))
                .maxColumnLength((pre, post, p) -> (int) (10 * pre + 100 * post + p.get("w")))
                .kernelSize(p -> new int[] {2, (int) (p.get("w") + 1)}));
    assertEquals(347, synapses.maxRowLength(3, 4));
    assertEquals(437, synapses.maxColumnLength(3, 4));
    assertArrayEquals(new int[] {2, 8}, synapses.kernelSize());
  }

  @Test
  @Feature({"I16", "I17"})
  void areAllNeuronsAndNoKernelWhereNoneIsDeclared() {
    assertEquals(4, built(INIT).maxRowLength(3, 4));
    assertEquals(3, built(INIT).maxColumnLength(3, 4));
    assertArrayEquals(new int[0], built(INIT).kernelSize());
  }
}
