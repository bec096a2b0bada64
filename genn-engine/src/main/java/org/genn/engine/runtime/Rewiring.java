package org.genn.engine.runtime;

import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.ConnectivityOutcome;
import org.genn.engine.kernel.Launch;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.model.SynapseGroup;

/// What follows a custom connectivity update.
record Rewiring(LoweredModel model, Memory memory, ConnectivitySetup connectivity) {

  /// Brings everything up to date with the rows.
  ///
  /// @return whether any has changed
  boolean follow(Launch.Connectivity launch) {
    memory.setLong(launch.launches(), 0, 0, memory.getLong(launch.launches(), 0, 0) + 1);
    if (launch.outcome() < 0) {
      return false;
    }
    int[] outcome = outcome(launch);
    boolean isChanged = false;
    for (int row : outcome) {
      isChanged |= (row & ConnectivityOutcome.CHANGED) != 0;
    }
    if (isChanged) {
      connectivity.changed(
          model.spec().synapseGroup(launch.synapses()),
          source -> (outcome[source] & ConnectivityOutcome.CHANGED) != 0);
    }
    return isChanged;
  }

  private int[] outcome(Launch.Connectivity launch) {
    int[] outcome = new int[memory.rowLength(launch.outcome(), 0)];
    memory.readInts(launch.outcome(), 0, outcome, 0, outcome.length);
    return outcome;
  }

  /// @throws IllegalStateException when synapses could not be added; the others have been
  void requireSuccess(Launch.Connectivity launch) {
    if (launch.outcome() < 0) {
      return;
    }
    int[] outcome = outcome(launch);
    SynapseGroup group = model.spec().synapseGroup(launch.synapses());
    for (int source = 0; source < outcome.length; source++) {
      String where =
          "model '%s', custom connectivity update '%s': a synapse of source %d"
              .formatted(model.spec().name(), launch.update(), source);
      if ((outcome[source] & ConnectivityOutcome.FULL) != 0) {
        throw new IllegalStateException(
            "%s was not added, since a source of synapse group '%s' may have %d at most; raise it with maxConnections"
                .formatted(where, group.name(), model.sparse().get(group.name()).capacity()));
      }
      if ((outcome[source] & ConnectivityOutcome.NO_TARGET) != 0) {
        throw new IllegalStateException(
            "%s was not added, since it would lead to none of the %d neurons of '%s', the target of synapse group '%s'"
                .formatted(
                    where,
                    model.spec().neuronGroup(group.target()).size(),
                    group.target(),
                    group.name()));
      }
    }
  }
}
