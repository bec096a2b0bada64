package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.snippet.SnippetException;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What models of neurons and synapses have beside their code.
class ModelPartsTest {
  /// Spikes in step 0 only.
  private static final NeuronModel ONE_SPIKE =
      new NeuronModel("OneSpike")
          .variable("Ready")
          .thresholdCondition("Ready > 0.5")
          .resetCode("Ready = 0.0;");

  private static final Map<String, Double> LIF = Map.of("Alpha", 0.5, "Vthresh", 1.0);

  private static GeNNModel model() {
    var model = new GeNNModel(Precision.FLOAT, "m");
    model.setPreferences(Models.settings().threads(1));
    model.setDt(0.5);
    return model;
  }

  private static void run(GeNNModel model, int steps) {
    model.build();
    model.load(steps);
    for (int step = 0; step < steps; step++) {
      model.stepTime();
    }
  }

  private static SynapsePopulation connect(
      GeNNModel model, String name, NeuronPopulation target, double weight, Postsynapse synapse) {
    NeuronPopulation source =
        model.addNeuronPopulation(name + "_source", 1, ONE_SPIKE, Map.of(), Map.of("Ready", 1));
    return model.addSynapsePopulation(
        name,
        "DENSE",
        source,
        target,
        GeNNModel.initWeightUpdate(Models.STATIC_PULSE, Map.of(), Map.of("g", weight)),
        synapse);
  }

  @ParameterizedTest
  @CsvSource({"false, 3", "true, 1"})
  @Feature("N03")
  void autoRefractoryNeuronsSpikeOnlyWhenTheyRiseAboveThreshold(boolean isRefractory, int spikes) {
    var ramp =
        new NeuronModel("Ramp")
            .variable("V")
            .simCode("V += 1.0;")
            .thresholdCondition("V >= 2.0")
            .autoRefractory(isRefractory);
    try (GeNNModel model = model()) {
      NeuronPopulation neurons = model.addNeuronPopulation("n", 1, ramp, Map.of(), Map.of("V", 0));
      neurons.setSpikeRecordingEnabled(true);
      run(model, 4);
      model.pullRecordingBuffersFromDevice();
      double[] times = neurons.spikeRecordingData().getFirst().times();
      assertEquals(spikes, times.length);
      assertEquals(0.5, times[0]);
    }
  }

  private static final NeuronModel LOCAL =
      new NeuronModel("Local")
          .variable("V")
          .simCode("const scalar next = V + 1.0; V = next;")
          .thresholdCondition("next >= 2.0")
          .resetCode("V = -next;");

  @Test
  @Feature({"L22", "N01"})
  void localsOfTheSimCodeReachTheConditionAndTheResetCode() {
    try (GeNNModel model = model()) {
      NeuronPopulation neurons = model.addNeuronPopulation("n", 1, LOCAL, Map.of(), Map.of("V", 0));
      run(model, 2);
      assertArrayEquals(new float[] {-2}, neurons.vars().get("V").values());
    }
  }

  /// The condition is also tested before the sim code, where there are no locals yet.
  @Test
  @Feature({"L22", "N03"})
  void localsDoNotReachTheConditionOfAutoRefractoryNeurons() {
    try (GeNNModel model = model()) {
      model.addNeuronPopulation("n", 1, LOCAL.autoRefractory(true), Map.of(), Map.of("V", 0));
      assertEquals(
          """
          threshold condition of neuron model Local, line 1: 'next' is not defined here; available: [Isyn, V, batch, dt, id, num_batch, num_neurons, st, t]
            next >= 2.0
            ^^^^\
          """,
          assertThrows(SnippetException.class, model::build).getMessage());
    }
  }

