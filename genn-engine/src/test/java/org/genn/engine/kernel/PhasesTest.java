package org.genn.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.Schedule;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.TapeModel;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// What a trial with phases does, on the smallest models that show it.
class PhasesTest {
  private static final int STEPS = 10;

  /// Delivers its input once and at once.
  private static final Postsynapse DELTA =
      new Postsynapse(
          new PostsynapticModel("Delta", "injectCurrent(inSyn); inSyn = 0.0;"), Bindings.NONE);

  /// Spikes when its input reaches 1; a replay appends its time to `Replayed`.
  private static NeuronModel relay(TapeModel tape) {
    return new NeuronModel("Relay")
        .variable("Count")
        .variable("Replayed")
        .simCode("const scalar input = Isyn;")
        .thresholdCondition("input >= 1.0")
        .resetCode("Count += 1.0;")
        .tape(tape);
  }

  private static final TapeModel LOG =
      new TapeModel(
          List.of(new TapeModel.Field("Input", "scalar", "Isyn")),
          "",
          "",
          "Replayed = (100.0 * Replayed) + (10.0 * t) + Input;");

  private static WeightUpdate pulse(double weight) {
    return new WeightUpdate(
        new WeightUpdateModel("Pulse")
            .variable("g", VarAccess.READ_ONLY)
            .preSpikeSynCode("addToPost(g);"),
        Bindings.NONE.initialValue("g", weight));
  }

  private static ModelSpec relayModel(TapeModel tape, Schedule schedule) {
    return new ModelSpec("phases", 1, 1, 1)
        .neuronGroup(new NeuronGroup("in", 1, NeuronModel.externalSpikes("Input"), Bindings.NONE))
        .neuronGroup(new NeuronGroup("relay", 1, relay(tape), Bindings.NONE))
        .synapseGroup(
            new SynapseGroup("in_relay", new Connectivity.Dense(), "in", "relay", pulse(1), DELTA))
        .schedule("trial", schedule);
  }

  private static Schedule exact() {
    return new Schedule(STEPS).beginTrial(true, true).run(Phase.FORWARD).run(Phase.BACKWARD);
  }

  private static Schedule overlapped() {
    return new Schedule(STEPS).beginTrial(true, true).run(Phase.FORWARD, Phase.BACKWARD);
  }

  private static Simulation open(ModelSpec spec) {
    return Simulation.open(spec, new RuntimeSettings().threads(1));
  }

  private static void spikesAt(Simulation simulation, int... steps) {
    int[] offsets = new int[STEPS + 2];
    for (int step : steps) {
      for (int k = step + 2; k < offsets.length; k++) {
        offsets[k]++;
      }
    }
    simulation.setSpikes("in", 0, offsets, new int[steps.length]);
  }

  private static float relay(Simulation simulation, String variable) {
    return simulation.variable(VariableReference.neuron("relay", variable)).get(0, 0);
  }

  @Test
  void spikesArriveInTheNextStepAndAreReplayedLastFirst() {
    try (Simulation simulation = open(relayModel(LOG, exact()))) {
      spikesAt(simulation, 2, 5);
      simulation.runTrial("trial");
      assertEquals(2, relay(simulation, "Count"));
      // Spikes at steps 3 and 6, each with an input of 1: first 61, then 31.
      assertEquals(6131, relay(simulation, "Replayed"));
    }
  }

  @Test
  void spikeOfTheLastStepIsReplayed() {
    try (Simulation simulation = open(relayModel(LOG, exact()))) {
      spikesAt(simulation, STEPS - 2);
      simulation.runTrial("trial");
      assertEquals(91, relay(simulation, "Replayed"));
    }
  }

  @Test
  void overlappedTrialReplaysTheTrialBefore() {
    try (Simulation simulation = open(relayModel(LOG, overlapped()))) {
      spikesAt(simulation, 2);
      simulation.runTrial("trial");
      assertEquals(0, relay(simulation, "Replayed"));
      spikesAt(simulation, 4);
      simulation.runTrial("trial");
      assertEquals(31, relay(simulation, "Replayed"));
      spikesAt(simulation);
      simulation.runTrial("trial");
      assertEquals(3151, relay(simulation, "Replayed"));
    }
  }

  @Test
  void spikeThatIsNotRecordedIsEmittedButNotReplayed() {
    TapeModel firstOnly = new TapeModel(LOG.fields(), "Count < 1.0", "", LOG.replayCode());
    try (Simulation simulation = open(relayModel(firstOnly, exact()))) {
      spikesAt(simulation, 2, 5);
      simulation.runTrial("trial");
      assertEquals(2, relay(simulation, "Count"));
      assertEquals(31, relay(simulation, "Replayed"));
    }
  }

