package org.mlgenn.tests.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mlgenn.tests.gradient.Circuit.Cells;
import org.mlgenn.tests.gradient.Circuit.Kind;
import org.mlgenn.tests.gradient.Circuit.Projection;
import org.mlgenn.tests.gradient.Example.Wave;
import org.mlgenn.tests.gradient.Pair.LossKind;
import org.mlgenn.tests.gradient.Pair.ReadoutKind;

/// Closed forms for one weight between one input and one output with tauMem = 10 ms = 2 tauSyn.
class GradientOracleTest {
  private static final double DURATION = 30;

  /// Relative to gradients of order 1.
  private static final double TOLERANCE = 1e-9;

  @Test
  void averageVoltage() {
    // V = w (x - x²) with x = exp(-t/10): its mean is w k.
    double k = (10 * -Math.expm1(-3) - 5 * -Math.expm1(-6)) / DURATION;
    double found =
        gradient(Kind.LI, 2, new Pair(LossKind.SQUARE_ERROR, ReadoutKind.AVG_VAR, false), 0.7, 0);
    assertEquals(-(0.7 - 2 * k) * k, found, TOLERANCE);
  }

  @Test
  void sumOfVoltagesIsItsIntegralOverTheTimestep() {
    double k = (10 * -Math.expm1(-3) - 5 * -Math.expm1(-6)) / 0.1;
    double target = 0.7 * DURATION / 0.1;
    double found =
        gradient(Kind.LI, 2, new Pair(LossKind.SQUARE_ERROR, ReadoutKind.SUM_VAR, false), 0.7, 0);
    assertEquals(1, found / (-(target - 2 * k) * k), TOLERANCE);
  }

  @Test
  void averageVoltageWithExponentialWeight() {
    // exp(-t/30) x = x^(4/3), exp(-t/30) x² = x^(7/3).
    double k = (7.5 * -Math.expm1(-4) - 10 / (7 / 3.0) * -Math.expm1(-7)) / DURATION;
    double found =
        gradient(
            Kind.LI,
            2,
            new Pair(LossKind.SQUARE_ERROR, ReadoutKind.AVG_VAR_EXP_WEIGHT, false),
            0.7,
            0);
    assertEquals(-(0.7 - 2 * k) * k, found, TOLERANCE);
  }

  @Test
  void largestVoltage() {
    double found =
        gradient(Kind.LI, 2, new Pair(LossKind.SQUARE_ERROR, ReadoutKind.MAX_VAR, false), 0.7, 0);
    assertEquals(-(0.7 - 2 * 0.25) * 0.25, found, TOLERANCE);
  }

  @Test
  void crossentropyOfOneOutputHasNoGradient() {
    double found =
        gradient(Kind.LI, 2, new Pair(LossKind.CROSSENTROPY, ReadoutKind.VAR, false), 0.7, 0);
    assertEquals(0, found, TOLERANCE);
  }

  @Test
  void squareErrorPerTimestep() {
    // (1/T) ∫ ½ (a - w (x - x²))² dt with a constant target a.
    double first = (10 * -Math.expm1(-3) - 5 * -Math.expm1(-6)) / DURATION;
    double second =
        (5 * -Math.expm1(-6) - 20 / 3.0 * -Math.expm1(-9) + 2.5 * -Math.expm1(-12)) / DURATION;
    double found =
        gradient(Kind.LI, 2, new Pair(LossKind.SQUARE_ERROR, ReadoutKind.VAR, true), 0, 0.7);
    assertEquals(-0.7 * first + 2 * second, found, TOLERANCE);
  }

  @Test
  void firstSpikeTime() {
    double weight = 6;
    double root = Math.sqrt(1 - 4 / weight);
    double x = (1 + root) / 2;
    double slope = -10 / (x * weight * weight * root);
    double found =
        gradient(
            Kind.LIF,
            weight,
            new Pair(LossKind.SQUARE_ERROR, ReadoutKind.FIRST_SPIKE_TIME, false),
            5,
            0);
    assertEquals((-10 * Math.log(x) - 5) * slope, found, TOLERANCE);
  }

  @Test
  void earlySpikeTermOfTheCrossentropy() {
    double weight = 6;
    double root = Math.sqrt(1 - 4 / weight);
    double x = (1 + root) / 2;
    double slope = -10 / (x * weight * weight * root);
    double left = 1.01 * DURATION + 10 * Math.log(x);
    double found =
        gradient(
            Kind.LIF,
            weight,
            new Pair(LossKind.CROSSENTROPY, ReadoutKind.FIRST_SPIKE_TIME, false),
            5,
            0);
    assertEquals(20 / (left * left) * slope, found, TOLERANCE);
  }

  @Test
  void spikeThatAppearsWithinTheDifferenceIsAnError() {
    var pair = new Pair(LossKind.SQUARE_ERROR, ReadoutKind.AVG_VAR, false);
    var error =
        assertThrows(IllegalStateException.class, () -> gradient(Kind.LIF, 4, pair, 0.7, 0));
    assertEquals(
        "SQUARE_ERROR of AVG_VAR, one weight: a spike appears or vanishes within the difference",
        error.getMessage());
  }

  private static double gradient(
      Kind output, double weight, Pair pair, double target, double constant) {
    var circuit =
        new Circuit(
            List.of(new Cells("input", Kind.INPUT, 1, 0, 0), new Cells("output", output, 1, 10, 5)),
            List.of(new Projection(0, 1, new double[][] {{weight}})));
    var example =
        new Example(
            new double[][] {{0}},
            0,
            new double[] {target},
            new Wave[] {new Wave(constant, 0, 0, 0)});
    var network =
        new NetworkCase(
            "one weight",
            circuit,
            pair,
            DURATION,
            List.of(example),
            new NetworkCase.Settings(1, 20, 2));
    return GradientOracle.gradients(network, 0.1)[0][0][0];
  }
}
