package org.mlgenn.tests.gradient;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What everything that computes gradients on a time grid has to fulfil, on every pair and every
/// topology.
///
/// A subclass says what is tested. It may test fewer cases where another suite tests the rest.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GradientContract {
  private static final Map<String, double[][][]> EXACT = new ConcurrentHashMap<>();

  private final Map<NetworkCase, GradientCheck> checks = new HashMap<>();

  /// Called once per case.
  abstract GradientUnderTest underTest();

  List<NetworkCase> cases() {
    return GradientNetworks.CASES;
  }

  double[] phases() {
    return GradientNetworks.PHASES;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void medianErrorFallsInProportionToTheTimestep(NetworkCase network) {
    GradientCheck.Convergence convergence =
        check(network).convergence(GradientNetworks.TIMESTEPS, phases());
    assertTrue(convergence.slope() >= 0.7 && convergence.slope() <= 1.3, convergence::toString);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void errorsAtOneHundredthOfAMillisecondAreWithinTheirBounds(NetworkCase network) {
    Bound bound = Bound.of(network.pair());
    double most = check(network).quantile(0.01, phases(), 0.95);
    double all = check(network).quantile(0.01, phases(), 1);
    assertTrue(
        most <= bound.ofMost() && all <= bound.ofAll(),
        () ->
            "95 %% of the weights within %.4f, all within %.4f; allowed: %s"
                .formatted(most, all, bound));
  }

  private GradientCheck check(NetworkCase network) {
    return checks.computeIfAbsent(
        network, _ -> new GradientCheck(network, dt -> exact(network, dt), underTest()));
  }

  /// Computed once for all subclasses.
  private static double[][][] exact(NetworkCase network, double dt) {
    String key = network.dependsOnTimestep() ? network + ", " + dt : network.toString();
    return EXACT.computeIfAbsent(key, _ -> GradientOracle.gradients(network, dt));
  }

  /// Relative errors that are allowed at a time step of 0.01 ms.
  ///
  /// A spike comes up to one step late on a grid and an input spike up to two; the error is that
  /// delay over the time in which the gradient changes. An average over the trial hardly notices. A
  /// voltage at one moment does: the last one, or the largest, whose moment moves with the spikes
  /// too. A first spike time divides by `I - V` of its neuron, which is taken at the end of the
  /// step and not at the crossing, and adds the errors of all spikes before. A loss per time step
  /// follows a target that changes as fast as the voltage.
  ///
  /// @param ofMost for 95 % of the weights
  /// @param ofAll for all weights
  private record Bound(double ofMost, double ofAll) {
    static Bound of(Pair pair) {
      return switch (pair.readout()) {
        case SUM_VAR, AVG_VAR, AVG_VAR_EXP_WEIGHT -> new Bound(0.03, 0.06);
        case VAR, MAX_VAR, FIRST_SPIKE_TIME -> new Bound(0.06, 0.15);
      };
    }
  }
}
