package org.genn.engine.runtime;

import static org.genn.engine.runtime.GeNNModel.createVarRef;
import static org.genn.engine.runtime.GeNNModel.initPostsynaptic;
import static org.genn.engine.runtime.GeNNModel.initSparseConnectivity;
import static org.genn.engine.runtime.GeNNModel.initWeightUpdate;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccessMode;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeNNModelTest {
  private static final NeuronModel COUNTER =
      new NeuronModel("Counter")
          .parameter("Step")
          .variable("V")
          .extraGlobalParameter("Input", "scalar*")
          .simCode("V += Step * Input[id];")
          .thresholdCondition("V >= 4.0")
          .resetCode("V = 0.0;");

  private static final Map<String, Double> STEP = Map.of("Step", 1.0);

  private static GeNNModel model() {
    var model = new GeNNModel(Precision.FLOAT, "m");
    model.setPreferences(Models.settings().threads(1));
    model.setDt(0.5);
    return model;
  }

  private static NeuronPopulation addCounter(GeNNModel model, int size) {
    NeuronPopulation population =
        model.addNeuronPopulation("n", size, COUNTER, STEP, Map.of("V", 1));
    float[] input = new float[size];
    java.util.Arrays.fill(input, 1);
    population.extraGlobalParams().get("Input").setInitValues(input);
    return population;
  }

  private static void assertFails(String message, Executable executable) {
    assertEquals(message, assertThrows(RuntimeException.class, executable).getMessage());
  }

  @Test
  @Feature({"N01", "N05", "R02", "R04", "R05", "R06", "R07", "R09", "M13", "M15"})
  void aModelIsDescribedBuiltLoadedAndStepped() {
    try (GeNNModel model = model()) {
      NeuronPopulation neurons = addCounter(model, 3);
      neurons.setSpikeRecordingEnabled(true);
      neurons.extraGlobalParams().get("Input").setInitValues(new float[] {1, 2, 0});
      model.build();
      model.load(6);
      assertEquals(3, model.numNeurons());
      for (int i = 0; i < 6; i++) {
        assertEquals(0.5 * i, model.t());
        model.stepTime();
      }
      assertEquals(6, model.timestep());
      model.pullRecordingBuffersFromDevice();
      RecordedSpikes spikes = neurons.spikeRecordingData().getFirst();
      assertArrayEquals(new int[] {1, 0, 1, 1}, spikes.ids());
      assertArrayEquals(new double[] {0.5, 1.0, 1.5, 2.5}, spikes.times());
      neurons.vars().get("V").pullFromDevice();
      assertArrayEquals(new float[] {3, 0, 1}, neurons.vars().get("V").values());
    }
  }

  @Test
  @Feature({"R02", "R03"})
  void aModelCanBeUnloadedLoadedAgainAndReinitialised() {
    try (GeNNModel model = model()) {
      NeuronPopulation neurons = addCounter(model, 1);
      model.build();
      model.load();
      model.stepTime();
      assertEquals(2, neurons.vars().get("V").values()[0]);
      model.unload();
      assertFails(
          "model 'm' is not loaded; call load() first", () -> neurons.vars().get("V").values());
      model.load();
      assertEquals(1, neurons.vars().get("V").values()[0]);
      model.stepTime();
      model.stepTime();
      model.reinitialise();
      assertEquals(0, model.timestep());
      assertEquals(1, neurons.vars().get("V").values()[0]);
    }
  }

  @Test
  @Feature({"R10", "M12"})
  void dynamicParametersChangeAtRunTime() {
    try (GeNNModel model = model()) {
      NeuronPopulation neurons = addCounter(model, 1);
      neurons.setParamDynamic("Step");
      assertFails(
          "group 'n' has no parameter 'Stp'; it has [Step]; did you mean 'Step'?",
          () -> neurons.setParamDynamic("Stp"));
      model.build();
      model.load();
      neurons.setDynamicParamValue("Step", 0.25);
      model.stepTime();
      assertEquals(1.25f, neurons.vars().get("V").values()[0]);
      assertFails(
          "group 'n' has no dynamic parameter 'Tau'; it has [Step]; parameters are made dynamic"
              + " before build()",
          () -> neurons.setDynamicParamValue("Tau", 1));
    }
  }

  @Test
  @Feature({"C04", "C22", "R11"})
  void customUpdatesRunByGroupName() {
    try (GeNNModel model = model()) {
      NeuronPopulation neurons = addCounter(model, 2);
      var reset =
          new CustomUpdateModel("Set", "V = Value;")
              .parameter("Value")
              .reference("V", VarAccessMode.READ_WRITE);
      model.addCustomUpdate(
          "set",
          "Reset",
          reset,
          Map.of("Value", 2.5),
          Map.of(),
          Map.of("V", GeNNModel.createVarRef(neurons, "V")));
      model.setTimingEnabled(true);
      model.build();
      model.load();
      model.customUpdate("Reset");
      assertArrayEquals(new float[] {2.5f, 2.5f}, neurons.vars().get("V").values());
      assertTrue(model.getCustomUpdateTime("Reset") > 0);
      assertFails(
          "model 'm' has no custom update group 'reset'; it has [Reset]; did you mean 'Reset'?",
          () -> model.customUpdate("reset"));
      assertFails(
          "model 'm' has no custom update group 'x'; it has [Reset]",
          () -> model.getCustomUpdateTime("x"));
      model.stepTime();
      assertTrue(model.neuronUpdateTime() > 0);
    }
  }

  @Test
  @Feature({"M07", "M08"})
  void namesAreCheckedWhenSomethingIsAdded() {
    GeNNModel model = model();
    addCounter(model, 1);
    assertFails("model 'm' already has a neuron population 'n'", () -> addCounter(model, 1));
    assertFails(
        "model 'm': neuron population 'a b': a name has letters, digits and underscores only",
        () -> model.addNeuronPopulation("a b", 1, COUNTER, STEP, Map.of("V", 1)));
    assertFails(
        "model 'm' has no neuron population 'x'; it has [n]", () -> model.neuronPopulation("x"));
    assertFails(
        "model 'm' has no matrix type 'SPARS'; it has [BITMASK, DENSE, DENSE_PROCEDURALG,"
            + " PROCEDURAL, PROCEDURAL_KERNELG, SPARSE, TOEPLITZ]; did you mean 'SPARSE'?",
        () ->
            model.addSynapsePopulation(
                "s",
                "SPARS",
                "n",
                "n",
                GeNNModel.initWeightUpdate(Models.STATIC_PULSE, Map.of(), Map.of("g", 1)),
                GeNNModel.initPostsynaptic(Models.DELTA, Map.of(), Map.of())));
    assertFails(
        "neuron population 'b': variable 'V' is given a String; expected a number, an array of"
            + " float, double, int or long, or an InitialValue",
        () -> model.addNeuronPopulation("b", 1, COUNTER, STEP, Map.of("V", "1")));
  }

  @Test
  @Feature({"M09", "M20"})
  void addingNamesAllThatIsWrong() {
    GeNNModel model = model();
    assertFails(
        """
        neuron population 'n' has 4 problems:
          - parameter 'Step' of Counter has no value
          - variable 'V' of Counter has no initial value; give one, such as 0
          - Counter has no parameter 'Stp'; available: [Step]; did you mean 'Step'?
          - Counter has no variable 'v'; available: [V]; did you mean 'V'?\
        """,
        () -> model.addNeuronPopulation("n", 1, COUNTER, Map.of("Stp", 1), Map.of("v", 0)));
  }

  @Test
  void nothingChangesAfterBuild() { // E7, E8, E9
    try (GeNNModel model = model()) {
      NeuronPopulation neurons = addCounter(model, 1);
      assertFails("model 'm' is not built; call build() before load()", model::load);
      model.build();
      assertFails("model 'm' is already built; it can no longer be built again", model::build);
      assertFails(
          "model 'm' is already built; it can no longer get another neuron population",
          () -> model.addNeuronPopulation("b", 1, COUNTER, STEP, Map.of("V", 1)));
      assertFails(
          "model 'm' is already built; it can no longer change its back end",
          () -> model.setBackendName("cuda"));
      assertFails(
          "model 'm' is already built; it can no longer change what it records",
          () -> neurons.setSpikeRecordingEnabled(true));
      assertFails("model 'm' is not loaded; call load() first", model::stepTime);
      assertFails("model 'm' is not loaded; call load() first", model::unload);
      assertFails("model 'm' is not loaded; call load() first", () -> model.customUpdate("x"));
      assertFails(
          "model 'm' is not loaded; call load() first", model::pullRecordingBuffersFromDevice);
      model.load();
      assertFails("model 'm' is already loaded; call unload() first", model::load);
      assertFails(
          "extra global parameter 'n.Input': initial values are set before load(); use setValues",
          () -> neurons.extraGlobalParams().get("Input").setInitValues(new float[1]));
      assertFails(
          "model 'm' records nothing; enable recording before build() and give load the number of"
              + " timesteps",
          model::pullRecordingBuffersFromDevice);
      assertFails(
          "spike recording of population 'n' is not enabled; call setSpikeRecordingEnabled(true)"
              + " before build()",
          neurons::spikeRecordingData);
    }
  }

  @Test
  void recordingNeedsItsLengthAndEnoughSteps() { // E9
    try (GeNNModel model = model()) {
      NeuronPopulation neurons = addCounter(model, 1);
      neurons.setSpikeRecordingEnabled(true);
      model.build();
      assertFails(
          "model 'm' records spikes of [n]; give load the number of timesteps to hold",
          model::load);
      model.load(3);
      model.stepTime();
      assertFails(
          "spike recording of 'n' holds 3 steps and only 1 have run; run more, or ask"
              + " recordedSpikesSoFar for what there is",
          neurons::spikeRecordingData);
    }
  }

  /// The counter spikes in the second step of each pair.
  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature({"R05", "R06"})
  void recordedTimesFollowTheTimestepThatIsSet(String backend) {
    Models.assumeAvailable(backend);
    try (GeNNModel model = model()) {
      model.setBackendName(backend);
      NeuronPopulation neurons =
          model.addNeuronPopulation("n", 1, COUNTER, Map.of("Step", 2.0), Map.of("V", 0));
      neurons.extraGlobalParams().get("Input").setInitValues(new float[] {1});
      neurons.setSpikeRecordingEnabled(true);
      model.build();
      model.load(4);
      model.setTimestep(100);
      assertEquals(50, model.t());
      model.stepTime(6); // steps 100 to 105, of which the ring holds the last four
      model.pullRecordingBuffersFromDevice();
      assertArrayEquals(new double[] {51.5, 52.5}, neurons.spikeRecordingData().getFirst().times());
      model.setT(1000);
      model.stepTime(4);
      assertEquals(2004, model.timestep());
      assertArrayEquals(
          new double[] {1000.5, 1001.5}, neurons.spikeRecordingData().getFirst().times());
    }
  }

  @Test
  void whatAModelWillTakeIsToldBeforeItIsLoaded() {
    try (GeNNModel model = model()) {
      NeuronPopulation neurons = addCounter(model, 3);
      model.addCurrentSource("c", "DC", neurons, Map.of("amp", 1.0), Map.of());
      model.addSynapsePopulation(
          "s",
          "SPARSE",
          neurons,
          neurons,
          initWeightUpdate("StaticPulseConstantWeight", Map.of("g", 0.5)),
          initPostsynaptic("DeltaCurr"),
          initSparseConnectivity("OneToOne"));
      model.addCustomUpdate(
          "u",
          "reset",
          new CustomUpdateModel("Zero", "V = 0.0;").reference("V", VarAccessMode.READ_WRITE),
          Map.of(),
          Map.of(),
          Map.of("V", createVarRef(neurons, "V")));
      assertFails("model 'm' is not built; call build() before describe()", model::describe);
      model.build();
      String before = model.describe();
      for (String part :
          List.of(
              "model 'm': dt 0.5 ms, batch 1 in 1 slice, ",
              "\nneuron groups\n  n: 3 × Counter\n",
              "\nsynapse groups\n  s: n → n, StaticPulseConstantWeight, DeltaCurr\n",
              "\ncurrent sources\n  c: DC into n\n",
              "\ncustom updates\n  u: Zero of reset\n",
              "\nconnections\n  s: 3 synapses expected, at most 1 per source, ",
              "\n  variable 'V' of neuron group 'n': float (1, 3), 12 bytes\n",
              "\nspikes, recordings, parameters and other arrays: ",
              "\nkernels\n")) {
        assertTrue(before.contains(part), () -> part + " in\n" + before);
      }
      model.load();
      assertEquals(before, model.describe());
    }
  }

  @Test
  void aPartThatIsNotThereIsNamedWithThoseThatAre() {
    try (GeNNModel model = model()) {
      NeuronPopulation neurons = addCounter(model, 3);
      assertFails(
          "group 'n' has no variable 'v'; it has [V]; did you mean 'V'?",
          () -> neurons.vars().get("v"));
      assertFails(
          "group 'n' has no extra global parameter 'In'; it has [Input]",
          () -> neurons.extraGlobalParams().get("In"));
      assertFails(
          "model 'm' has no synapse population 'n'; it has none",
          () -> model.synapsePopulations().get("n"));
      assertNull(neurons.vars().getOrDefault("v", null));
    }
  }

  @Test
  void arraysWithoutValuesAreNamedBeforeTheFirstStep() {
    try (GeNNModel model = model()) {
      var neurons = model.addNeuronPopulation("n", 3, COUNTER, STEP, Map.of("V", 1));
      model.build();
      model.load();
      String message =
          "model 'm': extra global parameter 'n.Input' without values; give them before the model"
              + " is loaded, or set them before its first step";
      assertFails(message, model::stepTime);
      assertFails(message, () -> model.stepTime(5));
      neurons.extraGlobalParams().get("Input").setValues(new float[] {1, 1, 2});
      model.stepTime();
      assertArrayEquals(new float[] {2, 2, 3}, neurons.vars().get("V").values());
    }
  }

  /// Values that were given after loading were not there when it was.
  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature({"M13", "R03", "R09"})
  void reinitialisingTakesValuesAwayThatTheModelWasNotLoadedWith(String backend) {
    Models.assumeAvailable(backend);
    var two = COUNTER.extraGlobalParameter("Late", "double*").simCode("V += Input[id] * Late[id];");
    try (GeNNModel model = model()) {
      model.setBackendName(backend);
      var neurons = model.addNeuronPopulation("n", 2, two, STEP, Map.of("V", 0));
      ModelArray given = neurons.extraGlobalParams().get("Input");
      ModelArray late = neurons.extraGlobalParams().get("Late");
      given.setInitValues(new float[] {1, 2});
      model.build();
      model.load();
      late.setValues(new double[] {1, 0.25, 7});
      model.stepTime();
      given.setValues(new float[] {0, 0});
      model.reinitialise();
      assertArrayEquals(new float[] {1, 2}, given.values());
      assertArrayEquals(new double[0], late.doubleValues());
      assertFails(
          "model 'm': extra global parameter 'n.Late' without values; give them before the model"
              + " is loaded, or set them before its first step",
          model::stepTime);
      late.setValues(new double[] {2, 1});
      model.stepTime();
      assertArrayEquals(new float[] {2, 2}, neurons.vars().get("V").values());
    }
  }

  @Test
  void arraysOfInitialisersMustBeGiven() {
    try (GeNNModel model = model()) {
      NeuronPopulation neurons = addCounter(model, 3);
      model.addSynapsePopulation(
          "s",
          "PROCEDURAL_KERNELG",
          neurons,
          neurons,
          initWeightUpdate(
              "StaticPulse", Map.of(), Map.of("g", GeNNModel.initVar("Kernel", Map.of()))),
          initPostsynaptic("DeltaCurr"),
          initSparseConnectivity("OneToOne"));
      String message = assertThrows(RuntimeException.class, model::build).getMessage();
      assertTrue(
          message.contains(
              "synapse group 's', variable 'g': extra global parameter 'kernel' of Kernel has no"
                  + " values"),
          message);
    }
  }

  @Test
  @Feature({"M01", "L13"})
  void scalarIsDoubleInDoublePrecision() {
    try (var model = new GeNNModel(Precision.DOUBLE, "doubles")) {
      model.setPreferences(Models.settings().threads(1));
      var thirds = new NeuronModel("Thirds").variable("V").simCode("V += 1.0 / 3.0;");
      NeuronPopulation neurons =
          model.addNeuronPopulation("n", 1, thirds, Map.of(), Map.of("V", 0));
      model.build();
      model.load();
      model.stepTime();
      assertEquals(1.0 / 3.0, neurons.vars().get("V").view().getDouble(0, 0));
    }
  }

  @Test
  void aDrawnSeedIsReported() {
    try (GeNNModel model = model()) {
      model.addNeuronPopulation(
          "n",
          4,
          new NeuronModel("None").variable("V"),
          Map.of(),
          Map.of("V", new InitialValue.Normal(0, 1)));
      model.build();
      model.load();
      assertNotEquals(0, model.seed());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature("R01")
  void kernelsAreBuiltWhenTheyHaveToBeAlwaysOrNever(String backend, @TempDir Path folder) {
    Models.assumeAvailable(backend);
    Path cache = folder.resolve("cache");
    assertFails(
        "program 'm' is not to be built, and the cache "
            + cache
            + " has no kernels for it; build it once, or allow it",
        () -> isFromCache(backend, folder, 1, false, true));
    assertFalse(isFromCache(backend, folder, 1, false, false));
    assertTrue(isFromCache(backend, folder, 1, false, false));
    assertTrue(isFromCache(backend, folder, 1, false, true));
    assertFalse(isFromCache(backend, folder, 1, true, false));
    // Whatever is in the kernels makes them others.
    assertThrows(IllegalStateException.class, () -> isFromCache(backend, folder, 2, false, true));
    assertFalse(isFromCache(backend, folder, 2, false, false));
    assertFails(
        "model 'm': kernels can't be built both always and never; choose one",
        () -> isFromCache(backend, folder, 1, true, true));
  }

  private static boolean isFromCache(
      String backend, Path folder, double step, boolean always, boolean never) {
    try (GeNNModel model = model()) {
      var build = new BuildSettings().cacheDirectory(Optional.of(folder.resolve("cache")));
      model.setPreferences(model.preferences().backend(backend).build(build));
      model.addNeuronPopulation("n", 1, COUNTER, Map.of("Step", step), Map.of("V", 0));
      model.build(folder, always, never);
      model.load();
      return model.simulation().isFromCache();
    }
  }

  @Test
  void sourcesAreLeftWhereTheModelIsBuilt(@TempDir Path folder) throws IOException {
    try (GeNNModel model = model()) {
      addCounter(model, 1);
      model.build(folder);
      model.load();
      try (Stream<Path> files = Files.list(folder.resolve("m_CODE"))) {
        assertTrue(files.findAny().isPresent());
      }
    }
  }

  @Test
  @Feature("M16")
  void sourcesStayInTheFolderThatIsGiven(@TempDir Path folder) {
    try (var outside = new GeNNModel(Precision.FLOAT, "../net")) {
      assertEquals(
          "model '../net': sources are left in a folder of the model's name, which must not contain"
              + " '/' then",
          assertThrows(IllegalArgumentException.class, () -> outside.build(folder)).getMessage());
    }
    for (Path place : List.of(folder, Path.of("."), Path.of(""))) {
      new GeNNModel(Precision.FLOAT, "net").build(place);
    }
  }
}
