package org.genn.engine.model;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;

/// Checks that variables are given as many initial values as they have elements, as far as that is
/// known before connections are made.
final class InitialCountCheck {
  private final Problems problems;
  private final int batchSize;

  InitialCountCheck(Problems problems, int batchSize) {
    this.problems = problems;
    this.batchSize = batchSize;
  }

  void check(NeuronGroup group) {
    check(
        "neuron group '" + group.name() + "'",
        group.model().declarations().variables(),
        group.bindings(),
        group.size());
  }

  void check(CurrentSource source, int neurons) {
    check(
        "current source '" + source.name() + "'",
        source.model().declarations().variables(),
        source.bindings(),
        neurons);
  }

  void check(SynapseGroup group, Map<String, NeuronGroup> neuronGroups) {
    NeuronGroup source = neuronGroups.get(group.source());
    NeuronGroup target = neuronGroups.get(group.target());
    if (source == null || target == null) {
      return;
    }
    String where = "synapse group '" + group.name() + "'";
    WeightUpdateModel model = group.weightUpdate().model();
    Bindings bindings = group.weightUpdate().bindings();
    synapses(group.connectivity(), source.size(), target.size())
        .ifPresent(count -> check(where, model.declarations().variables(), bindings, count));
    check(where, model.pre().variables(), bindings, source.size());
    check(where, model.post().variables(), bindings, target.size());
    check(
        where + ", postsynaptic model",
        group.postsynapse().model().declarations().variables(),
        group.postsynapse().bindings(),
        target.size());
  }

  private static OptionalLong synapses(Connectivity connectivity, long sources, long targets) {
    return switch (connectivity) {
      case Connectivity.Dense _, Connectivity.Bitmask _ -> OptionalLong.of(sources * targets);
      case Connectivity.Sparse(SynapsePairs pairs, _) -> OptionalLong.of(pairs.size());
      case Connectivity.Sparse _,
          Connectivity.DenseProcedural _,
          Connectivity.Procedural _,
          Connectivity.ProceduralKernel _,
          Connectivity.Toeplitz _,
          Connectivity.Shared _ ->
          OptionalLong.empty();
    };
  }

  private void check(
      String where, Collection<Variable> variables, Bindings bindings, long elements) {
    for (Variable variable : variables) {
      if (!variable.perStep()
          && bindings.initialValues().get(variable.name()) instanceof InitialValue.Values values) {
        check(where, variable, values.length(), variable.access().isPerElement() ? elements : 1);
      }
    }
  }

  private void check(String where, Variable variable, int found, long elements) {
    boolean hasCopies = variable.access().isPerExample() && batchSize > 1;
    problems.addIf(
        found != elements && !(hasCopies && found == elements * batchSize),
        "%s: variable '%s' is given %s values, expected %s%s",
        where,
        variable.name(),
        found,
        elements,
        hasCopies
            ? ", or %s: %s for each of %s examples"
                .formatted(elements * batchSize, elements, batchSize)
            : "");
  }
}
