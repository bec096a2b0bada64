package org.genn.engine.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Checks what weight updates keep for the neurons at their ends, and what they read of the
/// postsynaptic model.
final class NeuronEndCheck {
  private final Problems problems;

  NeuronEndCheck(Problems problems) {
    this.problems = problems;
  }

  /// Names that the model declares for its ends.
  static Stream<String> names(WeightUpdateModel model) {
    return Stream.of(
            model.pre().variables().stream().map(Variable::name),
            model.post().variables().stream().map(Variable::name),
            model.postsynapticVariables().stream().map(VariableDeclaration::name))
        .flatMap(names -> names);
  }

  /// All variables that have initial values.
  static List<Variable> variables(WeightUpdateModel model) {
    return Stream.of(
            model.declarations().variables(), model.pre().variables(), model.post().variables())
        .flatMap(List::stream)
        .toList();
  }

  void check(
      String where,
      SynapseGroup group,
      Optional<NeuronGroup> source,
      Optional<NeuronGroup> target) {
    WeightUpdateModel model = group.weightUpdate().model();
    check(where, "source", model, model.pre(), source);
    check(where, "target", model, model.post(), target);
    checkPostsynaptic(where, group);
  }

  private void check(
      String where,
      String end,
      WeightUpdateModel model,
      NeuronEnd part,
      Optional<NeuronGroup> neurons) {
    part.variables()
        .forEach(variable -> problems.checkNumber(where, variable.name(), variable.type()));
    neurons.ifPresent(
        group -> {
          problems.addIf(
              group.model().spikesFromOutside() && part.hasCode(),
              "%s: %s '%s' takes its spikes from outside and has no update that could run code of"
                  + " %s",
              where,
              end,
              group.name(),
              model.name());
          problems.addIf(
              !group.model().spikes() && !part.spikeCode().isBlank(),
              "%s: %s '%s' never spikes, but %s has code for its spikes",
              where,
              end,
              group.name(),
              model.name());
        });
  }

  private void checkPostsynaptic(String where, SynapseGroup group) {
    WeightUpdate update = group.weightUpdate();
    PostsynapticModel model = group.postsynapse().model();
    List<VariableDeclaration> declared = update.model().postsynapticVariables();
    problems.checkReferences(where, declared, update.postsynapticVariables());
    for (VariableDeclaration declaration : declared) {
      VariableReference reference =
          update
              .postsynapticVariables()
              .getOrDefault(
                  declaration.name(),
                  VariableReference.postsynaptic(group.name(), declaration.name()));
      if (!reference.equals(VariableReference.postsynaptic(group.name(), reference.variable()))) {
        problems.add(
            "%s: '%s' must refer to a variable of its own postsynaptic model, not to %s of '%s'",
            where, declaration.name(), reference.variable(), reference.group());
        continue;
      }
      List<Variable> variables = model.declarations().variables();
      Optional<Variable> found =
          variables.stream()
              .filter(variable -> variable.name().equals(reference.variable()))
              .findFirst();
      if (found.isEmpty()) {
        problems.addUnknown(
            "%s: postsynaptic model %s has no variable".formatted(where, model.name()),
            reference.variable(),
            variables.stream().map(Variable::name).toList());
      } else {
        problems.addIf(
            !problems.isSameType(found.get().type(), declaration.type()),
            "%s: '%s' has type %s, but variable '%s' of postsynaptic model %s has type %s",
            where,
            declaration.name(),
            declaration.type(),
            reference.variable(),
            model.name(),
            found.get().type());
      }
    }
  }
}
