package org.mlgenn.synapses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.mlgenn.initializers.Normal;
import org.mlgenn.initializers.Value;

class SynapseTest {
  @Test
  @Feature("SYN-01")
  void deltaDeliversEverythingAtOnce() {
    var postsynapse = new Delta().postsynapse(1);
    assertEquals("injectCurrent(inSyn);\ninSyn = 0.0;", postsynapse.model().simCode());
    assertEquals(Bindings.NONE, postsynapse.bindings());
    assertFalse(new Delta().hasMemory());
  }

  @Test
  @Feature("SYN-02")
  void exponentialDecaysAfterItsInjection() {
    var postsynapse = new Exponential(5).postsynapse(0.5);
    assertEquals("injectCurrent(inSyn);\ninSyn *= ExpDecay;", postsynapse.model().simCode());
    assertEquals(Map.of("ExpDecay", Math.exp(-0.1)), postsynapse.bindings().parameters());
    assertTrue(new Exponential().hasMemory());
  }

  @Test
  @Feature("SYN-03")
  void scaledExponentialInjectsTheMeanOfTheStep() {
    var postsynapse = Exponential.forEventProp().tau(5).postsynapse(0.5);
    assertEquals(
        "injectCurrent(IScale * inSyn);\ninSyn *= ExpDecay;", postsynapse.model().simCode());
    double decay = Math.exp(-0.1);
    assertEquals(
        Map.of("ExpDecay", decay, "IScale", 10 * (1 - decay)), postsynapse.bindings().parameters());
  }

  @Test
  @Feature("VAL-03")
  void timeConstantsMayDifferFromNeuronToNeuron() {
    var postsynapse = new Exponential(Value.of(new float[] {5, 10}), false).postsynapse(1);
    assertEquals(
        List.of(new Variable("ExpDecay", "scalar", VarAccess.READ_ONLY)),
        postsynapse.model().declarations().variables());
    assertEquals(
        InitialValue.of(new float[] {(float) Math.exp(-0.2), (float) Math.exp(-0.1)}),
        postsynapse.bindings().initialValues().get("ExpDecay"));
  }

  @Test
  void timeConstantsMustBePositiveNumbersOrArrays() {
    assertEquals(
        "Exponential: tau must be positive [ms], got 0.0",
        assertThrows(IllegalArgumentException.class, () -> new Exponential(0)).getMessage());
    assertEquals(
        "Exponential: tau must be positive [ms]: give a number or an array, got Normal(5.0, 1.0)",
        assertThrows(IllegalArgumentException.class, () -> new Exponential().tau(new Normal(5, 1)))
            .getMessage());
  }
}
