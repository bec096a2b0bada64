package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.genn.engine.backend.BackendException;
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
import org.genn.engine.model.Schedule;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.TapeModel;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Trials with spikes from outside, schedules and reductions, as training composes them.
class TrialTest {
  private static final int STEPS = 6;
  private static final int INPUTS = 4;
  private static final int OUTPUTS = 3;
  private static final VariableReference V = VariableReference.neuron("output", "V");
  private static final VariableReference SUM = VariableReference.customUpdate("overBatch", "Sum");
  private static final VariableReference LARGEST =
      VariableReference.customUpdate("overNeurons", "Largest");

  private static final NeuronModel INTEGRATOR =
      new NeuronModel("Integrator").variable("V").simCode("V += Isyn * (1.0 + t);");

  private static ModelSpec spec(int batch, double dt) {
    float[] weights = new float[INPUTS * OUTPUTS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i / 8f;
    }
    var synapses =
        new SynapseGroup(
            "weights",
            new Connectivity.Dense(),
            "input",
            "output",
            new WeightUpdate(
                Models.STATIC_PULSE, Bindings.NONE.initialValue("g", InitialValue.of(weights))),
            new Postsynapse(Models.DELTA, Bindings.NONE));
    var overBatch =
        new CustomUpdateModel("OverBatch", "Sum = V;")
            .variable(new CustomUpdateVariable("Sum", CustomUpdateVarAccess.REDUCE_BATCH_SUM))
            .reference("V", VarAccessMode.READ_ONLY);
    var overNeurons =
        new CustomUpdateModel("OverNeurons", "Largest = V;")
            .variable(new CustomUpdateVariable("Largest", CustomUpdateVarAccess.REDUCE_NEURON_MAX))
            .reference("V", VarAccessMode.READ_ONLY);
    var reset = new CustomUpdateModel("Reset", "V = 0.0;").reference("V", VarAccessMode.READ_WRITE);
    return new ModelSpec("trial", dt, batch, 5)
        .neuronGroup(
            new NeuronGroup("input", INPUTS, NeuronModel.externalSpikes("Input"), Bindings.NONE))
        .neuronGroup(new NeuronGroup("output", OUTPUTS, INTEGRATOR, Bindings.NONE))
        .synapseGroup(synapses)
        .customUpdate(new CustomUpdate("reset", "reset", reset, Bindings.NONE).reference("V", V))
        .customUpdate(
            new CustomUpdate("overBatch", "reduce", overBatch, Bindings.NONE).reference("V", V))
        .customUpdate(
            new CustomUpdate("overNeurons", "reduce", overNeurons, Bindings.NONE).reference("V", V))
        .schedule(
            "trial",
            new Schedule(STEPS)
                .beginTrial(true, true)
                .update("reset")
                .run(Phase.FORWARD)
                .update("reduce"));
  }

  /// Spikes of an example: neuron `(example + step) mod inputs` in each step but the third.
  private static void setSpikes(Simulation simulation, int batch) {
    for (int example = 0; example < batch; example++) {
      int[] offsets = new int[STEPS + 2];
      int[] ids = new int[STEPS];
      int count = 0;
      for (int step = 0; step < STEPS; step++) {
        offsets[step + 1] = count;
        if (step != 2) {
          ids[count++] = (example + step) % INPUTS;
        }
      }
      offsets[STEPS + 1] = count;
      simulation.setSpikes("input", example, offsets, ids);
    }
  }

