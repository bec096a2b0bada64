package org.mlgenn.tests.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.mlgenn.tests.gradient.GradientNetworks.Topology;
import org.mlgenn.tests.gradient.Pair.LossKind;
import org.mlgenn.tests.gradient.Pair.ReadoutKind;

class GradientCheckTest {
  private static final double[] PHASES = {0, 0.5};

  private final NetworkCase network =
      GradientNetworks.of(
          Topology.EQUAL_TIME_CONSTANTS, new Pair(LossKind.SQUARE_ERROR, ReadoutKind.VAR, true));

  @Test
  void errorInProportionToTheTimestepHasSlopeOne() {
    assertEquals(1, slope(dt -> 0.2 * dt), 1e-9);
  }

  @Test
  void wrongFactorHasSlopeZero() {
    assertEquals(0, slope(_ -> 0.2), 1e-9);
  }

  @Test
  void weightsWithNegligibleGradientAreLeftOut() {
    double[][][] wanted = {{{1, 0.019}, {-0.5, 0.021}}, {{1e-3}}};
    double[][][] found = {{{1.5, 9}, {-0.5, 0.021}}, {{2e-3}}};
    assertEquals(
        List.of(0.5, 0.0, 0.0, 1.0),
        Arrays.stream(GradientCheck.relativeErrors(wanted, found)).boxed().toList());
  }

  private double slope(DoubleUnaryOperator relativeError) {
    double[][][] exact = network.circuit().weights();
    GradientUnderTest fake =
        (_, dt, _) -> {
          double[][][] found = network.circuit().weights();
          for (double[][] rows : found) {
            for (double[] row : rows) {
              for (int target = 0; target < row.length; target++) {
                row[target] *= 1 + relativeError.applyAsDouble(dt);
              }
            }
          }
          return found;
        };
    return new GradientCheck(network, _ -> exact, fake)
        .convergence(GradientNetworks.TIMESTEPS, PHASES)
        .slope();
  }
}