  @Test
  void replayConditionSkipsSpikes() {
    TapeModel late = new TapeModel(LOG.fields(), "", "t > 4.0", LOG.replayCode());
    try (Simulation simulation = open(relayModel(late, exact()))) {
      spikesAt(simulation, 2, 5);
      simulation.runTrial("trial");
      assertEquals(61, relay(simulation, "Replayed"));
    }
  }

  @Test
  void fullTapeDropsLaterSpikesFromReplayAndCountsThem() {
    try (Simulation simulation = open(relayModel(LOG, exact()).tapeCapacity(2))) {
      spikesAt(simulation, 0, 2, 4, 6);
      simulation.runTrial("trial");
      assertEquals(4, relay(simulation, "Count"));
      // Steps 1 and 3 fit; 5 and 7 do not.
      assertEquals(3111, relay(simulation, "Replayed"));
      assertEquals(2, simulation.tapeOverflow("relay")[0]);
    }
  }

  /// A chain in → relay → sink, where a spike that is not taped must still reach the sink.
  @Test
  void spikeBeyondTheTapeIsStillDelivered() {
    ModelSpec spec =
        relayModel(LOG, exact())
            .tapeCapacity(1)
            .neuronGroup(
                new NeuronGroup(
                    "sink",
                    1,
                    new NeuronModel("Sum").variable("V").simCode("V += Isyn;"),
                    Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "relay_sink", new Connectivity.Dense(), "relay", "sink", pulse(0.5), DELTA));
    try (Simulation simulation = open(spec)) {
      spikesAt(simulation, 0, 2, 4);
      simulation.runTrial("trial");
      assertEquals(1.5f, simulation.variable(VariableReference.neuron("sink", "V")).get(0, 0));
    }
  }

  @Test
  void spikesInFlightCrossIntoTheNextTrialOnlyWhenAsked() {
    for (boolean clears : new boolean[] {true, false}) {
      ModelSpec spec =
          relayModel(
                  LOG,
                  new Schedule(STEPS)
                      .beginTrial(clears, true)
                      .run(Phase.FORWARD)
                      .run(Phase.BACKWARD))
              .neuronGroup(
                  new NeuronGroup(
                      "sink",
                      1,
                      new NeuronModel("Sum").variable("V").simCode("V += Isyn;"),
                      Bindings.NONE))
              .synapseGroup(
                  new SynapseGroup(
                      "relay_sink", new Connectivity.Dense(), "relay", "sink", pulse(1), DELTA));
      try (Simulation simulation = open(spec)) {
        spikesAt(simulation, STEPS - 2);
        simulation.runTrial("trial");
        spikesAt(simulation);
        simulation.runTrial("trial");
        assertEquals(
            clears ? 0f : 1f, simulation.variable(VariableReference.neuron("sink", "V")).get(0, 0));
      }
    }
  }

  @Test
  void perStepVariableIsReadBackInTheStepThatWroteIt() {
    NeuronModel model =
        new NeuronModel("Recorder")
            .variable(new Variable("Value", "scalar", VarAccess.READ_WRITE, true))
            .variable("Sum")
            .simCode("Value = t * t;")
            .simCode(Phase.BACKWARD, "Sum = (0.5 * Sum) + (Value - (t * t)) + 1.0;");
    ModelSpec spec =
        new ModelSpec("steps", 1, 3, 1)
            .neuronGroup(new NeuronGroup("n", 2, model, Bindings.NONE))
            .schedule("trial", exact());
    try (Simulation simulation = open(spec)) {
      simulation.runTrial("trial");
      float expected = 0;
      for (int step = 0; step < STEPS; step++) {
        expected = 0.5f * expected + 1;
      }
      assertEquals(expected, simulation.variable(VariableReference.neuron("n", "Sum")).get(2, 1));
    }
  }

