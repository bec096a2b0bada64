package org.genn.engine.model;

import java.util.Map;
import java.util.Optional;

/// Checks custom updates that write a transposed matrix.
final class TransposeCheck {
  private final Problems problems;
  private final Map<String, SynapseGroup> synapseGroups;

  TransposeCheck(Problems problems, Map<String, SynapseGroup> synapseGroups) {
    this.problems = problems;
    this.synapseGroups = synapseGroups;
  }

  void check(String where, CustomUpdate update) {
    Map<String, VariableReference> transposes = update.transposes();
    problems.addIf(
        transposes.size() > 1,
        "%s: transposes %s; only one is possible in an update",
        where,
        transposes.keySet());
    transposes.forEach((name, transpose) -> check(where, update, name, transpose));
    if (!transposes.isEmpty()) {
      for (CustomUpdateVariable variable : update.model().variables()) {
        problems.addIf(
            variable.access().isBatchReduction(),
            "%s: can't transpose and reduce '%s' over examples in one update",
            where,
            variable.name());
      }
      for (VariableDeclaration reference : update.model().references()) {
        problems.addIf(
            reference.mode() == VarAccessMode.REDUCE_SUM
                || reference.mode() == VarAccessMode.REDUCE_MAX,
            "%s: can't transpose and reduce '%s' over examples in one update",
            where,
            reference.name());
      }
    }
  }

  private void check(String where, CustomUpdate update, String name, VariableReference transpose) {
    VariableReference reference = update.references().get(name);
    if (reference == null) {
      problems.add("%s: transposes reference '%s', which is not bound", where, name);
      return;
    }
    Optional<SynapseGroup> from = group(where, name, reference);
    Optional<SynapseGroup> to = group(where, name, transpose);
    if (from.isEmpty() || to.isEmpty()) {
      return;
    }
    SynapseGroup forward = from.get();
    SynapseGroup back = to.get();
    problems.addIf(
        reference.equals(transpose) && forward.source().equals(forward.target()),
        "%s: '%s' of synapse group '%s' can't be its own transpose, as elements would be read after"
            + " others have been written over them; use another variable",
        where,
        reference.variable(),
        forward.name());
    for (SynapseGroup group : new SynapseGroup[] {forward, back}) {
      problems.addIf(
          !(group.connectivity() instanceof Connectivity.Dense),
          "%s: only dense matrices can be transposed, and synapse group '%s' is none",
          where,
          group.name());
    }
    problems.addIf(
        !forward.source().equals(back.target()) || !forward.target().equals(back.source()),
        "%s: synapse group '%s' leads from '%s' to '%s', so its transpose must lead from '%s' to"
            + " '%s'; '%s' leads from '%s' to '%s'",
        where,
        forward.name(),
        forward.source(),
        forward.target(),
        forward.target(),
        forward.source(),
        back.name(),
        back.source(),
        back.target());
    Optional<Variable> variable = variable(where, forward, reference.variable());
    Optional<Variable> target = variable(where, back, transpose.variable());
    if (variable.isPresent() && target.isPresent()) {
      problems.addIf(
          !problems.isSameType(variable.get().type(), target.get().type()),
          "%s: '%s' has type %s, but its transpose '%s' has type %s",
          where,
          reference.variable(),
          variable.get().type(),
          transpose.variable(),
          target.get().type());
      problems.addIf(
          variable.get().access().isPerExample() != target.get().access().isPerExample(),
          "%s: of '%s' and its transpose '%s' one is shared by the examples, the other is not",
          where,
          reference.variable(),
          transpose.variable());
    }
  }

  private Optional<SynapseGroup> group(String where, String name, VariableReference reference) {
    SynapseGroup group = synapseGroups.get(reference.group());
    if (reference.kind() != VariableReference.Kind.SYNAPSE || group == null) {
      problems.add(
          "%s: '%s' can't be transposed: '%s' of '%s' is no variable of synapses",
          where, name, reference.variable(), reference.group());
      return Optional.empty();
    }
    return Optional.of(group);
  }

  private Optional<Variable> variable(String where, SynapseGroup group, String name) {
    var variables = group.weightUpdate().model().declarations().variables();
    Optional<Variable> found =
        variables.stream().filter(variable -> variable.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      problems.addUnknown(
          "%s: synapse group '%s' has no variable".formatted(where, group.name()),
          name,
          variables.stream().map(Variable::name).toList());
    }
    return found;
  }
}
