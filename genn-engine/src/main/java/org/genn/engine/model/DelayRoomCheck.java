package org.genn.engine.model;

import java.util.Map;

/// Checks that the rings that delays need are arrays that can be made at all; whether they fit into
/// memory is found later.
final class DelayRoomCheck {
  private final Problems problems;
  private final Map<String, NeuronGroup> neuronGroups;
  private final int batchSize;

  DelayRoomCheck(Problems problems, Map<String, NeuronGroup> neuronGroups, int batchSize) {
    this.problems = problems;
    this.neuronGroups = neuronGroups;
    this.batchSize = batchSize;
  }

  void check(SynapseGroup group) {
    SynapseDelays delays = group.delays();
    check(group, "axonal delay", delays.axonal(), group.source());
    check(group, "back-propagation delay", delays.backPropagation(), group.target());
    check(group, "maximal dendritic delay", delays.maxDendritic().orElse(0), group.target());
  }

  private void check(SynapseGroup group, String what, long timesteps, String neurons) {
    NeuronGroup ends = neuronGroups.get(neurons);
    if (ends == null) {
      return;
    }
    int most = Integer.MAX_VALUE / Math.max(1, Math.max(ends.size(), batchSize)) - 1;
    problems.addIf(
        timesteps > most,
        "synapse group '%s': its %s of %s timesteps is too long for the %s neurons of '%s'; at most"
            + " %s are possible",
        group.name(),
        what,
        timesteps,
        ends.size(),
        ends.name(),
        most);
  }
}
