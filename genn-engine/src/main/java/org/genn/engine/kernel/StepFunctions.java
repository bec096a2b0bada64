package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.Phase;
import org.genn.engine.model.SynapseGroup;

/// The functions of the groups that every step calls, in the order of their calls: synapses before
/// neurons.
final class StepFunctions {
  private final ModelSpec spec;
  private final Layout layout;
  private final Map<Phase, List<Function>> phases = new EnumMap<>(Phase.class);

  /// What functions that handle parts use.
  private final Map<String, Footprint> footprints = new HashMap<>();

  /// Which part of a step a function is, where it is not one of the neurons.
  private final Map<String, Launch.Part> parts = new HashMap<>();

  StepFunctions(ModelSpec spec, ModelCode code, Layout layout) {
    this.spec = spec;
    this.layout = layout;
    var synapses = new SynapseLowering(spec, code, layout);
    phases.put(Phase.FORWARD, forward(synapses, code));
    phases.put(Phase.BACKWARD, layout.hasBackward ? backward(synapses, code) : List.of());
  }

  List<Function> of(Phase phase) {
    return phases.get(phase);
  }

  /// What a part uses of a function that handles parts, by the function's name.
  Map<String, Footprint> footprints() {
    return footprints;
  }

  Launch.Part part(String function) {
    return parts.getOrDefault(function, Launch.Part.NEURONS);
  }

  private List<Function> forward(SynapseLowering synapses, ModelCode code) {
    var forward = new ArrayList<Function>();
    for (SynapseGroup group : spec.synapseGroups()) {
      divided(builder -> synapses.dynamics(group, builder))
          .ifPresent(function -> add(forward, function, Launch.Part.SYNAPSE_DYNAMICS));
    }
    for (SynapseGroup group : spec.synapseGroups()) {
      divided(builder -> synapses.forward(group, builder))
          .ifPresent(function -> add(forward, function, Launch.Part.PRESYNAPTIC));
    }
    for (SynapseGroup group : spec.synapseGroups()) {
      divided(builder -> synapses.postsynaptic(group, builder))
          .ifPresent(function -> add(forward, function, Launch.Part.POSTSYNAPTIC));
    }
    for (int number = 0; number < spec.neuronGroups().size(); number++) {
      NeuronGroup group = spec.neuronGroups().get(number);
      int stream = number;
      if (!group.model().spikesFromOutside()) {
        divided(builder -> neurons(group, stream, code, builder)).ifPresent(forward::add);
      }
    }
    return forward;
  }

  private Optional<Function> neurons(
      NeuronGroup group, int stream, ModelCode code, FunctionBuilder builder) {
    return Optional.of(new NeuronLowering(spec, code, layout, group, stream, builder).lower());
  }

  private void add(List<Function> functions, Function function, Launch.Part part) {
    functions.add(function);
    parts.put(function.name(), part);
  }

  private List<Function> backward(SynapseLowering synapses, ModelCode code) {
    var backward = new ArrayList<Function>();
    for (SynapseGroup group : spec.synapseGroups()) {
      synapses.backward(group).ifPresent(backward::add);
    }
    var neurons = new NeuronBackwardLowering(spec, code, layout);
    for (NeuronGroup group : spec.neuronGroups()) {
      neurons.lower(group).ifPresent(backward::add);
    }
    return backward;
  }

  /// A function that handles one part where the model is divided and parts can run at the same
  /// time, or else everything.
  private Optional<Function> divided(
      java.util.function.Function<FunctionBuilder, Optional<Function>> lowering) {
    if (layout.partition.isDivided()) {
      var builder = new FunctionBuilder(layout, true);
      Optional<Function> function = lowering.apply(builder);
      Optional<Footprint> footprint = function.flatMap(made -> Locality.of(made, builder));
      if (footprint.isPresent()) {
        footprints.put(function.orElseThrow().name(), footprint.get());
        return function;
      }
      function.ifPresent(made -> layout.functions.release(made.name()));
    }
    return lowering.apply(new FunctionBuilder(layout));
  }
}
