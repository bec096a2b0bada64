package org.genn.engine.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Checks synapse groups.
final class SynapseGroupCheck {
  private final Problems problems;
  private final Map<String, NeuronGroup> neuronGroups;
  private final NeuronPartnerCheck partners;

  SynapseGroupCheck(Problems problems, Map<String, NeuronGroup> neuronGroups) {
    this.problems = problems;
    this.neuronGroups = neuronGroups;
    partners = new NeuronPartnerCheck(problems);
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
    new NeuronEndCheck(problems).check(where, group, source, target);
    checkPostsynapse(where, group.postsynapse(), target);
    new GeneratedSynapseCheck(problems).check(where, group);
    new SynapseDelayCheck(problems).check(where, group);
    source.ifPresent(
        neurons -> partners.checkInput(where, "source", neurons, group.preTargetVariable()));
    target.ifPresent(
        neurons -> partners.checkInput(where, "target", neurons, group.postTargetVariable()));
    target.ifPresent(
        neurons ->
            problems.addIf(
                neurons.model().spikesFromOutside(),
                "%s: target '%s' takes its spikes from outside and so no input",
                where,
                neurons.name()));
  }

  private Optional<NeuronGroup> neuronGroup(String where, String end, String name) {
    NeuronGroup group = neuronGroups.get(name);
    if (group == null) {
      problems.addUnknown(where + ": unknown " + end, name, neuronGroups.keySet());
    }
    return Optional.ofNullable(group);
  }

  private void checkWeightUpdate(
      String where,
      WeightUpdate update,
      Optional<NeuronGroup> source,
      Optional<NeuronGroup> target) {
    WeightUpdateModel model = update.model();
    problems.checkNames(
        where + ", model " + model.name(),
        Vocabulary.WEIGHT_UPDATE,
        Stream.of(
                Problems.names(model.declarations()),
                names(model.preNeuronVariables()),
                names(model.postNeuronVariables()),
                NeuronEndCheck.names(model))
            .flatMap(stream -> stream));
    problems.checkTypes(where, model.declarations());
    problems.checkBindings(
        where,
        model.name(),
        model.declarations(),
        Problems.types(NeuronEndCheck.variables(model)),
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
    boolean hasPostThreshold = !model.postCode().eventThreshold().isBlank();
    boolean hasPostEventCode = !model.postCode().event().isBlank();
    problems.addIf(
        hasPostEventCode && !hasPostThreshold,
        "%s: %s has postsynaptic event code, but no postsynaptic event threshold",
        where,
        model.name());
    problems.addIf(
        hasPostThreshold && !hasPostEventCode,
        "%s: %s has a postsynaptic event threshold, but no postsynaptic event code",
        where,
        model.name());
    partners.checkNeuronVariables(
        where, "source", model.preNeuronVariables(), update.preNeuronVariables(), source);
    partners.checkNeuronVariables(
        where, "target", model.postNeuronVariables(), update.postNeuronVariables(), target);
  }

  private void checkPostsynapse(
      String where, Postsynapse postsynapse, Optional<NeuronGroup> target) {
    PostsynapticModel model = postsynapse.model();
    problems.checkNames(
        where + ", model " + model.name(),
        Vocabulary.POSTSYNAPTIC,
        Stream.concat(Problems.names(model.declarations()), names(model.neuronVariables())));
    problems.checkTypes(where, model.declarations());
    problems.checkBindings(
        where,
        model.name(),
        model.declarations(),
        Problems.types(model.declarations().variables()),
        postsynapse.bindings());
    partners.checkNeuronVariables(
        where, "target", model.neuronVariables(), postsynapse.neuronVariables(), target);
  }

  private static Stream<String> names(List<VariableDeclaration> declarations) {
    return declarations.stream().map(VariableDeclaration::name);
  }
}
