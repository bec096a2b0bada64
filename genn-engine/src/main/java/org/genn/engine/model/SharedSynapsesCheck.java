package org.genn.engine.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Checks groups that use the synapses of others.
final class SharedSynapsesCheck {
  private final Problems problems;
  private final Map<String, NeuronGroup> neuronGroups;

  /// The groups before this one.
  private final Map<String, SynapseGroup> earlier = new LinkedHashMap<>();

  SharedSynapsesCheck(Problems problems, Map<String, NeuronGroup> neuronGroups) {
    this.problems = problems;
    this.neuronGroups = neuronGroups;
  }

  /// @param groups of a model, in its order
  void check(List<SynapseGroup> groups) {
    for (SynapseGroup group : groups) {
      if (group.connectivity() instanceof Connectivity.Shared(String owner)) {
        check("synapse group '%s'".formatted(group.name()), group, owner);
      }
      earlier.putIfAbsent(group.name(), group);
    }
  }

  private void check(String where, SynapseGroup group, String name) {
    SynapseGroup owner = earlier.get(name);
    if (owner == null) {
      problems.addUnknown(
          where + ": it shares synapses, but before it there is no synapse group",
          name,
          earlier.keySet());
      return;
    }
    if (owner.connectivity() instanceof Connectivity.Shared(String first)) {
      problems.add(
          "%s: it shares the synapses of '%s', which are those of '%s'; name that",
          where, name, first);
      return;
    }
    checkSize(where, "source", group.source(), name, owner.source());
    checkSize(where, "target", group.target(), name, owner.target());
    WeightUpdate own = group.weightUpdate();
    WeightUpdate shared = owner.weightUpdate();
    problems.addIf(
        !own.model().equals(shared.model()),
        "%s: it shares the synapses of '%s' and so their model %s, but has %s",
        where,
        name,
        shared.model().name(),
        own.model().name().equals(shared.model().name())
            ? "another one of this name"
            : own.model().name());
    problems.addIf(
        own.model().equals(shared.model()) && !values(own).equals(values(shared)),
        "%s: it shares the synapses of '%s', so parameters, extra global parameters and initial"
            + " values must be the same",
        where,
        name);
  }

  private void checkSize(String where, String end, String own, String owner, String other) {
    NeuronGroup neurons = neuronGroups.get(own);
    NeuronGroup others = neuronGroups.get(other);
    problems.addIf(
        neurons != null && others != null && neurons.size() != others.size(),
        "%s: it shares the synapses of '%s', so its %s '%s' must have %s neurons like '%s', not %s",
        where,
        owner,
        end,
        own,
        others == null ? 0 : others.size(),
        other,
        neurons == null ? 0 : neurons.size());
  }

  /// What synapses have. What is kept for neurons is each group's own.
  private static Bindings values(WeightUpdate update) {
    var initial = new LinkedHashMap<>(update.bindings().initialValues());
    List<String> variables =
        update.model().declarations().variables().stream().map(Variable::name).toList();
    initial.keySet().retainAll(variables);
    return new Bindings(
        update.bindings().parameters(),
        initial,
        update.bindings().extraGlobalParameters(),
        update.bindings().dynamicParameters());
  }
}
