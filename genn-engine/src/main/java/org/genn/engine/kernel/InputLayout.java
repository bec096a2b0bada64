package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.model.Phase;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;

/// Decides where the input of neurons is summed: what arrives at once, what is on its way through
/// the dendrites, what synapses send back to their sources.
final class InputLayout {
  private final ModelShape shape;
  private final ArrayTable table;
  private final VariableLayout variables;
  private final FusedInputs fused;
  private final Map<String, Rows> synapticInputs = new LinkedHashMap<>();
  private final Map<String, DendriteRing> dendrites = new LinkedHashMap<>();
  private final Map<String, List<SynapseGroup>> postsynapses = new LinkedHashMap<>();
  private final Map<String, Rows> feedback = new HashMap<>();

  InputLayout(ModelShape shape, ArrayTable table, VariableLayout variables, FusedInputs fused) {
    this.shape = shape;
    this.table = table;
    this.variables = variables;
    this.fused = fused;
  }

  /// @param targets neurons of the target
  void place(SynapseGroup group, int targets) {
    String name = group.name();
    var input = VariableReference.synapticInput(name);
    SynapseGroup owner = fused.owner(group);
    if (owner != group) {
      share(owner, group);
      return;
    }
    postsynapses.computeIfAbsent(group.target(), _ -> new ArrayList<>()).add(group);
    group
        .delays()
        .maxDendritic()
        .ifPresent(
            slots ->
                dendrites.put(
                    name,
                    DendriteRing.of(name, table, shape.scalar(), shape.batch(), slots, targets)));
    variables.placeInput(input, name + "_inSyn", targets);
    synapticInputs.put(name, variables.place(input).rows());
    var postsynapse = group.postsynapse();
    var declarations = postsynapse.model().declarations();
    for (Variable variable : declarations.variables()) {
      variables.place(
          VariableReference.postsynaptic(name, variable.name()),
          name + "_" + variable.name(),
          variable,
          targets,
          postsynapse.bindings());
    }
    variables.placeParameters(
        VariableReference.Kind.POSTSYNAPTIC, name, declarations, postsynapse.bindings());
  }

  private void share(SynapseGroup owner, SynapseGroup group) {
    String name = group.name();
    synapticInputs.put(name, synapticInputs.get(owner.name()));
    dendrites(owner.name()).ifPresent(ring -> dendrites.put(name, ring));
    variables.shareInStead(
        VariableReference.synapticInput(owner.name()), VariableReference.synapticInput(name));
    for (Variable variable : group.postsynapse().model().declarations().variables()) {
      variables.shareInStead(
          VariableReference.postsynaptic(owner.name(), variable.name()),
          VariableReference.postsynaptic(name, variable.name()));
    }
  }

  Rows synapticInput(String synapseGroup) {
    return synapticInputs.get(synapseGroup);
  }

  /// The synapse groups whose postsynaptic model runs for a target: one of each set that shares its
  /// summed input.
  List<SynapseGroup> postsynapses(String target) {
    return postsynapses.getOrDefault(target, List.of());
  }

  Optional<DendriteRing> dendrites(String synapseGroup) {
    return Optional.ofNullable(dendrites.get(synapseGroup));
  }

  List<DendriteRing> dendrites() {
    return dendrites.values().stream().distinct().toList();
  }

  /// Rows whose elements are multiples of a number.
  Map<Rows, Integer> multiples() {
    var multiples = new HashMap<Rows, Integer>();
    dendrites.values().forEach(ring -> multiples.put(ring.starts(), ring.targets()));
    return multiples;
  }

  /// Accumulator of what `addToPre` sends to an input variable of a source, per example.
  ///
  /// @param sources neurons of the source
  Rows feedback(String source, String variable, Phase phase, int sources) {
    return feedback.computeIfAbsent(
        source + "." + variable + "." + phase,
        _ ->
            table.add(
                "%s_%s_%s".formatted(source, variable, phase.name().toLowerCase(Locale.ROOT)),
                shape.scalar(),
                shape.batch(),
                sources));
  }

  boolean hasFeedback(String source, String variable, Phase phase) {
    return feedback.containsKey(source + "." + variable + "." + phase);
  }
}
