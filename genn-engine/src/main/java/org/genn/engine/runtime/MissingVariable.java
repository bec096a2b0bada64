package org.genn.engine.runtime;

import java.util.Collection;
import java.util.TreeSet;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.Spelling;

/// What to say about a variable that a model lacks.
final class MissingVariable {
  private MissingVariable() {}

  /// What there is instead, or why there is nothing.
  static String reason(
      ModelSpec spec, VariableReference wanted, Collection<VariableReference> known) {
    return switch (wanted.kind()) {
      case SPIKE_TIME,
          PREVIOUS_SPIKE_TIME,
          PRE_EVENT_TIME,
          PREVIOUS_PRE_EVENT_TIME,
          POST_EVENT_TIME,
          PREVIOUS_POST_EVENT_TIME ->
          "times are kept only where code or an update names them";
      case SYNAPSE,
          NEURON,
          POSTSYNAPTIC,
          SYNAPTIC_INPUT,
          CUSTOM_UPDATE,
          CURRENT_SOURCE,
          WEIGHT_UPDATE_PRE,
          WEIGHT_UPDATE_POST,
          SPIKE_COUNT,
          DENDRITIC_DELAY,
          CONNECTIVITY_UPDATE,
          CONNECTIVITY_UPDATE_PRE,
          CONNECTIVITY_UPDATE_POST ->
          isComputed(spec, wanted)
              ? "it is computed at each spike and stored nowhere; use dense or sparse connectivity"
              : "it has " + available(wanted, known);
    };
  }

  /// Whether it is a variable of synapses that have no memory.
  private static boolean isComputed(ModelSpec spec, VariableReference wanted) {
    return wanted.kind() == VariableReference.Kind.SYNAPSE
        && spec.synapseGroups().stream()
            .filter(group -> group.name().equals(wanted.group()))
            .anyMatch(
                group ->
                    group.weightUpdate().model().declarations().variables().stream()
                        .anyMatch(variable -> variable.name().equals(wanted.variable())));
  }

  /// Names of the variables of the same group, or else all groups that have variables of the kind.
  private static String available(VariableReference wanted, Collection<VariableReference> known) {
    var variables = new TreeSet<String>();
    var groups = new TreeSet<String>();
    for (VariableReference reference : known) {
      if (reference.kind() == wanted.kind()) {
        groups.add(reference.group());
        if (reference.group().equals(wanted.group())) {
          variables.add(reference.variable());
        }
      }
    }
    if (!variables.isEmpty()) {
      return "there " + variables + Spelling.hint(wanted.variable(), variables);
    }
    return "such variables in " + groups + Spelling.hint(wanted.group(), groups);
  }
}
