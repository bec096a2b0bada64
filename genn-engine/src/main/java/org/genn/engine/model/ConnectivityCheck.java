package org.genn.engine.model;

/// Checks which neurons a synapse group connects.
final class ConnectivityCheck {
  private final Problems problems;

  ConnectivityCheck(Problems problems) {
    this.problems = problems;
  }

  void check(String where, Connectivity connectivity, NeuronGroup source, NeuronGroup target) {
    switch (connectivity) {
      case Connectivity.Dense _ -> {}
      case Connectivity.Sparse sparse -> check(where, sparse.pattern(), source, target);
    }
  }

  private void check(String where, SynapsePattern pattern, NeuronGroup source, NeuronGroup target) {
    switch (pattern) {
      case SynapsePairs pairs -> checkPairs(where, pairs, source, target);
    }
  }

  private void checkPairs(
      String where, SynapsePairs pairs, NeuronGroup source, NeuronGroup target) {
    for (int synapse = 0; synapse < pairs.size(); synapse++) {
      int from = pairs.source(synapse);
      int to = pairs.target(synapse);
      if (from < 0 || from >= source.size() || to < 0 || to >= target.size()) {
        problems.add(
            "%s: connection %d is from neuron %d of %d in '%s' to neuron %d of %d in '%s'",
            where,
            pairs.given(synapse),
            from,
            source.size(),
            source.name(),
            to,
            target.size(),
            target.name());
        return;
      }
    }
  }
}
