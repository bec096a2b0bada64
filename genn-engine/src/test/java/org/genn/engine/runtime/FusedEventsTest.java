package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Synapse groups with the same condition for spike-like events of the same neurons have one list
/// of them. Neuron `i` meets the condition at `t` where `(t + i) mod 3` is 2.
@Feature("N10")
class FusedEventsTest {
  private static final int SIZE = 70;
  private static final int BATCH = 2;
  private static final int STEPS = 12;

  private static final NeuronModel RAMP =
      new NeuronModel("Ramp")
          .variable("x")
          .variable("y")
          .simCode("x = fmod(t + (scalar) id, 3.0); y = x;");
  private static final NeuronModel SINK =
      new NeuronModel("Sink").variable("x").simCode("x = Isyn;");

  /// Counts its events.
  private static final WeightUpdateModel COUNTS =
      new WeightUpdateModel("Counts")
          .parameter("limit")
          .parameter("other")
          .derivedParameter("half", (p, dt) -> p.get("limit") / 2)
          .variable("g", VarAccess.READ_WRITE)
          .preNeuronVariable("x")
          .preEvent("x > 2.0 * half", "addToPost(1.0); g += 1.0;");

  /// Notes their times, by which the list is kept only here.
  private static final WeightUpdateModel NOTES =
      COUNTS
          .variable("p", VarAccess.READ_WRITE)
          .preEvent("x > 2.0 * half", "g = set_pre; p = prev_set_pre;");

  private static final Bindings VALUES = Bindings.NONE.parameter("limit", 1).parameter("other", 0);

  private static SynapseGroup group(String name, WeightUpdateModel model, Bindings values) {
    return new SynapseGroup(
        name,
        new Connectivity.Dense(),
        "a",
        "b",
        new WeightUpdate(model, values),
        new Postsynapse(Models.DELTA, Bindings.NONE));
  }

  private static ModelSpec of(SynapseGroup... groups) {
    ModelSpec spec =
        new ModelSpec("events", 1, BATCH, 1)
            .neuronGroup(new NeuronGroup("a", SIZE, RAMP, Bindings.NONE).recordsSpikeEvents(true))
            .neuronGroup(new NeuronGroup("b", 1, SINK, Bindings.NONE));
    for (SynapseGroup group : groups) {
      spec = spec.synapseGroup(group);
    }
    return spec;
  }

  private static boolean isShared(ModelSpec spec, String first, String second) {
    LoweredModel lowered = Opening.lower(spec, Models.settings().recordingSteps(1));
    boolean hasOneList = lowered.spikes().get(first).equals(lowered.spikes().get(second));
    assertEquals(
        hasOneList,
        lowered.recordings().get(first).equals(lowered.recordings().get(second)),
        "recordings follow the lists");
    return hasOneList;
  }

