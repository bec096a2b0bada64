package org.mlgenn.tests.behaviours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mlgenn.tests.behaviours.Parts.neurons;

import java.util.List;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.engine.runtime.Simulation;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// B5.3 to B5.5: input from several groups that is summed, and input that is kept apart.
final class FusedInputsTest extends Behaviours {
  private static final int SIZE = 4;

  /// What a spike injects: `w · (k + 1) · decay^k` in the `k`-th step after its arrival.
  private static final double DECAY = 0.75;

  private static final PostsynapticModel ALPHA =
      new PostsynapticModel("Alpha", "x = (decay * x) + inSyn; injectCurrent(x); inSyn *= decay;")
          .parameter("decay")
          .variable("x");

  private static SynapseGroup synapses(
      String name, String source, String target, double weight, Postsynapse postsynapse) {
    return new SynapseGroup(
        name,
        Parts.oneToOne(SIZE),
        source,
        target,
        new WeightUpdate(WeightUpdateModels.STATIC_PULSE, Bindings.NONE.initialValue("g", weight)),
        postsynapse);
  }

  /// Input of neuron `i` by one group in a step; source `i` has spiked at `t = i`.
  private static double injected(double weight, double decay, long step, int i) {
    long k = step - 1 - i;
    return k < 0 ? 0 : weight * (k + 1) * Math.pow(decay, k);
  }

  private Simulation fusing(ModelSpec spec) {
    return Simulation.open(spec, settings().fusesPostsynapticModels(true));
  }

  /// How many variables there are behind those of all groups: what is set for one is set for those
  /// that share it.
  private static long shared(Simulation simulation, List<VariableReference> variables) {
    for (int k = 0; k < variables.size(); k++) {
      simulation.variable(variables.get(k)).fill(k);
    }
    long distinct =
        variables.stream()
            .mapToDouble(variable -> simulation.variable(variable).getDouble(0, 0))
            .distinct()
            .count();
    variables.forEach(variable -> simulation.variable(variable).fill(0));
    return distinct;
  }

  @Test
  @Feature({"M04", "R12"})
  void groupsWithEqualModelsInjectTheSumOfWhatEachWould() { // B5.3, B5.4
    var alpha = new Postsynapse(ALPHA, Bindings.NONE.parameter("decay", DECAY));
    var slower = new Postsynapse(ALPHA, Bindings.NONE.parameter("decay", 0.5));
    var target =
        new NeuronModel("Target")
            .additionalInput("Iother", 0)
            .variable("x")
            .variable("y")
            .simCode("x = Isyn; y = Iother;");
    ModelSpec spec =
        model("fused")
            .neuronGroup(Parts.oneHot("a", SIZE))
            .neuronGroup(Parts.oneHot("b", SIZE))
            .neuronGroup(neurons("target", SIZE, target))
            .synapseGroup(synapses("s1", "a", "target", 1, alpha))
            .synapseGroup(synapses("s2", "b", "target", 2, alpha))
            .synapseGroup(synapses("s3", "a", "target", 4, slower))
            .synapseGroup(synapses("s4", "b", "target", 8, alpha).postTargetVariable("Iother"))
            .synapseGroup(synapses("s5", "b", "target", 16, alpha).axonalDelay(2));
    try (var simulation = fusing(spec)) {
      // Delays of spikes end before the input, so that three groups have one.
      var groups = spec.synapseGroups().stream().map(SynapseGroup::name).toList();
      assertEquals(
          3, shared(simulation, groups.stream().map(VariableReference::synapticInput).toList()));
      assertEquals(
          3,
          shared(
              simulation,
              groups.stream().map(name -> VariableReference.postsynaptic(name, "x")).toList()));
      for (int step = 0; step < 12; step++) {
        simulation.stepTime();
        long now = simulation.timestep() - 1;
        expectEach(
            simulation,
            VariableReference.neuron("target", "x"),
            i ->
                injected(3, DECAY, now, i)
                    + injected(4, 0.5, now, i)
                    + injected(16, DECAY, now - 2, i));
        expectEach(
            simulation, VariableReference.neuron("target", "y"), i -> injected(8, DECAY, now, i));
      }
    }
  }

  @Test
  @Feature({"S19", "R12"})
  void whatIsSentBackIsSummedByInput() { // B5.5
    var source =
        new NeuronModel("Source")
            .additionalInput("Iother", 0)
            .variable("x")
            .variable("y")
            .simCode("x = Isyn; y = Iother;")
            .thresholdCondition("round(t) == (scalar) id");
    var back = new WeightUpdateModel("Back").parameter("w").preSpikeSynCode("addToPre(w);");
    ModelSpec spec =
        model("back")
            .neuronGroup(neurons("source", SIZE, source))
            .neuronGroup(neurons("target", 2, Parts.EMPTY));
    var weights = List.of(1, 2, 4);
    for (int k = 0; k < weights.size(); k++) {
      var group =
          Parts.synapses(
              "s" + k,
              new Connectivity.Dense(),
              "source",
              "target",
              back,
              Bindings.NONE.parameter("w", weights.get(k)));
      spec = spec.synapseGroup(k < 2 ? group : group.preTargetVariable("Iother"));
    }
    try (var simulation = open(spec)) {
      for (int step = 0; step < SIZE + 2; step++) {
        simulation.stepTime();
        long spiked = simulation.timestep() - 2;
        // of both targets
        expectEach(simulation, VariableReference.neuron("source", "x"), i -> i == spiked ? 6 : 0);
        expectEach(simulation, VariableReference.neuron("source", "y"), i -> i == spiked ? 8 : 0);
      }
    }
  }
}
