package org.mlgenn.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlgenn.initializers.Normal;
import org.mlgenn.initializers.Value;
import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.Quirk;
import org.mlgenn.parts.Stage;
import org.mlgenn.readouts.AvgVar;

class NeuronTest {
  private static final NeuronContext CONTEXT = new NeuronContext("hidden", 2, 0.5);

  private static Map<Stage, String> code(Neuron neuron) {
    return neuron.dynamics(CONTEXT).code();
  }

  private static void assertRefused(String message, Supplier<Object> call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> call.get()).getMessage());
  }

  @Test
  @Feature("NRN-01")
  void integrateFireSumsItsInputAndIsReset() {
    var neuron = new IntegrateFire().vThresh(2).vReset(-1).v(0.5);
    assertEquals(
        Map.of(
            Stage.INTEGRATE, "V += Isyn;",
            Stage.THRESHOLD, "V >= Vthresh",
            Stage.RESET, "V = Vreset;"),
        code(neuron));
    assertEquals(Map.of("Vthresh", 2.0, "Vreset", -1.0), neuron.dynamics(CONTEXT).parameters());
    assertEquals(
        List.of(new Contribution.State(new Variable("V"), InitialValue.of(0.5), true)),
        neuron.dynamics(CONTEXT).states());
  }

  @Test
  @Feature("NRN-02")
  void leakyIntegrateAddsItsBiasUnscaled() {
    assertEquals(
        Map.of(Stage.INTEGRATE, "V = (Alpha * V) + Isyn + Bias;"), code(new LeakyIntegrate()));
    assertEquals(
        Map.of(Stage.INTEGRATE, "V = (Alpha * V) + (InputShare * Isyn) + Bias;"),
        code(new LeakyIntegrate().scaleI(true)));
    assertEquals(
        Map.of("Alpha", Math.exp(-0.5 / 10), "Bias", 0.25),
        new LeakyIntegrate().tauMem(10).bias(0.25).dynamics(CONTEXT).parameters());
  }

  @Test
  @Feature("NRN-03")
  void leakyIntegrateFireSubtractsOrReplacesAtReset() {
    assertEquals("V -= (Vthresh - Vreset);", code(new LeakyIntegrateFire()).get(Stage.RESET));
    assertEquals(
        "V = Vreset;", code(new LeakyIntegrateFire().reset(Reset.TO_RESET)).get(Stage.RESET));
    assertEquals("V >= Vthresh", code(new LeakyIntegrateFire()).get(Stage.THRESHOLD));
  }

  @Test
  @Feature("NRN-05")
  void leakyIntegrateFireScalesItsInput() {
    assertEquals("V = (Alpha * V) + Isyn;", code(new LeakyIntegrateFire()).get(Stage.INTEGRATE));
    assertEquals(
        "V = (Alpha * V) + (InputShare * Isyn);",
        code(new LeakyIntegrateFire().scaleI(true)).get(Stage.INTEGRATE));
  }

  @Test
  @Feature("NRN-05")
  void inputShareIsNotLostToRounding() {
    var context = new NeuronContext("hidden", 1, 0.003);
    var rounding = new NeuronContext("hidden", 1, 0.003, Set.of(Quirk.INPUT_SHARE_ROUNDED));
    var neuron = new LeakyIntegrateFire().scaleI(true);
    double exact = 1.4998875056246e-4;
    assertEquals(exact, neuron.dynamics(context).parameters().get("InputShare"), 1e-15);
    assertEquals(1.4996529e-4, neuron.dynamics(rounding).parameters().get("InputShare"), 1e-11);
  }

  @Test
  @Feature("NRN-04")
  void refractoryNeuronsMayGoOnIntegrating() {
    var code = code(new LeakyIntegrateFire().refractoriness(new Refractoriness(2)));
    assertEquals(
        """
        V = (Alpha * V) + Isyn;
        if (RefracTime > 0.0) {
          RefracTime -= dt;
        }\
        """,
        code.get(Stage.INTEGRATE));
    assertEquals("V >= Vthresh && RefracTime <= 0.0", code.get(Stage.THRESHOLD));
    assertEquals("V -= (Vthresh - Vreset);\nRefracTime = TauRefrac;", code.get(Stage.RESET));
  }

  @Test
  @Feature("NRN-04")
  void refractoryNeuronsMayStandStill() {
    var neuron = new LeakyIntegrateFire().refractoriness(new Refractoriness(2, false)).scaleI(true);
    assertEquals(
        """
        if (RefracTime > 0.0) {
          RefracTime -= dt;
        } else {
          V = (Alpha * V) + (InputShare * Isyn);
        }\
        """,
        code(neuron).get(Stage.INTEGRATE));
  }

  @Test
  @Feature("NRN-04")
  void onlyRefractoryNeuronsHaveTheirState() {
    assertEquals(List.of("V"), names(new LeakyIntegrateFire().dynamics(CONTEXT)));
    assertEquals(
        List.of("V", "RefracTime"),
        names(new LeakyIntegrateFire().refractoriness(new Refractoriness(2)).dynamics(CONTEXT)));
  }

  private static List<String> names(Contribution contribution) {
    return contribution.states().stream().map(state -> state.variable().name()).toList();
  }

  @Test
  @Feature("VAL-02")
  void arraysBecomeVariablesThatDoNotReset() {
    var neuron =
        new LeakyIntegrateFire()
            .vThresh(Value.of(new float[] {1, 2}))
            .vReset(new Normal(0, 0.1))
            .v(Value.of(new float[] {0, 0.5f}));
    var readOnly = VarAccess.READ_ONLY;
    assertEquals(
        List.of(
            new Contribution.State(
                new Variable("Vthresh", "scalar", readOnly),
                InitialValue.of(new float[] {1, 2}),
                false),
            new Contribution.State(
                new Variable("Vreset", "scalar", readOnly), new InitialValue.Normal(0, 0.1), false),
            new Contribution.State(
                new Variable("V"), InitialValue.of(new float[] {0, 0.5f}), true)),
        neuron.dynamics(CONTEXT).states());
    assertEquals(List.of("Alpha"), List.copyOf(neuron.dynamics(CONTEXT).parameters().keySet()));
  }

  @Test
  @Feature("VAL-03")
  void arraysOfTimeConstantsAreTransformedOneByOne() {
    var neuron = new LeakyIntegrate().tauMem(Value.of(new float[] {5, 20}));
    float[] alpha = {(float) Math.exp(-0.5 / 5), (float) Math.exp(-0.5 / 20)};
    assertEquals(InitialValue.of(alpha), neuron.dynamics(CONTEXT).states().get(0).initial());
  }

  @Test
  @Feature("INP-01")
  void spikeInputHasNoDynamics() {
    var input = new SpikeInput();
    assertEquals(Map.of(), code(input));
    assertEquals(List.of(), input.dynamics(CONTEXT).states());
    assertTrue(input.isInput() && input.spikes() && input.spikesFromOutside());
    assertEquals(1_000_000, input.maxSpikes());
  }

  @Test
  void presetsForEventPropResetToVResetAndScaleTheInput() {
    assertEquals(
        new LeakyIntegrateFire().reset(Reset.TO_RESET).scaleI(true),
        LeakyIntegrateFire.forEventProp());
    assertEquals(new LeakyIntegrate().scaleI(true), LeakyIntegrate.forEventProp());
  }

  @Test
  void outputsSayWhatTheyAre() {
    var output = new LeakyIntegrate().readout(new AvgVar());
    assertEquals(Optional.of(new AvgVar()), output.readout());
    assertEquals(Optional.of("V"), output.outputVariable());
    assertFalse(output.spikes());
    assertFalse(output.isInput());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void timeConstantsMustBePositive(double tau) {
    assertRefused(
        "LeakyIntegrateFire: tauMem must be positive [ms], got " + tau,
        () -> new LeakyIntegrateFire().tauMem(tau));
    assertRefused(
        "LeakyIntegrate: tauMem must be positive [ms], got " + tau,
        () -> new LeakyIntegrate().tauMem(tau));
    assertRefused(
        "Refractoriness: tau must be positive [ms], got " + tau, () -> new Refractoriness(tau));
  }

  @Test
  void timeConstantsCannotBeRandom() {
    assertRefused(
        "LeakyIntegrateFire: tauMem must be positive [ms]: give a number or an array, got"
            + " Normal(20.0, 1.0)",
        () -> new LeakyIntegrateFire().tauMem(new Normal(20, 1)));
  }

  @Test
  void valuesMustBeFinite() {
    assertRefused(
        "LeakyIntegrateFire: vThresh[1] must be finite, got NaN",
        () -> new LeakyIntegrateFire().vThresh(Value.of(new float[] {1, Float.NaN})));
    assertRefused(
        "LeakyIntegrate: bias must be finite, got NaN",
        () -> new LeakyIntegrate().bias(Double.NaN));
    assertRefused(
        "IntegrateFire: v must be finite, got Infinity",
        () -> new IntegrateFire().v(Double.POSITIVE_INFINITY));
    assertRefused(
        "SpikeInput: maxSpikes must be positive, got 0", () -> new SpikeInput().maxSpikes(0));
  }

  @Test
  void equalNeuronsAreEqualAndPrintAlike() {
    Supplier<Neuron> neuron =
        () -> new LeakyIntegrateFire().tauMem(Value.of(new float[] {5, 20})).scaleI(true);
    assertEquals(neuron.get(), neuron.get());
    assertEquals(neuron.get().toString(), neuron.get().toString());
    assertEquals(neuron.get().hashCode(), neuron.get().hashCode());
  }
}