  static Stream<Arguments> differences() {
    SynapseGroup same = group("t", COUNTS, VALUES);
    var twice = COUNTS.preEvent("x > 2.0 * half && x > 2.0 * half", "addToPost(1.0);");
    var end = NeuronEnd.NONE.variable(new Variable("u"));
    var table = COUNTS.extraGlobalParameter("e", "scalar*");
    var none = UnaryOperator.<ModelSpec>identity();
    UnaryOperator<ModelSpec> written =
        spec ->
            spec.customUpdate(
                new CustomUpdate(
                        "u",
                        "U",
                        new CustomUpdateModel("Forget", "set = -5.0;")
                            .reference(
                                new VariableDeclaration(
                                    "set", "timepoint", VarAccessMode.READ_WRITE)),
                        Bindings.NONE)
                    .reference("set", VariableReference.preEventTime("t")));
    return Stream.of(
        arguments("nothing", true, same, none),
        arguments("weights and other code", true, group("t", NOTES, VALUES), none),
        arguments(
            "a parameter not in it", true, group("t", COUNTS, VALUES.parameter("other", 4)), none),
        arguments(
            "a table not in it",
            true,
            group("t", table, VALUES.extraGlobalParameter("e", new float[1])),
            none),
        arguments("a parameter", false, group("t", COUNTS, VALUES.parameter("limit", 1.5)), none),
        arguments(
            "a parameter that may change",
            false,
            group(
                "t", COUNTS.preEvent("x > limit", "g = 1.0;"), VALUES.dynamicParameter("limit", 1)),
            none),
        arguments("the condition", false, group("t", twice, VALUES), none),
        arguments("the delay", false, same.axonalDelay(1), none),
        arguments(
            "the variable",
            false,
            new SynapseGroup(
                "t",
                new Connectivity.Dense(),
                "a",
                "b",
                new WeightUpdate(COUNTS, VALUES)
                    .preNeuronVariable("x", VariableReference.neuron("a", "y")),
                new Postsynapse(Models.DELTA, Bindings.NONE)),
            none),
        arguments("its times are written", false, group("t", NOTES, VALUES), written),
        arguments(
            "a variable of its own",
            false,
            group("t", COUNTS.pre(end).preEvent("x > 2.0 * half + 0.0 * u", "g = 1.0;"), VALUES),
            none));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("differences")
  void groupsShareAListWhereTheirEventsAreTheSameForEver(
      String difference, boolean isShared, SynapseGroup other, UnaryOperator<ModelSpec> with) {
    assertEquals(
        isShared, isShared(with.apply(of(group("s", COUNTS, VALUES), other)), "s.pre", "t.pre"));
  }

  @Test
  void spikesOfNeuronsAreOneListWhateverNeedsThem() {
    var spikes = COUNTS.preEvent("", "").preSpikeSynCode("addToPost(1.0);");
    var spec =
        new ModelSpec("spikes", 1, BATCH, 1)
            .neuronGroup(
                new NeuronGroup("a", SIZE, RAMP.thresholdCondition("x > 1.5"), Bindings.NONE))
            .neuronGroup(new NeuronGroup("b", 1, SINK, Bindings.NONE))
            .synapseGroup(group("s", spikes, VALUES))
            .synapseGroup(group("t", spikes, VALUES.parameter("limit", 2)).axonalDelay(3));
    assertEquals(Set.of("a"), Opening.lower(spec, Models.settings()).spikes().keySet());
  }

  /// Both groups have the same code, so that nothing but these keeps them apart.
  @Test
  void tablesAndVariablesOfEachGroupKeepEventsApart() {
    var table = COUNTS.extraGlobalParameter("e", "scalar*").preEvent("x > e[id]", "g = 1.0;");
    var given = VALUES.extraGlobalParameter("e", new float[SIZE]);
    assertEquals(
        false, isShared(of(group("s", table, given), group("t", table, given)), "s.pre", "t.pre"));
    var trace =
        COUNTS
            .pre(NeuronEnd.NONE.variable(new Variable("u")).dynamicsCode("u += 1.0;"))
            .preEvent("u > limit", "g = 1.0;");
    var groups = of(group("s", trace, VALUES), group("t", trace, VALUES));
    var apart = Models.settings().recordingSteps(1).fusesPrePostWeightUpdateModels(false);
    var together = apart.fusesPrePostWeightUpdateModels(true);
    for (var settings : List.of(apart, together)) {
      var lists = Opening.lower(groups, settings).spikes();
      assertEquals(
          settings.fusesPrePostWeightUpdateModels(), lists.get("s.pre").equals(lists.get("t.pre")));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "2, 1", "0, 2", "2, 4"})
  void eachGroupHasTheEventsOfItsOwn(int delay, int threads) {
    ModelSpec spec =
        of(
            group("s", COUNTS, VALUES).axonalDelay(delay),
            group("t", NOTES, VALUES).axonalDelay(delay));
    var settings = Models.settings().threads(threads).parts(threads).recordingSteps(STEPS);
    try (var simulation = Simulation.open(spec, settings)) {
      VariableView x = simulation.variable(VariableReference.neuron("b", "x"));
      VariableView count = simulation.variable(VariableReference.synapse("s", "g"));
      VariableView last = simulation.variable(VariableReference.synapse("t", "g"));
      VariableView before = simulation.variable(VariableReference.synapse("t", "p"));
      for (int step = 0; step < STEPS; step++) {
        simulation.stepTime();
        int emitted = step - 1 - delay;
        int now = 0;
        for (int i = 0; i < SIZE; i++) {
          int first = (5 - i % 3) % 3; // the first step at which neuron i meets the condition
          int events = emitted < first ? 0 : (emitted - first) / 3 + 1;
          now += events > 0 && (emitted - first) % 3 == 0 ? 1 : 0;
          int newest = first + 3 * (events - 1);
          assertEquals(events, count.get(1, i));
          assertEquals(events == 0 ? 0 : newest + delay + 1, last.get(1, i));
          assertEquals(
              events == 0 ? 0 : events == 1 ? -Float.MAX_VALUE : newest - 3 + delay + 1,
              before.get(1, i));
        }
        assertEquals(now, x.get(1, 0));
      }
      var recorded = simulation.recordedSpikes("s.pre", 1);
      assertEquals(STEPS / 3 * SIZE, recorded.count());
      assertArrayEquals(recorded.ids(), simulation.recordedSpikes("t.pre", 1).ids());
      assertArrayEquals(recorded.times(), simulation.recordedSpikes("t.pre", 1).times());
    }
  }

  @Test
  void targetsShareTheirsToo() {
    var model =
        new WeightUpdateModel("Back")
            .variable("g", VarAccess.READ_WRITE)
            .postNeuronVariable("x")
            .postEvent("x > 1.5", "g += 1.0;");
    var spec =
        new ModelSpec("events", 1, BATCH, 1)
            .neuronGroup(new NeuronGroup("a", SIZE, RAMP, Bindings.NONE).recordsSpikeEvents(true))
            .neuronGroup(new NeuronGroup("b", 1, SINK, Bindings.NONE));
    for (String name : new String[] {"s", "t"}) {
      spec =
          spec.synapseGroup(
              new SynapseGroup(
                  name,
                  new Connectivity.Dense(),
                  "b",
                  "a",
                  new WeightUpdate(model, Bindings.NONE),
                  new Postsynapse(Models.DELTA, Bindings.NONE)));
    }
    assertEquals(true, isShared(spec, "s.post", "t.post"));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.stepTime(7); // the events of steps 0 to 5 have arrived: two of each neuron
      for (String name : new String[] {"s", "t"}) {
        VariableView g = simulation.variable(VariableReference.synapse(name, "g"));
        for (int i = 0; i < SIZE; i++) {
          assertEquals(2, g.get(1, i));
        }
      }
    }
  }

  @Test
  void whatIsSetForOneIsSetForAll() {
    var spec = of(group("s", COUNTS, VALUES), group("t", COUNTS, VALUES));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.stepTime();
      simulation.spikes("t.pre").set(0, 5);
      assertArrayEquals(new int[] {5}, simulation.spikes("s.pre").ids(0));
      simulation.stepTime();
      for (String name : new String[] {"s", "t"}) {
        VariableView g = simulation.variable(VariableReference.synapse(name, "g"));
        assertEquals(1, g.get(0, 5));
        assertEquals(0, g.get(0, 2));
      }
      assertEquals(2, simulation.variable(VariableReference.neuron("b", "x")).get(0, 0));
    }
  }
}
