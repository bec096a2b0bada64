package org.genn.engine.model;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Checks current sources.
final class CurrentSourceCheck {
  private final Problems problems;
  private final Map<String, NeuronGroup> neuronGroups;
  private final NeuronPartnerCheck partners;

  CurrentSourceCheck(Problems problems, Map<String, NeuronGroup> neuronGroups) {
    this.problems = problems;
    this.neuronGroups = neuronGroups;
    partners = new NeuronPartnerCheck(problems);
  }

  void check(CurrentSource source) {
    String where = "current source '" + source.name() + "'";
    CurrentSourceModel model = source.model();
    problems.checkNames(
        where + ", model " + model.name(),
        Vocabulary.CURRENT_SOURCE,
        Stream.concat(
            Problems.names(model.declarations()),
            model.neuronVariables().stream().map(VariableDeclaration::name)));
    problems.checkTypes(where, model.declarations());
    problems.checkBindings(
        where,
        model.name(),
        model.declarations(),
        Problems.types(model.declarations().variables()),
        source.bindings());
    NeuronGroup target = neuronGroups.get(source.target());
    if (target == null) {
      problems.addUnknown(where + ": unknown neuron group", source.target(), neuronGroups.keySet());
      return;
    }
    problems.addIf(
        target.model().spikesFromOutside(),
        "%s: target '%s' takes its spikes from outside and so no input",
        where,
        target.name());
    partners.checkInput(where, "target", target, source.targetVariable());
    partners.checkNeuronVariables(
        where, "target", model.neuronVariables(), source.neuronVariables(), Optional.of(target));
    for (VariableDeclaration variable : model.neuronVariables()) {
      problems.addIf(
          variable.mode() != VarAccessMode.READ_ONLY,
          "%s: '%s' of %s may only be read",
          where,
          variable.name(),
          model.name());
    }
  }
}
