package org.mlgenn.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Feature("EVP-01")
class MembranePropagatorTest {
  @ParameterizedTest
  @CsvSource({"20, 5, 1", "10, 2, 0.1", "5, 20, 1", "20, 5, 0.003"})
  void adjointCouplingIsThePublishedClosedForm(double tauMem, double tauSyn, double dt) {
    MembranePropagator step = MembranePropagator.of(tauMem, tauSyn, dt);
    double closedForm = tauMem / (tauMem - tauSyn) * (step.alpha() - step.beta());
    assertEquals(closedForm, step.adjointCoupling(), 1e-12);
  }

  @Test
  void equalTimeConstantsAreTheLimit() {
    double limit = 0.5 / 10 * Math.exp(-0.5 / 10);
    assertEquals(limit, MembranePropagator.of(10, 10, 0.5).adjointCoupling(), 1e-15);
    assertEquals(limit, MembranePropagator.of(10, 10 * (1 + 1e-13), 0.5).adjointCoupling(), 1e-13);
    assertEquals(limit, MembranePropagator.of(10, 10 * (1 + 1e-7), 0.5).adjointCoupling(), 1e-8);
  }

  @Test
  void currentChargesTheVoltage() {
    // After a long step all of the current has gone through the membrane and leaked away.
    MembranePropagator step = MembranePropagator.of(20, 5, 1000);
    assertEquals(0, step.currentToVoltage(), 1e-12);
  }
}
