package org.mlgenn.tests.gradient;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.genn.engine.model.Precision;
import org.genn.feature.Feature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Compiled networks do what the reference algorithm does: every pair of loss and readout on every
/// topology, the same gradients but for rounding.
@Feature({
  "EVP-01", "EVP-05", "EVP-06", "EVP-07", "EVP-08", "EVP-09", "EVP-10", "EVP-11", "EVP-12",
  "EVP-13", "EVP-14"
})
class CompiledGradientTest {
  /// Double precision, but weights are given as floats.
  private static final double ROUNDING = 1e-5;

  private static final double DT = 0.1;

  static List<NetworkCase> cases() {
    return GradientNetworks.CASES;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreThoseOfTheReference(NetworkCase network) {
    double[][][] expected = new ReferenceStepper().gradients(network, DT, 0);
    double[][][] found;
    try (var compiled = new CompiledGradients(Precision.DOUBLE)) {
      found = compiled.gradients(network, DT, 0);
    }
    for (int projection = 0; projection < expected.length; projection++) {
      double largest = 0;
      double deviation = 0;
      for (int source = 0; source < expected[projection].length; source++) {
        for (int target = 0; target < expected[projection][source].length; target++) {
          double wanted = expected[projection][source][target];
          largest = Math.max(largest, Math.abs(wanted));
          deviation = Math.max(deviation, Math.abs(found[projection][source][target] - wanted));
        }
      }
      String message =
          "projection %d: off by %.2e of the largest".formatted(projection, deviation / largest);
      assertTrue(deviation <= ROUNDING * largest, message);
    }
  }
}