  /// A spike of step `s` arrives in step `s + 1`, at the time of that.
  private static float expected(int example, int output, double dt) {
    float v = 0;
    for (int step = 0; step + 1 < STEPS; step++) {
      if (step != 2) {
        float weight = ((example + step) % INPUTS * OUTPUTS + output) / 8f;
        v += weight * (1.0f + (float) ((step + 1) * dt));
      }
    }
    return v;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  @Feature({"C04", "C09", "C11", "C12", "C22", "R12"})
  void spikesArriveOneStepLaterAndReductionsFollow(int threads) {
    try (var simulation = Simulation.open(spec(5, 0.5), Models.settings().threads(threads))) {
      setSpikes(simulation, 5);
      for (int repeat = 0; repeat < 3; repeat++) {
        simulation.runTrial("trial");
      }
      assertEquals(STEPS, simulation.timestep());
      float[] sum = new float[OUTPUTS];
      for (int example = 0; example < 5; example++) {
        float largest = 0;
        for (int output = 0; output < OUTPUTS; output++) {
          float v = expected(example, output, 0.5);
          assertEquals(v, simulation.variable(V).get(example, output), "example " + example);
          sum[output] += v;
          largest = Math.max(largest, v);
        }
        assertEquals(largest, simulation.variable(LARGEST).get(example, 0));
      }
      assertArrayEquals(new int[] {5}, simulation.variable(LARGEST).shape());
      assertArrayEquals(new int[] {OUTPUTS}, simulation.variable(SUM).shape());
      assertArrayEquals(sum, simulation.variable(SUM).toArray());
      assertArrayEquals(new int[] {1}, simulation.spikes("input").ids(1, 0));
      assertEquals(5, simulation.spikes("input").count(1));
    }
  }

  @Test
  void spikesFromOutsideAreNotSetOneByOne() {
    try (var simulation = Simulation.open(spec(1, 0.5), Models.settings().threads(1))) {
      SpikeView spikes = simulation.spikes("input");
      assertEquals(
          "spikes of neuron group 'input' cannot be set: they come from outside; give them to its"
              + " input",
          assertThrows(IllegalStateException.class, () -> spikes.set(0, 1)).getMessage());
    }
  }

  @Test
  void aPartialBatchIsReducedOverItsExamplesOnly() {
    try (var simulation = Simulation.open(spec(5, 1.0), Models.settings().threads(2))) {
      setSpikes(simulation, 5);
      simulation.activeExamples(2);
      simulation.runTrial("trial");
      for (int output = 0; output < OUTPUTS; output++) {
        assertEquals(
            expected(0, output, 1.0) + expected(1, output, 1.0),
            simulation.variable(SUM).get(0, output));
      }
      assertEquals(0, simulation.variable(V).get(2, 1));
    }
  }

  @Test
  void observedTrialsGiveTheSameResults() {
    try (var simulation = Simulation.open(spec(3, 0.5), Models.settings().threads(2))) {
      setSpikes(simulation, 3);
      List<String> seen = new ArrayList<>();
      simulation.runTrial(
          "trial",
          new StepObserver() {
            @Override
            public void end(String phases, int step) {
              seen.add(
                  phases
                      + step
                      + "@"
                      + simulation.timestep()
                      + ":"
                      + simulation.variable(V).get(1, 0));
            }
          });
      assertEquals(STEPS, seen.size());
      assertEquals("FORWARD0@1:0.0", seen.getFirst());
      assertEquals("FORWARD1@2:0.5625", seen.get(1));
      for (int output = 0; output < OUTPUTS; output++) {
        assertEquals(expected(2, output, 0.5), simulation.variable(V).get(2, output));
      }
    }
  }

  @Test
  void aTrialAllocatesNothing() {
    try (var simulation = Simulation.open(spec(4, 0.5), Models.settings().threads(2))) {
      setSpikes(simulation, 4);
      Allocation.assertNone(1000, () -> simulation.runTrial("trial"));
    }
  }

  @Test
  void aTargetPerStepIsReadInItsStep() {
    var model =
        new NeuronModel("Distance")
            .variable(
                new Variable(
                    "Target", "scalar", org.genn.engine.model.VarAccess.READ_ONLY_DUPLICATE, true))
            .variable("Sum")
            .simCode("Sum += Target * (t + 1.0);");
    var spec =
        new ModelSpec("targets", 1.0, 2, 1)
            .neuronGroup(new NeuronGroup("n", 2, model, Bindings.NONE))
            .schedule("trial", new Schedule(3).beginTrial(true, true).run(Phase.FORWARD));
    try (var simulation = Simulation.open(spec, Models.settings().threads(1))) {
      VariableView target = simulation.variable(VariableReference.neuron("n", "Target"));
      assertArrayEquals(new int[] {2, 3, 2}, target.shape());
      target.set(1, 0, 1, 1);
      target.set(1, 2, 1, 10);
      simulation.runTrial("trial");
      assertArrayEquals(
          new float[] {0, 0, 0, 31},
          simulation.variable(VariableReference.neuron("n", "Sum")).toArray());
    }
  }

  @Test
  @Feature({"S11", "N06", "S17"})
  void eventsOfAGradedSynapseFollowTheThresholdOfThePresynapticVariable() {
    var graded =
        Models.STATIC_PULSE
            .preNeuronVariable("V")
            .preSpikeSynCode("")
            .preEvent("V >= 2.0", "addToPost(g * V);");
    var ramp = new NeuronModel("Ramp").variable("V").simCode("V += 1.0;");
    var spec =
        new ModelSpec("graded", 1.0, 1, 1)
            .neuronGroup(new NeuronGroup("source", 1, ramp, Bindings.NONE).recordsSpikeEvents(true))
            .neuronGroup(new NeuronGroup("target", 1, INTEGRATOR, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.Dense(),
                    "source",
                    "target",
                    new WeightUpdate(graded, Bindings.NONE.initialValue("g", 0.5)),
                    new Postsynapse(Models.DELTA, Bindings.NONE)));
    try (var simulation = Simulation.open(spec, Models.settings().threads(1).recordingSteps(4))) {
      for (int step = 0; step < 4; step++) {
        simulation.stepTime();
      }
      assertArrayEquals(new long[] {1, 2, 3}, simulation.recordedSpikes("s.pre", 0).steps());
      // Events of steps 1 and 2 (V = 2, 3) are handled in steps 2 and 3 and weighted by 1 + t.
      assertEquals(
          0.5f * 2 * 3 + 0.5f * 3 * 4,
          simulation.variable(VariableReference.neuron("target", "V")).get(0, 0));
    }
  }

  @Test
  @Feature({"M13", "R09", "R10"})
  void arraysAndDynamicParametersReachTheCode() {
    var model =
        new NeuronModel("Lookup")
            .parameter("Gain")
            .variable("V")
            .extraGlobalParameter("Table", "scalar*")
            .simCode("V = Gain * Table[id + 1];");
    var bindings =
        Bindings.NONE
            .dynamicParameter("Gain", 2)
            .extraGlobalParameter("Table", new float[] {1, 2, 3});
    var spec =
        new ModelSpec("arrays", 1.0, 2, 1).neuronGroup(new NeuronGroup("n", 2, model, bindings));
    VariableReference v = VariableReference.neuron("n", "V");
    try (var simulation = Simulation.open(spec, Models.settings().threads(1))) {
      simulation.stepTime();
      assertArrayEquals(new float[] {4, 6, 4, 6}, simulation.variable(v).toArray());
      simulation.dynamicParameter("n", "Gain").set(-1);
      simulation.extraGlobalParameter("n", "Table").set(1, 20);
      simulation.stepTime();
      assertArrayEquals(new float[] {-20, -3, -20, -3}, simulation.variable(v).toArray());
    }
  }

  /// A neuron that spikes whenever its input of the step is at least 1, and is replayed.
  private static ModelSpec taped(Schedule schedule, int tapeCapacity) {
    var model =
        new NeuronModel("Relay")
            .parameter("Every")
            .variable("Replays")
            .variable(new Variable("Phase", "scalar", org.genn.engine.model.VarAccess.READ_ONLY))
            .simCode("const scalar due = fmod(t + Phase, Every);")
            .thresholdCondition("due == 0.0")
            .simCode(Phase.BACKWARD, "Replays *= 2.0;")
            .tape(new TapeModel(List.of(), "", "", "Replays += 1.0;"));
    var bindings =
        Bindings.NONE
            .parameter("Every", 2)
            .initialValue("Phase", InitialValue.of(new float[] {0, 1}));
    return new ModelSpec("taped", 1.0, 2, 1)
        .neuronGroup(new NeuronGroup("n", 2, model, bindings).recordsSpikes(true))
        .schedule("trial", schedule)
        .tapeCapacity(tapeCapacity);
  }

  @Test
  void allSpikesOfATapedTrialCanBeReadAndAreReplayedBackwards() {
    var schedule = new Schedule(3).beginTrial(true, true).run(Phase.FORWARD).run(Phase.BACKWARD);
    try (var simulation = Simulation.open(taped(schedule, 100), Models.settings().threads(2))) {
      simulation.runTrial("trial");
      SpikeView spikes = simulation.spikes("n");
      assertEquals(3, spikes.steps());
      assertEquals(
          "spikes of neuron group 'n' cannot be set: it is on tape, and its backward phase replays"
              + " what its neurons did",
          assertThrows(IllegalStateException.class, () -> spikes.set(1, 0)).getMessage());
      assertArrayEquals(new int[] {0}, spikes.ids(1, 0));
      assertArrayEquals(new int[] {1}, spikes.ids(1, 1));
      assertArrayEquals(new int[] {0, 1, 0}, spikes.ids(1));
      assertArrayEquals(new int[] {0, 1, 0}, simulation.recordedSpikes("n", 0).ids());
      // Steps 2, 1, 0: neuron 0 is replayed in 2 and 0, neuron 1 in 1.
      assertArrayEquals(
          new float[] {5, 2, 5, 2},
          simulation.variable(VariableReference.neuron("n", "Replays")).toArray());
      assertEquals(Map.of(), simulation.tapeOverflows());
    }
  }

  @Test
  void overlappedTrialsReplayTheOneBeforeAndShowTheLastOne() {
    var schedule = new Schedule(3).beginTrial(true, false).run(Phase.FORWARD, Phase.BACKWARD);
    try (var simulation = Simulation.open(taped(schedule, 100), Models.settings().threads(2))) {
      VariableView replays = simulation.variable(VariableReference.neuron("n", "Replays"));
      simulation.runTrial("trial");
      assertArrayEquals(new float[] {0, 0, 0, 0}, replays.toArray());
      assertArrayEquals(new int[] {0, 1, 0}, simulation.spikes("n").ids(0));
      simulation.runTrial("trial");
      assertArrayEquals(new float[] {5, 2, 5, 2}, replays.toArray());
      assertArrayEquals(new int[] {1, 0, 1}, simulation.spikes("n").ids(0));
    }
  }

  @Test
  void spikesThatDoNotFitOnTheTapeAreCounted() {
    var schedule = new Schedule(6).beginTrial(true, true).run(Phase.FORWARD).run(Phase.BACKWARD);
    try (var simulation = Simulation.open(taped(schedule, 1), Models.settings().threads(1))) {
      for (int repeat = 0; repeat < 2; repeat++) {
        simulation.runTrial("trial");
        // Of six spikes two fit, and that of the last step is in nobody's way.
        assertArrayEquals(new int[] {3, 3}, simulation.tapeOverflow("n"));
        assertEquals(Map.of("n", 6L), simulation.tapeOverflows());
      }
    }
  }

  @Test
  void integerDivisionByZeroIsReported() {
    var model =
        new NeuronModel("Divider").variable("V").simCode("const int zero = (int)V; V = 7 / zero;");
    var spec =
        new ModelSpec("divider", 1.0, 1, 1)
            .neuronGroup(new NeuronGroup("n", 1, model, Bindings.NONE));
    try (var simulation = Simulation.open(spec, Models.settings().threads(1))) {
      simulation.stepTime();
      assertEquals(0, simulation.variable(VariableReference.neuron("n", "V")).get(0, 0));
      assertEquals(true, simulation.dividedByZero());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aSubscriptOutOfBoundsStopsTheRunAndTheSimulationCanBeClosed(int threads) {
    var model =
        new NeuronModel("Wild")
            .variable("V")
            .extraGlobalParameter("Table", "scalar*")
            .simCode("V = Table[id + 3];");
    var bindings = Bindings.NONE.extraGlobalParameter("Table", new float[] {1, 2, 3});
    var spec =
        new ModelSpec("wild", 1.0, 4, 1).neuronGroup(new NeuronGroup("n", 2, model, bindings));
    var settings =
        Models.settings().threads(threads).build(Models.settings().build().isChecked(true));
    try (var simulation = Simulation.open(spec, settings)) {
      for (int attempt = 0; attempt < 2; attempt++) {
        String message = assertThrows(BackendException.class, simulation::stepTime).getMessage();
        assertEquals(
            true,
            message.startsWith("model 'wild': kernel '")
                && message.contains("Table[3] is outside of its 3 elements"),
            message);
      }
    }
  }

  @Test
  void whatTheModelConsistsOfIsDescribed() {
    try (var simulation = Simulation.open(spec(5, 0.5), Models.settings().threads(1))) {
      String table = simulation.describe();
      for (String line :
          List.of(
              "model 'trial': dt 0.5 ms, batch 5 in 5 slices",
              "  input: 4 × Input",
              "  weights: input → output, StaticPulse, Delta",
              "  variable 'V' of neuron group 'output': float (5, 3), 60 bytes",
              "  variable 'g' of synapse group 'weights': float (4, 3), 48 bytes")) {
        assertEquals(true, table.contains(line), () -> line + " in\n" + table);
      }
      assertEquals(Map.of(), simulation.tapeOverflows());
    }
  }
}
