package org.genn.engine.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Checks synapse groups.
final class SynapseGroupCheck {
  private final Problems problems;
  private final Map<String, NeuronGroup> neuronGroups;

  SynapseGroupCheck(Problems problems, Map<String, NeuronGroup> neuronGroups) {
    this.problems = problems;
    this.neuronGroups = neuronGroups;
  }

  void check(SynapseGroup group) {
    String where = "synapse group '" + group.name() + "'";
    Optional<NeuronGroup> source = neuronGroup(where, "source", group.source());
    Optional<NeuronGroup> target = neuronGroup(where, "target", group.target());
    if (source.isPresent() && target.isPresent()) {
      new ConnectivityCheck(problems)
          .check(where, group.connectivity(), source.get(), target.get());
    }
    checkWeightUpdate(where, group.weightUpdate(), source, target);
    checkPostsynapse(where, group.postsynapse(), target);
    source.ifPresent(neurons -> checkInput(where, "source", neurons, group.preTargetVariable()));
    target.ifPresent(neurons -> checkInput(where, "target", neurons, group.postTargetVariable()));
    target.ifPresent(
        neurons ->
            problems.addIf(
                neurons.model().spikesFromOutside(),
                "%s: target '%s' takes its spikes from outside and so no input",
                where,
                neurons.name()));
    source.ifPresent(
        neurons ->
            problems.addIf(
                !neurons.model().spikes()
                    && group.weightUpdate().model().preSpikeSynCode().values().stream()
                        .anyMatch(code -> !code.isBlank()),
                "%s: source '%s' never spikes, but %s has code for its spikes",
                where,
                neurons.name(),
                group.weightUpdate().model().name()));
  }

  private Optional<NeuronGroup> neuronGroup(String where, String end, String name) {
    NeuronGroup group = neuronGroups.get(name);
    if (group == null) {
      problems.addUnknown(where + ": unknown " + end, name, neuronGroups.keySet());
    }
    return Optional.ofNullable(group);
  }

  private void checkInput(String where, String end, NeuronGroup group, String variable) {
    List<String> inputs = new ArrayList<>(List.of("Isyn"));
    group.model().additionalInputs().forEach(input -> inputs.add(input.name()));
    if (!inputs.contains(variable)) {
      problems.addUnknown(
          "%s: %s '%s' has no input".formatted(where, end, group.name()), variable, inputs);
    }
  }

  private void checkWeightUpdate(
      String where,
      WeightUpdate update,
      Optional<NeuronGroup> source,
      Optional<NeuronGroup> target) {
    WeightUpdateModel model = update.model();
    problems.checkNames(
        where + ", model " + model.name(),
        Stream.of(
                Problems.names(model.declarations()),
                names(model.preNeuronVariables()),
                names(model.postNeuronVariables()))
            .flatMap(stream -> stream));
    problems.checkTypes(where, model.declarations());
    problems.checkBindings(
        where,
        model.name(),
        model.declarations(),
        model.declarations().variables().stream().map(Variable::name).toList(),
        update.bindings());
    boolean hasThreshold = !model.preEventThreshold().isBlank();
    boolean hasEventCode = !model.preEventSynCode().isBlank();
    problems.addIf(
        hasEventCode && !hasThreshold,
        "%s: %s has event code, but no event threshold",
        where,
        model.name());
    problems.addIf(
        hasThreshold && !hasEventCode,
        "%s: %s has an event threshold, but no event code",
        where,
        model.name());
    checkNeuronVariables(
        where, "source", model.preNeuronVariables(), update.preNeuronVariables(), source);
    checkNeuronVariables(
        where, "target", model.postNeuronVariables(), update.postNeuronVariables(), target);
  }

  private void checkPostsynapse(
      String where, Postsynapse postsynapse, Optional<NeuronGroup> target) {
    PostsynapticModel model = postsynapse.model();
    problems.checkNames(
        where + ", model " + model.name(),
        Stream.concat(Problems.names(model.declarations()), names(model.neuronVariables())));
    problems.checkTypes(where, model.declarations());
    problems.checkBindings(
        where,
        model.name(),
        model.declarations(),
        model.declarations().variables().stream().map(Variable::name).toList(),
        postsynapse.bindings());
    checkNeuronVariables(
        where, "target", model.neuronVariables(), postsynapse.neuronVariables(), target);
  }

  private static Stream<String> names(List<VariableDeclaration> declarations) {
    return declarations.stream().map(VariableDeclaration::name);
  }

  /// A neuron variable that code names is the one that it is bound to, or else the one of the same
  /// name.
  private void checkNeuronVariables(
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