  @Test
  void updateInsideOfARunSeesEachStepOfEachExample() {
    NeuronModel model =
        new NeuronModel("Ramp").variable("V").variable("Total").simCode("V = t + (scalar) id;");
    CustomUpdateModel sum =
        new CustomUpdateModel("Sum", "Sum = V;")
            .variable(new CustomUpdateVariable("Sum", CustomUpdateVarAccess.REDUCE_NEURON_SUM))
            .reference("V", VarAccessMode.READ_ONLY);
    CustomUpdateModel add =
        new CustomUpdateModel("Add", "Total += Sum;")
            .reference("Total", VarAccessMode.READ_WRITE)
            .reference("Sum", VarAccessMode.READ_ONLY);
    ModelSpec spec =
        new ModelSpec("updates", 1, 2, 1)
            .neuronGroup(new NeuronGroup("n", 3, model, Bindings.NONE))
            .customUpdate(
                new CustomUpdate("sum", "Sum", sum, Bindings.NONE)
                    .reference("V", VariableReference.neuron("n", "V")))
            .customUpdate(
                new CustomUpdate("add", "Add", add, Bindings.NONE)
                    .reference("Total", VariableReference.neuron("n", "Total"))
                    .reference("Sum", VariableReference.customUpdate("sum", "Sum")))
            .schedule(
                "trial",
                new Schedule(STEPS)
                    .beginTrial(true, true)
                    .run(
                        new Schedule.Run(
                            java.util.Set.of(Phase.FORWARD), 0, STEPS, List.of("Sum", "Add"))));
    try (Simulation simulation = open(spec)) {
      simulation.runTrial("trial");
      // Σ_t (3 t + 0 + 1 + 2)
      assertEquals(
          3 * 45 + 3 * STEPS,
          simulation.variable(VariableReference.neuron("n", "Total")).get(1, 2));
    }
  }

  /// A gradient-like variable, with an update that only sums it and one that squares it.
  private static ModelSpec gradientModel(String reduce) {
    WeightUpdateModel model =
        new WeightUpdateModel("Gradient")
            .variable("g", VarAccess.READ_ONLY)
            .variable("Gradient", VarAccess.READ_WRITE)
            .postNeuronVariable("V")
            .preSpikeSynCode("addToPost(g);")
            .preSpikeSynCode(Phase.BACKWARD, "Gradient -= 0.5 * V;");
    CustomUpdateModel update =
        new CustomUpdateModel("Reduce", reduce)
            .variable(new CustomUpdateVariable("Reduced", CustomUpdateVarAccess.REDUCE_BATCH_SUM))
            .reference("Gradient", VarAccessMode.READ_WRITE);
    return new ModelSpec("gradient", 1, 4, 1)
        .neuronGroup(new NeuronGroup("in", 2, NeuronModel.externalSpikes("Input"), Bindings.NONE))
        .neuronGroup(
            new NeuronGroup(
                "out",
                3,
                new NeuronModel("Sum").variable("V").simCode("V += Isyn;"),
                Bindings.NONE))
        .synapseGroup(
            new SynapseGroup(
                "synapses",
                new Connectivity.Dense(),
                "in",
                "out",
                new WeightUpdate(
                    model,
                    Bindings.NONE.initialValue(
                        "g", InitialValue.of(new float[] {1, 2, 3, 4, 5, 6}))),
                DELTA))
        .customUpdate(
            new CustomUpdate("reduce", "Reduce", update, Bindings.NONE)
                .reference("Gradient", VariableReference.synapse("synapses", "Gradient")))
        .schedule("trial", exact().update("Reduce"));
  }

  private static Symbol.Copies gradientCopies(String reduce) {
    return Lowering.lower(gradientModel(reduce), new LoweringSettings().slices(2))
        .variables()
        .get(VariableReference.synapse("synapses", "Gradient"))
        .copies();
  }

  @Test
  void gradientsThatAreOnlySummedHaveOneCopyPerSlice() {
    assertEquals(Symbol.Copies.SLICES, gradientCopies("Reduced = Gradient; Gradient = 0.0;"));
  }

  @Test
  void gradientsThatAreSquaredBeforeTheSumHaveOneCopyPerExample() {
    assertEquals(
        Symbol.Copies.EXAMPLES, gradientCopies("Reduced = Gradient * Gradient; Gradient = 0.0;"));
  }

  @Test
  void sumOverSlicesIsTheSumOverTheExamples() {
    for (String reduce :
        List.of(
            "Reduced = Gradient; Gradient = 0.0;",
            "const scalar value = Gradient; Reduced = value; Gradient = 0.0;")) {
      try (Simulation simulation =
          Simulation.open(gradientModel(reduce), new RuntimeSettings().threads(2).slices(3))) {
        simulation.activeExamples(3);
        for (int example = 0; example < 4; example++) {
          int[] offsets = new int[STEPS + 2];
          java.util.Arrays.fill(offsets, 3, offsets.length, 1);
          simulation.setSpikes("in", example, offsets, new int[] {example % 2});
        }
        simulation.runTrial("trial");
        // Examples 0 and 2 have a spike of input 0, example 1 one of input 1; the fourth is idle.
        assertArrayEquals(
            new float[] {-1, -2, -3, -2, -2.5f, -3},
            simulation.variable(VariableReference.customUpdate("reduce", "Reduced")).toArray());
      }
    }
  }

