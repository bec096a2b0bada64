package org.genn.engine.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks what models of synapses and current sources name of the neurons at their ends.
final class NeuronPartnerCheck {
  private final Problems problems;

  NeuronPartnerCheck(Problems problems) {
    this.problems = problems;
  }

  void checkInput(String where, String end, NeuronGroup group, String variable) {
    List<String> inputs = new ArrayList<>(List.of("Isyn"));
    group.model().additionalInputs().forEach(input -> inputs.add(input.name()));
    if (!inputs.contains(variable)) {
      problems.addUnknown(
          "%s: %s '%s' has no input".formatted(where, end, group.name()), variable, inputs);
    }
  }

  /// A neuron variable that code names is the one that it is bound to, or else the one of the same
  /// name.
  void checkNeuronVariables(
      String where,
      String end,
      List<VariableDeclaration> declared,
      Map<String, VariableReference> bound,
      Optional<NeuronGroup> group) {
    problems.checkReferences(where, declared, bound);
    group.ifPresent(
        neurons -> {
          for (VariableDeclaration declaration : declared) {
            VariableReference reference =
                bound.getOrDefault(
                    declaration.name(),
                    VariableReference.neuron(neurons.name(), declaration.name()));
            checkNeuronVariable(where, end, neurons, declaration, reference);
          }
        });
  }

  private void checkNeuronVariable(
      String where,
      String end,
      NeuronGroup group,
      VariableDeclaration declaration,
      VariableReference reference) {
    if (reference.kind() != VariableReference.Kind.NEURON
        || !reference.group().equals(group.name())) {
      problems.add(
          "%s: '%s' must refer to a variable of its %s '%s', not to %s of '%s'",
          where, declaration.name(), end, group.name(), reference.variable(), reference.group());
      return;
    }
    List<Variable> variables = group.model().declarations().variables();
    Optional<Variable> found =
        variables.stream()
            .filter(variable -> variable.name().equals(reference.variable()))
            .findFirst();
    if (found.isEmpty()) {
      problems.addUnknown(
          "%s: %s '%s' has no variable".formatted(where, end, group.name()),
          reference.variable(),
          variables.stream().map(Variable::name).toList());
      return;
    }
    Variable variable = found.get();
    problems.addIf(
        !problems.isSameType(variable.type(), declaration.type()),
        "%s: '%s' has type %s, but variable '%s' of %s '%s' has type %s",
        where,
        declaration.name(),
        declaration.type(),
        variable.name(),
        end,
        group.name(),
        variable.type());
    problems.addIf(
        declaration.mode() != VarAccessMode.READ_ONLY
            && !(variable.access().isPerExample() && variable.access().isPerElement()),
        "%s: '%s' may only be read, since variable '%s' of %s '%s' is shared",
        where,
        declaration.name(),
        variable.name(),
        end,
        group.name());
  }
}
