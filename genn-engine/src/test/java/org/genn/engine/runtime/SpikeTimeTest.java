package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.IntToDoubleFunction;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Times of spikes, and what weight updates keep at their ends. Neuron `i` spikes at `t = i, i +
/// 10, i + 20, …`.
class SpikeTimeTest {
  private static final double NEVER = -Float.MAX_VALUE;
  private static final int SIZE = 10;
  private static final String PATTERN = "t >= (scalar)id && fmod(t - (scalar)id, 10.0) < 1.0e-4";

  private static final NeuronModel PATTERN_SPIKES =
      new NeuronModel("PatternSpikes").thresholdCondition(PATTERN);

  private static final PostsynapticModel DELTA =
      new PostsynapticModel("Delta", "injectCurrent(inSyn); inSyn = 0.0;");

  private static NeuronGroup pattern() {
    return new NeuronGroup("pre", SIZE, PATTERN_SPIKES, Bindings.NONE);
  }

  private static ModelSpec connected(int batch, NeuronModel pre, WeightUpdateModel model) {
    int[] ids = java.util.stream.IntStream.range(0, SIZE).toArray();
    var bindings = Bindings.NONE.initialValue("w", NEVER);
    return new ModelSpec("times", 1.0, batch, 1)
        .neuronGroup(new NeuronGroup("pre", SIZE, pre, Bindings.NONE))
        .neuronGroup(new NeuronGroup("post", SIZE, PATTERN_SPIKES, Bindings.NONE))
        .synapseGroup(
            new SynapseGroup(
                "s",
                Connectivity.Sparse.of(ids, ids),
                "pre",
                "post",
                new WeightUpdate(model, bindings),
                new Postsynapse(DELTA, Bindings.NONE)));
  }

  /// The last time before `now` at which neuron `i` spiked.
  private static double last(int i, double now) {
    double spike = i + 10 * Math.floor((now - i) / 10);
    return spike < 0 ? NEVER : spike;
  }