  @Test
  @Feature("M11")
  void derivedParametersAreComputedFromParametersAndTimestep() {
    var decaying =
        new NeuronModel("Decaying")
            .parameter("Tau")
            .derivedParameter("Decay", (parameters, dt) -> Math.exp(-dt / parameters.get("Tau")))
            .variable("V")
            .simCode("V *= Decay;");
    try (GeNNModel model = model()) {
      NeuronPopulation neurons =
          model.addNeuronPopulation("n", 1, decaying, Map.of("Tau", 2), Map.of("V", 1));
      run(model, 1);
      assertEquals((float) Math.exp(-0.25), neurons.vars().get("V").values()[0]);
    }
  }

  @Test
  @Feature({"N02", "S25"})
  void synapsesReachTheInputThatTheyTarget() {
    var twoInputs =
        new NeuronModel("TwoInputs")
            .additionalInput("Idendrite", 10)
            .variable("Soma")
            .variable("Dendrite")
            .simCode("Soma = Isyn; Dendrite = Idendrite;");
    var delta = GeNNModel.initPostsynaptic(Models.DELTA, Map.of(), Map.of());
    try (GeNNModel model = model()) {
      NeuronPopulation neurons =
          model.addNeuronPopulation("n", 1, twoInputs, Map.of(), Map.of("Soma", 0, "Dendrite", 0));
      connect(model, "soma", neurons, 2, delta);
      connect(model, "dendrite", neurons, 3, delta).setPostTargetVar("Idendrite");
      run(model, 2);
      assertArrayEquals(new float[] {2}, neurons.vars().get("Soma").values());
      assertArrayEquals(new float[] {13}, neurons.vars().get("Dendrite").values());
    }
  }

  @Test
  @Feature("S32")
  void postsynapticModelsHaveVariablesAndSeeThoseOfTheirNeuron() {
    var conductance =
        new PostsynapticModel(
                "Conductance",
                "G = (0.5 * G) + inSyn; inSyn = 0.0; injectCurrent(G * (Reversal - V));")
            .parameter("Reversal")
            .variable(new Variable("G"))
            .neuronVariable("V");
    var integrator = new NeuronModel("Integrator").variable("V").simCode("V += Isyn;");
    try (GeNNModel model = model()) {
      NeuronPopulation neurons =
          model.addNeuronPopulation("n", 1, integrator, Map.of(), Map.of("V", 1));
      SynapsePopulation synapses =
          connect(
              model,
              "s",
              neurons,
              2,
              GeNNModel.initPostsynaptic(
                  conductance,
                  Map.of("Reversal", 5),
                  Map.of("G", 0),
                  Map.of("V", GeNNModel.createVarRef(neurons, "V"))));
      run(model, 3);
      // Step 1: G = 2, V = 1 + 2 (5 - 1) = 9; step 2: G = 1, V = 9 + 1 (5 - 9) = 5.
      assertArrayEquals(new float[] {1}, synapses.psmVars().get("G").values());
      assertArrayEquals(new float[] {5}, neurons.vars().get("V").values());
    }
  }

  @Test
  @Feature("C06")
  void customUpdatesChangeWeights() {
    var scale =
        new CustomUpdateModel("Scale", "Weight *= Factor;")
            .parameter("Factor")
            .reference("Weight", VarAccessMode.READ_WRITE);
    try (GeNNModel model = model()) {
      NeuronPopulation neurons =
          model.addNeuronPopulation("n", 3, Models.LIF, LIF, Map.of("V", 0, "Offset", 0));
      SynapsePopulation synapses =
          connect(
              model, "s", neurons, 2, GeNNModel.initPostsynaptic(Models.DELTA, Map.of(), Map.of()));
      model.addCustomUpdate(
          "scale",
          "Scale",
          scale,
          Map.of("Factor", 1.5),
          Map.of(),
          Map.of("Weight", GeNNModel.createWuVarRef(synapses, "g")));
      run(model, 1);
      model.customUpdate("Scale");
      assertArrayEquals(new float[] {3, 3, 3}, synapses.vars().get("g").values());
    }
  }
}
