package org.genn.engine.runtime;

import static org.genn.engine.runtime.GeNNModel.initPostsynaptic;
import static org.genn.engine.runtime.GeNNModel.initWeightUpdate;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Map;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// In which order the codes of a step run: each of them appends its digit to a number, or notes in
/// which stage it finds the neuron.
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"jvm", "native"})
final class StepOrderTest {
  @Parameter String backend;

  @BeforeEach
  void skipWhereThereIsNoCompiler() {
    Models.assumeAvailable(backend);
  }

  private GeNNModel model() {
    var model = new GeNNModel(Precision.FLOAT, "order", backend);
    model.setPreferences(Models.settings().backend(backend).threads(1));
    model.setDt(1);
    model.setBatchSize(2);
    return model;
  }

  private static final NeuronModel ALWAYS = new NeuronModel("Always").thresholdCondition("true");

  @ParameterizedTest
  @ValueSource(strings = {"DENSE", "SPARSE"})
  @Feature({"R04", "S09", "S10", "S11", "S12", "S13"})
  void synapsesRunDynamicsThenEventsAndSpikesOfTheSourceThenThoseOfTheTarget(String matrixType) {
    var digits =
        new WeightUpdateModel("Digits")
            .variable("g", VarAccess.READ_WRITE)
            .postSpikeSynCode("g = 10.0 * g + 5.0;")
            .postEvent("t == 0.0", "g = 10.0 * g + 4.0;")
            .preSpikeSynCode("g = 10.0 * g + 3.0;")
            .preEvent("t == 0.0", "g = 10.0 * g + 2.0;")
            .synapseDynamicsCode("g = 10.0 * g + 1.0;");
    try (var model = model()) {
      var a = model.addNeuronPopulation("a", 1, ALWAYS, Map.of(), Map.of());
      var b = model.addNeuronPopulation("b", 1, ALWAYS, Map.of(), Map.of());
      var weights = initWeightUpdate(digits, Map.of(), Map.of("g", 0));
      var delta = initPostsynaptic("DeltaCurr");
      var synapses =
          matrixType.equals("DENSE")
              ? model.addSynapsePopulation("s", matrixType, a, b, weights, delta)
              : model.addSynapsePopulation(
                  "s",
                  matrixType,
                  a,
                  b,
                  weights,
                  delta,
                  GeNNModel.initSparseConnectivity("OneToOne"));
      model.build();
      model.load();
      model.stepTime();
      assertArrayEquals(new float[] {1, 1}, synapses.vars().get("g").values());
      model.stepTime();
      assertArrayEquals(new float[] {112345, 112345}, synapses.vars().get("g").values());
    }
  }

  /// Sim code puts a neuron into stage 1, reset code into stage 2.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Feature({"R04", "N01", "S14", "S15", "S31", "C02", "C01"})
  void neuronsTakeInputThenSimulateThenSpikeThenReset(boolean spikes) {
    var staged =
        new NeuronModel("Staged")
            .variable("stage")
            .variable("input")
            .variable("seen")
            .simCode("input = Isyn; stage = 1.0;")
            .thresholdCondition("go > 0.5 && stage == 1.0")
            .resetCode("seen = stage; stage = 2.0;")
            .parameter("go");
    var source =
        new CurrentSourceModel("Source", "injectCurrent(10.0 * stage);").neuronVariable("stage");
    var postsynapse =
        new PostsynapticModel("Postsynapse", "injectCurrent(stage); inSyn = 0.0;")
            .neuronVariable("stage");
    var end =
        NeuronEnd.NONE
            .variable(new Variable("u"))
            .dynamicsCode("u = 10.0 * u + stage;")
            .spikeCode("u = 10.0 * u + 4.0 + stage;");
    var ends =
        new WeightUpdateModel("Ends")
            .preNeuronVariable("stage")
            .pre(end)
            .preEvent("stage == 1.0", "addToPost(0.0);");
    try (var model = model()) {
      var n =
          model.addNeuronPopulation(
              "n",
              1,
              staged,
              Map.of("go", spikes ? 1 : 0),
              Map.of("stage", 3, "input", 0, "seen", 0));
      n.setSpikeEventRecordingEnabled(true);
      model.addCurrentSource("cs", source, n, Map.of(), Map.of());
      var synapses =
          model.addSynapsePopulation(
              "s",
              "DENSE",
              n,
              n,
              initWeightUpdate(ends, Map.of(), Map.of("u", 0)),
              initPostsynaptic(postsynapse, Map.of(), Map.of()));
      model.build();
      model.load(2);
      model.stepTime();
      // what comes before the sim code sees the neuron as it was
      assertArrayEquals(new float[] {33, 33}, n.vars().get("input").values());
      float u = spikes ? 15 : 1;
      assertArrayEquals(new float[] {u, u}, synapses.preVars().get("u").values());
      model.stepTime();
      float stage = spikes ? 2 : 1;
      assertArrayEquals(new float[] {11 * stage, 11 * stage}, n.vars().get("input").values());
      u = spikes ? 1515 : 11;
      assertArrayEquals(new float[] {u, u}, synapses.preVars().get("u").values());
      assertArrayEquals(new float[] {stage, stage}, n.vars().get("stage").values());
      float seen = spikes ? 1 : 0;
      assertArrayEquals(new float[] {seen, seen}, n.vars().get("seen").values());
      // conditions for events see it before its reset
      assertArrayEquals(new double[] {0, 1}, synapses.preSpikeEventRecordingData().get(1).times());
    }
  }
}
