package org.genn.engine.runtime;

import static org.genn.engine.runtime.GeNNModel.createWuVarRef;
import static org.genn.engine.runtime.GeNNModel.initPostsynaptic;
import static org.genn.engine.runtime.GeNNModel.initWeightUpdate;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.CustomUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// What the pages "GeNNModel" and "Simulating networks" of the PyGeNN manual show, in Java.
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"jvm", "native"})
final class GeNNModelPagesTest {
  @Parameter String backend;

  private static final Map<String, Double> IZHIKEVICH =
      Map.of("a", 0.02, "b", 0.2, "c", -65.0, "d", 8.0);

  private static final Map<String, Double> REST = Map.of("V", -65.0, "U", -13.0);

  @BeforeEach
  void skipWhereThereIsNoCompiler() {
    Models.assumeAvailable(backend);
  }

  private GeNNModel model(String name) {
    var model = new GeNNModel(Precision.FLOAT, name);
    model.setPreferences(Models.settings().threads(1));
    model.setBackendName(backend);
    model.setDt(1.0);
    return model;
  }

  private static void assertFails(String message, Executable executable) {
    assertEquals(message, assertThrows(RuntimeException.class, executable).getMessage());
  }

  @Test
  @Feature({"N05", "R06"})
  void spikeRecording() {
    try (var model = model("recording")) {
      var pop = model.addNeuronPopulation("Pop", 10, "Izhikevich", IZHIKEVICH, REST);
      model.addCurrentSource("Input", "DC", pop, Map.of("amp", 10.0), Map.of());
      pop.setSpikeRecordingEnabled(true);
      model.build();
      model.load(100);
      while (model.timestep() < 100) {
        model.stepTime();
      }
      model.pullRecordingBuffersFromDevice();
      RecordedSpikes spikes = pop.spikeRecordingData().getFirst();
      assertEquals(0, spikes.count() % 10);
      assertTrue(spikes.count() > 0);
      assertEquals(100, model.t());
    }
  }

  @Test
  @Feature({"N05", "N06", "R06", "R12"})
  void recordingOfSpikesAndEventsOfABatch() {
    var ramp =
        new NeuronModel("Ramp")
            .variable("V")
            .simCode("V = t + batch;")
            .thresholdCondition("V >= 3.0");
    var graded =
        new WeightUpdateModel("Graded")
            .preNeuronVariable("V")
            .postNeuronVariable(new VariableDeclaration("Vpost", VarAccessMode.READ_ONLY))
            .preEvent("V >= 2.0", "addToPost(0.0);")
            .postEvent("Vpost >= 1.0", "addToPre(0.0);");
    try (var model = model("events")) {
      model.setBatchSize(2);
      var pop = model.addNeuronPopulation("Pop", 1, ramp, Map.of(), Map.of("V", 0));
      pop.setSpikeRecordingEnabled(true);
      pop.setSpikeEventRecordingEnabled(true);
      var synapses =
          model.addSynapsePopulation(
              "Syn",
              "DENSE",
              pop,
              pop,
              initWeightUpdate(
                  graded,
                  Map.of(),
                  Map.of(),
                  Map.of(),
                  Map.of("Vpost", GeNNModel.createVarRef(pop, "V"))),
              initPostsynaptic("DeltaCurr"));
      model.build();
      model.load(4);
      while (model.t() < 4.0) {
        model.stepTime();
      }
      model.pullRecordingBuffersFromDevice();
      assertArrayEquals(new double[] {3}, pop.spikeRecordingData().get(0).times());
      assertArrayEquals(new double[] {2, 3}, pop.spikeRecordingData().get(1).times());
      assertArrayEquals(new double[] {2, 3}, synapses.preSpikeEventRecordingData().get(0).times());
      assertArrayEquals(
          new double[] {1, 2, 3}, synapses.preSpikeEventRecordingData().get(1).times());
      assertArrayEquals(
          new double[] {1, 2, 3}, synapses.postSpikeEventRecordingData().get(0).times());
      assertArrayEquals(
          new int[] {0, 0, 0, 0}, synapses.postSpikeEventRecordingData().get(1).ids());
    }
  }

