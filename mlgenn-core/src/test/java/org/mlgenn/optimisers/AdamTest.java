package org.mlgenn.optimisers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@Feature("OPT-01")
class AdamTest {
  @Test
  void momentScalesUndoTheStartAtZero() {
    assertEquals(
        Map.of("Alpha", 0.001, "MomentScale1", 10.0, "MomentScale2", 1 / (1 - 0.999)),
        round(new Adam().parameters(0)));
    assertEquals(1 / (1 - 0.9 * 0.9 * 0.9), new Adam().parameters(2).get("MomentScale1"), 1e-12);
  }

  private static Map<String, Double> round(Map<String, Double> parameters) {
    assertEquals(10.0, parameters.get("MomentScale1"), 1e-12);
    return Map.of(
        "Alpha", parameters.get("Alpha"),
        "MomentScale1", 10.0,
        "MomentScale2", parameters.get("MomentScale2"));
  }

  @Test
  void whatChangesFromStepToStepIsDynamic() {
    var adam = new Adam(0.01);
    assertEquals(
        Set.of("Alpha", "MomentScale1", "MomentScale2"),
        adam.bindings(Optional.empty()).dynamicParameters());
    assertEquals("Alpha", adam.learningRateParameter());
    assertEquals(new Adam(0.02), adam.learningRate(0.02));
  }

  @Test
  @Feature("OPT-02")
  void clampKeepsTheVariableInItsRange() {
    var clamp = Optional.of(new Optimiser.Clamp(-1, 2));
    String code = new Adam().model(clamp).updateCode();
    assertTrue(code.endsWith("Variable = fmin(fmax(Variable, Minimum), Maximum);"), code);
    assertEquals(-1.0, new Adam().bindings(clamp).parameters().get("Minimum"));
    assertEquals(2.0, new Adam().bindings(clamp).parameters().get("Maximum"));
  }

  @Test
  void everyWitherChangesItsOwnComponent() {
    assertEquals(
        new Adam(0.1, 0.2, 0.3, 0.4), new Adam().alpha(0.1).beta1(0.2).beta2(0.3).epsilon(0.4));
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertMessage("Adam: alpha must be positive, got 0.0", () -> new Adam(0));
    assertMessage("Adam: beta1 must be in [0, 1), got 1.0", () -> new Adam().beta1(1));
    assertMessage("Adam: beta2 must be in [0, 1), got -0.1", () -> new Adam().beta2(-0.1));
    assertMessage("Adam: epsilon must be positive, got 0.0", () -> new Adam().epsilon(0));
    assertMessage(
        "Clamp: minimum must not exceed maximum, got [2.0, 1.0]", () -> new Optimiser.Clamp(2, 1));
  }

  private static void assertMessage(String message, Executable executable) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, executable).getMessage());
  }
}