  @Test
  void backwardSynapseCodeSeesTargetsAsTheStepBeforeLeftThem() {
    WeightUpdateModel model =
        new WeightUpdateModel("Sample")
            .variable("Seen", VarAccess.READ_WRITE)
            .postNeuronVariable("Age")
            .preSpikeSynCode(Phase.BACKWARD, "Seen = Age;");
    ModelSpec spec =
        new ModelSpec("order", 1, 1, 1)
            .neuronGroup(
                new NeuronGroup("in", 1, NeuronModel.externalSpikes("Input"), Bindings.NONE))
            .neuronGroup(
                new NeuronGroup(
                    "out",
                    1,
                    new NeuronModel("Clock").variable("Age").simCode(Phase.BACKWARD, "Age += 1.0;"),
                    Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "synapses",
                    new Connectivity.Dense(),
                    "in",
                    "out",
                    new WeightUpdate(model, Bindings.NONE),
                    DELTA))
            .schedule("trial", exact());
    try (Simulation simulation = open(spec)) {
      spikesAt(simulation, 7);
      simulation.runTrial("trial");
      // Steps 9 and 8 have been replayed when step 7 is.
      assertEquals(2, simulation.variable(VariableReference.synapse("synapses", "Seen")).get(0, 0));
    }
  }

  @Test
  @Feature("S25")
  void feedbackReachesTheReplayOfItsNeuron() {
    NeuronModel relay =
        new NeuronModel("Relay")
            .variable("Received")
            .additionalInput("Back", 0)
            .simCode("const scalar input = Isyn;")
            .thresholdCondition("input >= 1.0")
            .tape(new TapeModel(List.of(), "", "", "Received = (10.0 * Received) + Back;"));
    WeightUpdateModel model =
        new WeightUpdateModel("Back").preSpikeSynCode(Phase.BACKWARD, "addToPre(2.0);");
    ModelSpec spec =
        new ModelSpec("feedback", 1, 1, 1)
            .neuronGroup(
                new NeuronGroup("in", 1, NeuronModel.externalSpikes("Input"), Bindings.NONE))
            .neuronGroup(new NeuronGroup("relay", 1, relay, Bindings.NONE))
            .neuronGroup(new NeuronGroup("out", 20, new NeuronModel("Nothing"), Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "in_relay", new Connectivity.Dense(), "in", "relay", pulse(1), DELTA))
            .synapseGroup(
                new SynapseGroup(
                        "relay_out",
                        new Connectivity.Dense(),
                        "relay",
                        "out",
                        new WeightUpdate(model, Bindings.NONE),
                        DELTA)
                    .preTargetVariable("Back"))
            .schedule("trial", exact());
    try (Simulation simulation = open(spec)) {
      spikesAt(simulation, 1, 4);
      simulation.runTrial("trial");
      assertEquals(
          440, simulation.variable(VariableReference.neuron("relay", "Received")).get(0, 0));
    }
  }

  @Test
  @Feature("M04")
  void sharedPostsynapticInputGivesTheSameCurrents() {
    var results = new ArrayList<float[]>();
    for (boolean fuses : new boolean[] {true, false}) {
      ModelSpec spec =
          new ModelSpec("fused", 1, 1, 1)
              .neuronGroup(
                  new NeuronGroup("in", 1, NeuronModel.externalSpikes("Input"), Bindings.NONE))
              .neuronGroup(
                  new NeuronGroup(
                      "out",
                      2,
                      new NeuronModel("Sum").variable("V").simCode("V += Isyn;"),
                      Bindings.NONE))
              .synapseGroup(
                  new SynapseGroup("a", new Connectivity.Dense(), "in", "out", pulse(0.25), DELTA))
              .synapseGroup(
                  new SynapseGroup("b", new Connectivity.Dense(), "in", "out", pulse(0.5), DELTA))
              .schedule("trial", new Schedule(STEPS).beginTrial(true, true).run(Phase.FORWARD));
      try (Simulation simulation =
          Simulation.open(spec, new RuntimeSettings().threads(1).fusesPostsynapticModels(fuses))) {
        spikesAt(simulation, 1, 2, 3);
        simulation.runTrial("trial");
        results.add(simulation.variable(VariableReference.neuron("out", "V")).toArray());
      }
    }
    assertArrayEquals(new float[] {2.25f, 2.25f}, results.get(0));
    assertArrayEquals(results.get(0), results.get(1));
  }