  @Test
  @Feature({"R07", "R08", "S30"})
  void weightsOfSparseConnections() {
    try (var model = model("sparse")) {
      var pop = model.addNeuronPopulation("Pop", 3, "Izhikevich", IZHIKEVICH, REST);
      var number = new VariableInit("Number", "value = 10.0 * id_pre + id_post;");
      var synapses =
          model.addSynapsePopulation(
              "Syn",
              "SPARSE",
              pop,
              pop,
              initWeightUpdate(
                  "StaticPulse", Map.of(), Map.of("g", GeNNModel.initVar(number, Map.of()))),
              initPostsynaptic("DeltaCurr"),
              GeNNModel.initSparseConnectivity("FixedProbabilityNoAutapse", Map.of("prob", 1.0)));
      model.build();
      model.load();
      synapses.pullConnectivityFromDevice();
      synapses.vars().get("g").pullFromDevice();
      int[] sources = synapses.sparsePreInds();
      int[] targets = synapses.sparsePostInds();
      float[] weights = synapses.vars().get("g").values();
      assertArrayEquals(new int[] {0, 0, 1, 1, 2, 2}, sources);
      for (int k = 0; k < weights.length; k++) {
        assertEquals(10 * sources[k] + targets[k], weights[k]);
        weights[k] = -targets[k];
      }
      synapses.vars().get("g").setValues(weights);
      synapses.vars().get("g").pushToDevice();
      assertArrayEquals(new float[] {-1, -2, 0, -2, 0, -1}, synapses.vars().get("g").values());
    }
  }

  @Test
  @Feature("R07")
  void variablesByValueAndByView() {
    try (var model = model("variables")) {
      var pop = model.addNeuronPopulation("Pop", 4, "Izhikevich", IZHIKEVICH, REST);
      model.build();
      model.load();
      ModelVariable v = pop.vars().get("V");
      v.setValues(-60.0);
      v.pushToDevice();
      VariableView view = v.view();
      view.set(0, 2, -50f);
      v.pushToDevice();
      v.pullFromDevice();
      assertArrayEquals(new float[] {-60, -60, -50, -60}, v.values());
      v.setValues(new float[] {1, 2, 3, 4});
      assertEquals(3, view.get(0, 2));
      assertArrayEquals(v.values(), v.currentValues());
    }
  }

  @Test
  @Feature({"M13", "R09"})
  void extraGlobalParameters() {
    var times = new float[] {1, 3, 2};
    try (var model = model("arrays")) {
      var source =
          model.addNeuronPopulation(
              "Source",
              2,
              "SpikeSourceArray",
              Map.of(),
              Map.of("startSpike", new float[] {0, 2}, "endSpike", new float[] {2, 3}));
      source.extraGlobalParams().get("spikeTimes").setInitValues(times);
      source.setSpikeRecordingEnabled(true);
      model.build();
      model.load(5);
      source.extraGlobalParams().get("spikeTimes").setValues(new float[] {1, 4, 3});
      source.extraGlobalParams().get("spikeTimes").pushToDevice();
      for (int step = 0; step < 5; step++) {
        model.stepTime();
      }
      model.pullExtraGlobalParamFromDevice("Source", "spikeTimes");
      assertArrayEquals(new double[] {1, 3, 4}, source.spikeRecordingData().getFirst().times());
    }
  }

  @Test
  @Feature({"M06", "R11"})
  void profiling() {
    try (var model = model("times")) {
      var pop = model.addNeuronPopulation("Pop", 1000, "Izhikevich", IZHIKEVICH, REST);
      var halve =
          new CustomUpdateModel("Halve", "V *= 0.5;").reference("V", VarAccessMode.READ_WRITE);
      model.addCustomUpdate(
          "Halve",
          "Halve",
          halve,
          Map.of(),
          Map.of(),
          Map.of("V", GeNNModel.createVarRef(pop, "V")));
      model.setTimingEnabled(true);
      model.build();
      model.load();
      for (int step = 0; step < 100; step++) {
        model.stepTime();
      }
      model.customUpdate("Halve");
      assertTrue(model.neuronUpdateTime() > 0);
      assertTrue(model.initTime() > 0);
      assertTrue(model.getCustomUpdateTime("Halve") > 0);
      for (double part :
          new double[] {
            model.presynapticUpdateTime(),
            model.postsynapticUpdateTime(),
            model.synapseDynamicsTime(),
            model.initSparseTime(),
            model.getCustomUpdateTransposeTime("Halve"),
            model.getCustomUpdateRemapTime("Halve"),
            model.getCustomUpdateHostTime("Halve")
          }) {
        assertTrue(part >= 0);
      }
      assertFails(
          "model 'times' has no custom update group 'Halv'; it has [Halve]; did you mean 'Halve'?",
          () -> model.getCustomUpdateTransposeTime("Halv"));
    }
  }

