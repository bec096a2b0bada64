package org.mlgenn.compilers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.genn.engine.model.VariableReference;
import org.junit.jupiter.api.Test;
import org.mlgenn.data.SpikeTrain;

class ReplayMaskTest {
  private static final VariableReference VARIABLE = VariableReference.neuron("input", "Replayed");

  private static float[] next(ReplayMask.Filter filter, SpikeTrain train) {
    return filter.next(train.offsets(), train.ids());
  }

  @Test
  void twoExamplesShareTheTape() {
    var filter = new ReplayMask(VARIABLE, 2, 3, 4, false).filter();
    SpikeTrain train = SpikeTrain.ofSteps(2, new int[][] {{0, 1}, {0}, {0}});
    assertArrayEquals(new float[] {1, 1, 1, 0, 1, 0}, next(filter, train));
    assertArrayEquals(new float[] {0, 1, 0, 0, 0, 0}, next(filter, train));
    assertArrayEquals(new float[] {1, 1, 1, 0, 1, 0}, next(filter, train));
  }

  @Test
  void spikesInTheLastStepBlockThoseBefore() {
    var filter = new ReplayMask(VARIABLE, 2, 3, 0, true).filter();
    SpikeTrain train = SpikeTrain.ofSteps(2, new int[][] {{0, 1}, {}, {0}});
    assertArrayEquals(new float[] {0, 1, 0, 0, 0, 0}, next(filter, train));
  }

  @Test
  void spikesThatAreNotTapedBlockNothing() {
    var filter = new ReplayMask(VARIABLE, 1, 3, 3, true).filter();
    SpikeTrain train = SpikeTrain.ofSteps(1, new int[][] {{0}, {0}, {0}});
    assertArrayEquals(new float[] {1, 1, 0}, next(filter, train));
  }
}