  @Test
  void eventsFollowTheirConditionWithValuesBeforeTheReset() {
    NeuronModel ramp =
        new NeuronModel("Ramp")
            .variable("V")
            .simCode("V += 1.0;")
            .thresholdCondition("V >= 4.0")
            .resetCode("V = 0.0;");
    WeightUpdateModel events =
        new WeightUpdateModel("Events")
            .preNeuronVariable("V")
            .preEvent("V >= 3.0", "addToPost(1.0);");
    ModelSpec spec =
        new ModelSpec("events", 1, 1, 1)
            .neuronGroup(new NeuronGroup("ramp", 1, ramp, Bindings.NONE))
            .neuronGroup(
                new NeuronGroup(
                    "out",
                    1,
                    new NeuronModel("Sum").variable("V").simCode("V += Isyn;"),
                    Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "events",
                    new Connectivity.Dense(),
                    "ramp",
                    "out",
                    new WeightUpdate(events, Bindings.NONE),
                    DELTA));
    try (Simulation simulation = open(spec)) {
      var counts = new ArrayList<Float>();
      for (int step = 0; step < 9; step++) {
        simulation.stepTime();
        counts.add(simulation.variable(VariableReference.neuron("out", "V")).get(0, 0));
      }
      // V is 3 and 4 (before the reset) in steps 2, 3 and 6, 7; seen one step later.
      assertEquals(List.of(0f, 0f, 0f, 1f, 2f, 2f, 2f, 3f, 4f), counts);
    }
  }

  @Test
  @Feature("N11")
  void randomNumbersDependOnElementStepAndDrawOnly() {
    NeuronModel model =
        new NeuronModel("Random")
            .variable("Sum")
            .variable("Last")
            .simCode("Last = gennrand_uniform(); Sum += Last + gennrand_uniform();");
    var sums = new ArrayList<float[]>();
    for (int threads : new int[] {1, 2}) {
      ModelSpec spec =
          new ModelSpec("random", 1, 4, 77)
              .neuronGroup(new NeuronGroup("n", 250, model, Bindings.NONE));
      try (Simulation simulation =
          Simulation.open(spec, new RuntimeSettings().threads(threads).slices(threads))) {
        for (int step = 0; step < 50; step++) {
          simulation.stepTime();
        }
        sums.add(simulation.variable(VariableReference.neuron("n", "Sum")).toArray());
      }
    }
    assertArrayEquals(sums.get(0), sums.get(1));
    double mean = 0;
    for (float sum : sums.get(0)) {
      mean += sum / 100.0 / sums.get(0).length;
    }
    // 100 000 uniform numbers: standard error 0.0009; five of them.
    assertEquals(0.5, mean, 0.0046);
    assertEquals(
        1000,
        java.util.stream.IntStream.range(0, 1000).mapToObj(i -> sums.get(0)[i]).distinct().count(),
        5);
  }

  @Test
  void scalarMayBeDouble() {
    ModelSpec spec =
        new ModelSpec("double", 0.1, 1, 1)
            .precision(org.genn.engine.model.Precision.DOUBLE)
            .neuronGroup(
                new NeuronGroup(
                    "n",
                    1,
                    new NeuronModel("Third").variable("V").simCode("V += 1.0 / 3.0;"),
                    Bindings.NONE));
    try (Simulation simulation = open(spec)) {
      simulation.stepTime();
      assertEquals(
          1.0 / 3.0, simulation.variable(VariableReference.neuron("n", "V")).getDouble(0, 0));
    }
  }

  @Test
  void faultsOfAllSnippetsAreReportedAtOnce() {
    ModelSpec spec =
        new ModelSpec("faulty", 1, 1, 1)
            .neuronGroup(
                new NeuronGroup(
                    "a", 1, new NeuronModel("A").variable("V").simCode("V = W;"), Bindings.NONE))
            .neuronGroup(
                new NeuronGroup(
                    "b", 1, new NeuronModel("B").variable("V").simCode("V += ;"), Bindings.NONE));
    var error =
        org.junit.jupiter.api.Assertions.assertThrows(
            org.genn.engine.snippet.SnippetException.class,
            () -> Lowering.lower(spec, new LoweringSettings()));
    assertEquals(
        Map.of("sim code of neuron model A", 1, "sim code of neuron model B", 1).keySet(),
        error.diagnostics().stream()
            .map(diagnostic -> diagnostic.toString().split(",")[0])
            .collect(java.util.stream.Collectors.toSet()));
  }
}