  private static void check(
      Simulation simulation, VariableReference variable, IntToDoubleFunction expected) {
    VariableView view = simulation.variable(variable);
    for (int example = 0; example < (view.isPerExample() ? simulation.batchSize() : 1); example++) {
      for (int i = 0; i < SIZE; i++) {
        assertEquals(expected.applyAsDouble(i), view.getDouble(example, i), "neuron " + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Feature({"N04", "N08"})
  void neuronCodeSeesItsOwnLastSpike(boolean branches) {
    var model =
        PATTERN_SPIKES.variable("a").simCode(branches ? "if (t >= 0.0) { a = st; }" : "a = st;");
    var spec =
        new ModelSpec("own", 1.0, 3, 1)
            .neuronGroup(new NeuronGroup("n", SIZE, model, Bindings.NONE));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      for (int step = 0; step < 50; step++) {
        simulation.stepTime();
        double t = simulation.t();
        check(simulation, VariableReference.neuron("n", "a"), i -> last(i, t - 2));
        check(simulation, VariableReference.spikeTime("n"), i -> last(i, t - 1));
      }
    }
  }

  @Test
  @Feature({"S18", "N08"})
  void synapseCodeSeesTimesAtWhichSpikesTakeEffect() {
    var model =
        new WeightUpdateModel("Times")
            .variable("w", VarAccess.READ_WRITE)
            .variable("p", VarAccess.READ_WRITE)
            .preSpikeSynCode("w = st_pre; p = prev_st_pre;");
    try (var simulation = Simulation.open(connected(2, PATTERN_SPIKES, model), Models.settings())) {
      for (int step = 0; step < 50; step++) {
        simulation.stepTime();
        double t = simulation.t();
        check(
            simulation,
            VariableReference.synapse("s", "w"),
            i -> last(i, t - 2) == NEVER ? NEVER : last(i, t - 2) + 1);
        check(
            simulation,
            VariableReference.synapse("s", "p"),
            i ->
                last(i, t - 2) == NEVER
                    ? 0
                    : last(i, t - 12) == NEVER ? NEVER : last(i, t - 12) + 1);
      }
    }
  }

  @Test
  @Feature({"S14", "S16"})
  void spikeCodeRunsBeforeTheTimeIsNotedAndBeforeReset() {
    var pre =
        new NeuronModel("Reset")
            .variable("v")
            .simCode("v += 1.0;")
            .thresholdCondition(PATTERN)
            .resetCode("v = 0.0;");
    var model =
        new WeightUpdateModel("Trace")
            .variable("w", VarAccess.READ_WRITE)
            .preNeuronVariable("v")
            .pre(
                new NeuronEnd(
                    java.util.List.of(new Variable("c"), new Variable("seen")),
                    "c = st_pre; seen = v;",
                    ""));
    try (var simulation = Simulation.open(connected(2, pre, model), Models.settings())) {
      for (int step = 0; step < 50; step++) {
        simulation.stepTime();
        double t = simulation.t();
        check(
            simulation,
            VariableReference.weightUpdatePre("s", "c"),
            i -> last(i, t - 1) == NEVER ? 0 : last(i, t - 11));
        check(
            simulation,
            VariableReference.weightUpdatePre("s", "seen"),
            i -> last(i, t - 1) == NEVER ? 0 : last(i, t - 1) == i ? i + 1 : 10);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Feature({"S14", "S15", "S16"})
  void synapsesReadWhatIsKeptAtTheirEnds(boolean atSource) {
    var kept =
        new NeuronEnd(java.util.List.of(new Variable("s"), new Variable("d")), "s = t;", "d = t;");
    var model =
        new WeightUpdateModel("Kept")
            .variable("w", VarAccess.READ_WRITE)
            .variable("x", VarAccess.READ_WRITE)
            .preSpikeSynCode("w = s; x = d;");
    model = atSource ? model.pre(kept) : model.post(kept);
    try (var simulation = Simulation.open(connected(2, PATTERN_SPIKES, model), Models.settings())) {
      for (int step = 0; step < 50; step++) {
        simulation.stepTime();
        double t = simulation.t();
        check(simulation, VariableReference.synapse("s", "w"), i -> last(i, t - 2));
        check(
            simulation,
            VariableReference.synapse("s", "x"),
            i -> last(i, t - 2) == NEVER ? 0 : last(i, t - 2));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20})
  @Feature({"S16", "S17", "S18", "S21", "N09"})
  void delayedSynapsesReadWhatWasThereWhenTheSpikeWasEmitted(int delay) {
    var pre = PATTERN_SPIKES.variable("v").simCode("v = t + 10.0 * id;");
    var model =
        new WeightUpdateModel("Delayed")
            .variable("w", VarAccess.READ_WRITE)
            .variable("x", VarAccess.READ_WRITE)
            .variable("st", VarAccess.READ_WRITE)
            .variable("prev", VarAccess.READ_WRITE)
            .preNeuronVariable("v")
            .pre(NeuronEnd.NONE.variable(new Variable("s")).spikeCode("s = t;"))
            .preSpikeSynCode("w = s; x = v; st = st_pre; prev = prev_st_pre;");
    var spec = connected(2, pre, model);
    var group = spec.synapseGroups().getFirst().axonalDelay(delay);
    spec =
        new ModelSpec("delayed", 1.0, 2, 1)
            .neuronGroup(spec.neuronGroups().get(0))
            .neuronGroup(spec.neuronGroups().get(1))
            .synapseGroup(group);
    try (var simulation = Simulation.open(spec, Models.settings())) {
      for (int step = 0; step < 80; step++) {
        simulation.stepTime();
        double emitted = simulation.t() - delay - 2;
        check(simulation, VariableReference.synapse("s", "w"), i -> last(i, emitted));
        check(
            simulation,
            VariableReference.synapse("s", "x"),
            i -> last(i, emitted) == NEVER ? 0 : last(i, emitted) + 10 * i);
        check(
            simulation,
            VariableReference.synapse("s", "st"),
            i -> last(i, emitted) == NEVER ? 0 : last(i, emitted) + delay + 1);
        check(
            simulation,
            VariableReference.synapse("s", "prev"),
            i -> {
              double before = last(i, emitted - 10);
              return last(i, emitted) == NEVER ? 0 : before == NEVER ? NEVER : before + delay + 1;
            });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20})
  @Feature({"S16", "S22", "N09"})
  void backPropagationDelaysWhatIsReadOfTheTarget(int delay) {
    var model =
        new WeightUpdateModel("Delayed")
            .variable("w", VarAccess.READ_WRITE)
            .variable("st", VarAccess.READ_WRITE)
            .post(NeuronEnd.NONE.variable(new Variable("s")).spikeCode("s = t;"))
            .postSpikeSynCode("w = s; st = st_post;");
    var spec = connected(2, PATTERN_SPIKES, model);
    var group = spec.synapseGroups().getFirst().backPropagationDelay(delay);
    spec =
        new ModelSpec("back", 1.0, 2, 1)
            .neuronGroup(spec.neuronGroups().get(0))
            .neuronGroup(spec.neuronGroups().get(1))
            .synapseGroup(group);
    try (var simulation = Simulation.open(spec, Models.settings())) {
      for (int step = 0; step < 80; step++) {
        simulation.stepTime();
        double emitted = simulation.t() - delay - 2;
        check(simulation, VariableReference.synapse("s", "w"), i -> last(i, emitted));
        check(
            simulation,
            VariableReference.synapse("s", "st"),
            i -> last(i, emitted) == NEVER ? 0 : last(i, emitted) + delay + 1);
      }
    }
  }

  @Test
  @Feature({"S17", "S32"})
  void synapsesReadVariablesOfThePostsynapticModel() {
    var psm =
        new PostsynapticModel("Clock", "c = t + (scalar)id; inSyn = 0.0;")
            .variable(new Variable("c"));
    var model =
        new WeightUpdateModel("Reader")
            .variable("w", VarAccess.READ_WRITE)
            .postsynapticVariable("clock")
            .preSpikeSynCode("w = clock;");
    var spec =
        new ModelSpec("psm", 1.0, 2, 1)
            .neuronGroup(pattern())
            .neuronGroup(new NeuronGroup("post", SIZE, PATTERN_SPIKES, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.Dense(),
                    "pre",
                    "post",
                    new WeightUpdate(model, Bindings.NONE)
                        .postsynapticVariable("clock", VariableReference.postsynaptic("s", "c")),
                    new Postsynapse(psm, Bindings.NONE)));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      for (int step = 0; step < 5; step++) {
        simulation.stepTime();
      }
      VariableView w = simulation.variable(VariableReference.synapse("s", "w"));
      assertEquals(3 + 7, w.getDouble(0, 3, 7), "spike at 3, handled at 4, clock of 3");
      assertEquals(0 + 2, w.getDouble(1, 0, 2));
      assertEquals(0, w.getDouble(0, 5, 5));
    }
  }

  @Test
  @Feature({"S11", "S18"})
  void eventTimesAreThoseOfTheGroupsOwnCondition() {
    var pre = new NeuronModel("Value").variable("v").simCode("v = t;");
    var model =
        new WeightUpdateModel("Event")
            .variable("w", VarAccess.READ_WRITE)
            .variable("p", VarAccess.READ_WRITE)
            .preNeuronVariable("v")
            .preEvent(
                "v >= (scalar)id && fmod(v - (scalar)id, 10.0) < 1.0e-4",
                "w = set_pre; p = prev_set_pre;");
    try (var simulation = Simulation.open(connected(2, pre, model), Models.settings())) {
      for (int step = 0; step < 40; step++) {
        simulation.stepTime();
        double t = simulation.t();
        check(
            simulation,
            VariableReference.synapse("s", "w"),
            i -> last(i, t - 2) == NEVER ? NEVER : last(i, t - 2) + 1);
        check(
            simulation,
            VariableReference.synapse("s", "p"),
            i ->
                last(i, t - 2) == NEVER
                    ? 0
                    : last(i, t - 12) == NEVER ? NEVER : last(i, t - 12) + 1);
      }
    }
  }

  /// A condition that is always met but for its own time, of which it must be 3 steps away; the
  /// time before that is one more step behind.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Feature({"S11", "S12", "S18", "N08"})
  void conditionsKnowWhenTheyWereMetLast(boolean atSource) {
    String condition =
        "t - set >= gap && id + 1 < num_neurons && prev_set <= set && kept == t + 1.0";
    var end = NeuronEnd.NONE.variable(new Variable("kept")).dynamicsCode("kept += dt;");
    var model =
        new WeightUpdateModel("Refractory").parameter("gap").variable("w", VarAccess.READ_WRITE);
    String code = "w = 10.0 * w + t;";
    model =
        atSource
            ? model.pre(end).preEvent(condition, code)
            : model.post(end).postEvent(condition, code);
    var never = Bindings.NONE.parameter("gap", 3);
    var spec =
        new ModelSpec("refractory", 1.0, 2, 1)
            .neuronGroup(
                new NeuronGroup("n", 2, new NeuronModel("Silent").simCode(""), Bindings.NONE)
                    .recordsSpikeEvents(true))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.Dense(),
                    "n",
                    "n",
                    new WeightUpdate(model, never),
                    new Postsynapse(DELTA, Bindings.NONE)));
    try (var simulation = Simulation.open(spec, Models.settings().recordingSteps(8))) {
      simulation.stepTime(8);
      var recorded = simulation.recordedSpikes(atSource ? "s.pre" : "s.post", 1);
      assertArrayEquals(new double[] {0, 3, 6}, recorded.times());
      assertArrayEquals(new int[] {0, 0, 0}, recorded.ids());
      VariableView w = simulation.variable(VariableReference.synapse("s", "w"));
      assertEquals(147, w.get(1, 0, 0)); // each takes effect a step later
      assertEquals(atSource ? 147 : 0, w.get(0, 0, 1));
      assertEquals(atSource ? 0 : 147, w.get(0, 1, 0));
    }
  }

  @Test
  @Feature("M09")
  void mistakesAreNamed() {
    var model =
        new WeightUpdateModel("Bad")
            .variable("w", VarAccess.READ_WRITE)
            .pre(NeuronEnd.NONE.variable(new Variable("w")).spikeCode("w = 1.0;"))
            .postsynapticVariable("y");
    var spec =
        new ModelSpec("m", 1.0, 1, 1)
            .neuronGroup(
                new NeuronGroup("pre", 1, new NeuronModel("Silent").simCode(""), Bindings.NONE))
            .neuronGroup(new NeuronGroup("post", 1, PATTERN_SPIKES, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.Dense(),
                    "pre",
                    "post",
                    new WeightUpdate(model, Bindings.NONE),
                    new Postsynapse(DELTA, Bindings.NONE)));
    var thrown =
        assertThrows(
            IllegalArgumentException.class, () -> Simulation.open(spec, Models.settings()));
    assertEquals(
        """
        model 'm' has 3 problems:
          - synapse group 's', model Bad: 'w' is declared twice
          - synapse group 's': source 'pre' never spikes, but Bad has code for its spikes
          - synapse group 's': postsynaptic model Delta has no variable 'y'; there are none\
        """,
        thrown.getMessage());
  }

  /// Neuron `i` spikes at `t = i, i + 10, …`; the group has no code for its synapses at all.
  @Test
  @Feature("S14")
  void endsCountSpikesThatNoSynapseNeeds() {
    var count = NeuronEnd.NONE.variable(new Variable("c"));
    var other = NeuronEnd.NONE.variable(new Variable("d"));
    var model =
        new WeightUpdateModel("Counters")
            .pre(count.spikeCode("c += 1.0;"))
            .post(other.spikeCode("d += 2.0;"));
    var spec =
        new ModelSpec("counted", 1, 2, 1)
            .neuronGroup(new NeuronGroup("n", SIZE, PATTERN_SPIKES, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.Dense(),
                    "n",
                    "n",
                    new WeightUpdate(model, Bindings.NONE),
                    new Postsynapse(DELTA, Bindings.NONE)));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      for (int steps = 1; steps <= 35; steps++) {
        simulation.stepTime();
        int now = steps - 1;
        for (int i = 0; i < SIZE; i++) {
          int spikes = now < i ? 0 : (now - i) / 10 + 1;
          assertEquals(
              spikes, simulation.variable(VariableReference.weightUpdatePre("s", "c")).get(1, i));
          assertEquals(
              2 * spikes,
              simulation.variable(VariableReference.weightUpdatePost("s", "d")).get(1, i));
        }
      }
    }
  }
}
