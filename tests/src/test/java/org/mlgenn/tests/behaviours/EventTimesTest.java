package org.mlgenn.tests.behaviours;

import static org.mlgenn.tests.behaviours.Parts.neurons;
import static org.mlgenn.tests.behaviours.Parts.synapses;

import java.util.Map;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// A4: times of spikes and of spike-like events, as code sees them behind a delay of 20 steps.
///
/// Synapse code sees the time at which a spike takes effect: that of the spike, and the delay, and
/// one step.
final class EventTimesTest extends Behaviours {
  private static final int SIZE = 10;
  private static final int DELAY = 20;
  private static final int STEPS = 100;

  private Bindings bindings(String variable) {
    return Bindings.NONE.initialValue(variable, setting.lowest());
  }

  private static WeightUpdateModel copying(String where, String time) {
    var model = new WeightUpdateModel("Copy").variable("a", VarAccess.READ_WRITE);
    String code = "a = " + time + ";";
    return switch (where) {
      case "preSpike" -> model.preSpikeSynCode(code);
      case "postSpike" -> model.postSpikeSynCode(code);
      case "preEvent" -> model.preEvent(Parts.PATTERN, code);
      default -> model.postEvent(Parts.PATTERN, code);
    };
  }

  private double orNothing(double time, double first) {
    return time < first ? setting.lowest() : time;
  }

  /// When the last event that has arrived by `t` has taken effect.
  private double last(int i, double t) {
    return orNothing(i + DELAY + 1 + 10 * Math.floor((t - DELAY - 2 - i) / 10), DELAY + 1);
  }

  /// The same of the event before.
  private double lastButOne(int i, double t) {
    return orNothing(i + DELAY - 9 + 10 * Math.floor((t - DELAY - 2 - i) / 10), DELAY + 1);
  }

  private interface Wanted {
    double of(int neuron, double t);
  }

  private void expectTimes(ModelSpec spec, Map<SynapseGroup, Wanted> wanted) {
    ModelSpec whole = spec;
    for (SynapseGroup group : wanted.keySet()) {
      whole = whole.synapseGroup(group);
    }
    try (var simulation = open(whole)) {
      for (int step = 0; step < STEPS; step++) {
        simulation.stepTime();
        double t = simulation.t();
        wanted.forEach(
            (group, times) ->
                expectEach(
                    simulation, VariableReference.synapse(group.name(), "a"), i -> times.of(i, t)));
      }
    }
  }

  private SynapseGroup group(String name, String source, String target, String where, String time) {
    return synapses(
        name, Parts.oneToOne(SIZE), source, target, copying(where, time), bindings("a"));
  }

  @Test
  @Feature({"N08", "S18", "S21", "S22", "R12"})
  void synapsesSeeWhenSpikesTakeEffect() { // A4.1 - A4.4
    var spec =
        model("spikeTimes")
            .neuronGroup(neurons("pattern", SIZE, Parts.PATTERN_SPIKES))
            .neuronGroup(neurons("always", SIZE, Parts.ALWAYS_SPIKES));
    expectTimes(
        spec,
        Map.of(
            group("prevPre", "pattern", "always", "preSpike", "prev_st_pre").axonalDelay(DELAY),
            this::lastButOne,
            group("pre", "pattern", "always", "postSpike", "st_pre").axonalDelay(DELAY),
            this::last,
            group("post", "always", "pattern", "preSpike", "st_post").backPropagationDelay(DELAY),
            this::last,
            group("prevPost", "always", "pattern", "postSpike", "prev_st_post")
                .backPropagationDelay(DELAY),
            this::lastButOne));
  }

  @Test
  @Feature({"N08", "S18", "S11", "S12", "R12"})
  void synapsesSeeWhenEventsTakeEffect() { // A4.7
    var spec =
        model("eventTimes")
            .neuronGroup(neurons("empty", SIZE, Parts.EMPTY))
            .neuronGroup(neurons("always", SIZE, Parts.ALWAYS_SPIKES));
    var setPre =
        copying("preEvent", "prev_set_pre")
            .declarations(
                copying("", "0.0")
                    .declarations()
                    .variable(new Variable("b", "scalar", VarAccess.READ_WRITE)))
            .postSpikeSynCode("b = set_pre;");
    var setPost =
        copying("postEvent", "prev_set_post")
            .declarations(
                copying("", "0.0")
                    .declarations()
                    .variable(new Variable("b", "scalar", VarAccess.READ_WRITE)))
            .preSpikeSynCode("b = set_post;");
    var both = bindings("a").initialValue("b", setting.lowest());
    var whole =
        spec.synapseGroup(
                synapses("pre", Parts.oneToOne(SIZE), "empty", "always", setPre, both)
                    .axonalDelay(DELAY))
            .synapseGroup(
                synapses("post", Parts.oneToOne(SIZE), "always", "empty", setPost, both)
                    .backPropagationDelay(DELAY));
    try (var simulation = open(whole)) {
      for (int step = 0; step < STEPS; step++) {
        simulation.stepTime();
        double t = simulation.t();
        for (String name : new String[] {"pre", "post"}) {
          expectEach(simulation, VariableReference.synapse(name, "a"), i -> lastButOne(i, t));
          expectEach(simulation, VariableReference.synapse(name, "b"), i -> last(i, t));
        }
      }
    }
  }

  @Test
  @Feature({"N04", "N08", "S14", "R12"})
  void neuronsSeeTheirSpikeBefore() { // A4.5, A4.6
    NeuronModel neuron = Parts.PATTERN_SPIKES.variable("a").simCode("a = st;");
    var end =
        NeuronEnd.NONE
            .variable(new Variable("c", "scalar", VarAccess.READ_WRITE))
            .spikeCode("c = st_pre;");
    var model =
        new WeightUpdateModel("Trace")
            .variable("w", VarAccess.READ_WRITE)
            .pre(end)
            .preSpikeSynCode("w = c;");
    var spec =
        model("ownTimes")
            .neuronGroup(new NeuronGroup("pre", SIZE, neuron, bindings("a")))
            .neuronGroup(neurons("post", SIZE, Parts.EMPTY))
            .synapseGroup(
                synapses(
                        "s",
                        Parts.oneToOne(SIZE),
                        "pre",
                        "post",
                        model,
                        bindings("w").initialValue("c", setting.lowest()))
                    .axonalDelay(DELAY));
    try (var simulation = open(spec)) {
      for (int step = 0; step < STEPS; step++) {
        simulation.stepTime();
        double t = simulation.t();
        expectEach(
            simulation,
            VariableReference.neuron("pre", "a"),
            i -> orNothing(i + 10 * Math.floor((t - 2 - i) / 10), 0));
        // While a neuron spikes, its code still sees the spike before, without any delay.
        expectEach(
            simulation,
            VariableReference.weightUpdatePre("s", "c"),
            i -> orNothing(i - 10 + 10 * Math.floor((t - 1 - i) / 10), 0));
        expectEach(
            simulation,
            VariableReference.synapse("s", "w"),
            i -> orNothing(i - 10 + 10 * Math.floor((t - DELAY - 2 - i) / 10), 0));
      }
    }
  }
}