  @Test
  @Feature({"M12", "R10"})
  void dynamicParameters() {
    try (var model = model("dynamic")) {
      var pop = model.addNeuronPopulation("Pop", 1, "Izhikevich", IZHIKEVICH, REST);
      var input = model.addCurrentSource("Input", "DC", pop, Map.of("amp", 0.0), Map.of());
      input.setParamDynamic("amp");
      model.build();
      model.load();
      input.setDynamicParamValue("amp", 100.0);
      model.stepTime();
      assertTrue(pop.vars().get("V").values()[0] > 0);
    }
  }

  @Test
  @Feature({"S33", "C13", "C14", "S16"})
  void synapsesAndUpdatesByTheirFacade() {
    var trace =
        new WeightUpdateModel("Trace")
            .variable("g", VarAccess.READ_ONLY)
            .pre(NeuronEnd.NONE.variable(new Variable("x")).spikeCode("x += 1.0;"))
            .post(NeuronEnd.NONE.variable(new Variable("y")).dynamicsCode("y += 0.5;"))
            .preSpikeSynCode("addToPost(g * x);");
    var always = new NeuronModel("Always").thresholdCondition("true");
    var sink = new NeuronModel("Sink").variable("x").simCode("x = Isyn;");
    var timer =
        new CustomUpdateModel("Timer", "st = -1.0;")
            .reference(new VariableDeclaration("st", "timepoint", VarAccessMode.BROADCAST));
    try (var model = model("synapses")) {
      var pre = model.addNeuronPopulation("Pre", 2, always, Map.of(), Map.of());
      var post = model.addNeuronPopulation("Post", 3, sink, Map.of(), Map.of("x", 0));
      var synapses =
          model.addSynapsePopulation(
              "Syn",
              "DENSE",
              pre,
              post,
              initWeightUpdate(
                  trace,
                  Map.of(),
                  Map.of("g", new float[] {1, 2, 3, 4, 5, 6}),
                  Map.of("x", 1.0),
                  Map.of("y", 2.0),
                  Map.of(),
                  Map.of(),
                  Map.of()),
              initPostsynaptic("DeltaCurr", Map.of(), Map.of()));
      var back =
          model.addSynapsePopulation(
              "Back",
              "DENSE",
              post,
              pre,
              initWeightUpdate(
                  new WeightUpdateModel("Store").variable("g", VarAccess.READ_ONLY),
                  Map.of(),
                  Map.of("g", 0)),
              initPostsynaptic("DeltaCurr", Map.of(), Map.of()));
      model
          .addCustomUpdate(
              "Transpose",
              "Transpose",
              CustomUpdateModels.TRANSPOSE,
              Map.of(),
              Map.of(),
              Map.of("variable", createWuVarRef(synapses, "g")))
          .transpose("variable", back, "g");
      model.addCustomUpdate(
          "Timer",
          "Timer",
          timer,
          Map.of(),
          Map.of(),
          Map.of("st", GeNNModel.createSpikeTimeVarRef(pre)));
      model.build();
      model.load();
      model.stepTime();
      model.stepTime();
      assertArrayEquals(new float[] {10, 14, 18}, post.vars().get("x").values());
      assertArrayEquals(new float[] {3, 3}, synapses.preVars().get("x").values());
      assertArrayEquals(new float[] {3, 3, 3}, synapses.postVars().get("y").values());
      assertArrayEquals(new float[] {0, 0, 0}, synapses.outPost().values());
      assertArrayEquals(new float[] {1, 1}, pre.spikeTimes().values());
      assertEquals(2, pre.currentSpikes().count(0));
      model.pullCurrentSpikesFromDevice("Pre");
      model.customUpdate("Transpose");
      model.customUpdate("Timer");
      assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, back.vars().get("g").values());
      assertArrayEquals(new float[] {-1, -1}, pre.spikeTimes().values());
    }
  }

  @Test
  @Feature({"R02", "R03", "R05", "R13", "R14", "M03", "M16"})
  void whatGennFiveDropped() {
    try (var model = model("dropped")) {
      model.setDefaultVarLocation(VarLocation.DEVICE);
      var pop = model.addNeuronPopulation("Pop", 2, "Izhikevich", IZHIKEVICH, REST);
      pop.setVarLocation("U", VarLocation.HOST_DEVICE_ZERO_COPY);
      pop.setLocation(SpikeState.SPIKES, VarLocation.HOST_DEVICE);
      assertEquals(VarLocation.DEVICE, pop.varLocation("V"));
      assertEquals(VarLocation.HOST_DEVICE_ZERO_COPY, pop.varLocation("U"));
      assertEquals(VarLocation.HOST_DEVICE, pop.location(SpikeState.SPIKES));
      assertEquals(VarLocation.DEVICE, pop.location(SpikeState.SPIKE_TIMES));
      assertFails(
          "group 'Pop' has no variable 'v'; it has [U, V]; did you mean 'V'?",
          () -> pop.setVarLocation("v", VarLocation.DEVICE));
      model.build();
      assertFails(
          "model 'dropped' is already built; it can no longer change where values are",
          () -> pop.setVarLocation("V", VarLocation.DEVICE));
      model.load();
      assertEquals(0, model.freeDeviceMemBytes());
      model.stepTime();
      model.pullStateFromDevice("Pop");
      model.pushStateToDevice("Pop");
      model.setT(40);
      assertEquals(40, model.timestep());
      assertEquals(40, model.t());
      model.reinitialise();
      assertEquals(0, model.t());
      assertArrayEquals(new float[] {-65, -65}, pop.vars().get("V").values());
      model.end();
      assertFails("model 'dropped' is not loaded; call load() first", model::stepTime);
      assertFails("model 'dropped' is not loaded; call load() first", model::end);
    }
  }

  @Test
  @Feature({"M08", "R02", "N05"})
  void mistakesInTheLifeOfAModel() {
    try (var model = model("life")) {
      var pop = model.addNeuronPopulation("Pop", 2, "Izhikevich", IZHIKEVICH, REST);
      assertFails(
          "model 'life' already has a neuron population 'Pop'",
          () -> model.addNeuronPopulation("Pop", 1, "LIF", Map.of(), Map.of()));
      assertFails(
          "model 'life': current source 'a-b': a name has letters, digits and underscores only",
          () -> model.addCurrentSource("a-b", "DC", pop, Map.of(), Map.of()));
      assertFails(
          "there is no built-in current source model 'Dc'; there are [DC, GaussianNoise,"
              + " PoissonExp]; did you mean 'DC'?",
          () -> model.addCurrentSource("i", "Dc", pop, Map.of(), Map.of()));
      assertFails(
          "model 'life' has no neuron population 'pop'; it has [Pop]; did you mean 'Pop'?",
          () -> model.neuronPopulation("pop"));
      assertFails(
          "model 'life' has no current source 'i'; it has none", () -> model.currentSource("i"));
      assertFails("model 'life' is not built; call build() before load()", model::load);
      model.build();
      assertFails("model 'life' is already built; it can no longer be built again", model::build);
      assertFails(
          "model 'life' is already built; it can no longer get another current source",
          () -> model.addCurrentSource("i", "DC", pop, Map.of("amp", 1), Map.of()));
      assertFails("model 'life' is not loaded; call load() first", model::stepTime);
      model.load();
      assertFails("model 'life' is already loaded; call unload() first", model::load);
      assertFails(
          "model 'life' has no custom update group 'g'; it has none",
          () -> model.customUpdate("g"));
      assertFails(
          "model 'life' records nothing; enable recording before build() and give load the number"
              + " of timesteps",
          model::pullRecordingBuffersFromDevice);
      assertFails(
          "spike recording of population 'Pop' is not enabled; call"
              + " setSpikeRecordingEnabled(true) before build()",
          pop::spikeRecordingData);
    }
  }
}
