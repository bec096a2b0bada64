package org.genn.engine.runtime;

import java.util.Arrays;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.SparseGroup;

/// The synapses of a sparse group at present, in the order in which `VariableView` has their
/// values: by source, then position in the source's row. In what order a row is,
/// `Connectivity.Sparse` says.
public final class SparseConnectivity {
  private final Simulation simulation;
  private final String name;
  private final SparseGroup group;

  SparseConnectivity(Simulation simulation, String name, SparseGroup group) {
    this.simulation = simulation;
    this.name = name;
    this.group = group;
  }

  /// Number of synapses.
  public int size() {
    return Arrays.stream(rowLengths()).sum();
  }

  /// Number of synapses of each source.
  public int[] rowLengths() {
    Memory memory = simulation.memory();
    int[] lengths = new int[memory.rowLength(group.lengths(), 0)];
    memory.readInts(group.lengths(), 0, lengths, 0, lengths.length);
    return lengths;
  }

  /// Source of each synapse.
  public int[] sources() {
    int[] lengths = rowLengths();
    int[] sources = new int[Arrays.stream(lengths).sum()];
    int synapse = 0;
    for (int source = 0; source < lengths.length; source++) {
      Arrays.fill(sources, synapse, synapse + lengths[source], source);
      synapse += lengths[source];
    }
    return sources;
  }

  /// Target of each synapse.
  public int[] targets() {
    int[] lengths = rowLengths();
    int[] targets = new int[Arrays.stream(lengths).sum()];
    int synapse = 0;
    for (int source = 0; source < lengths.length; source++) {
      for (int k = 0; k < lengths[source]; k++) {
        targets[synapse++] = (int) simulation.memory().getLong(group.indices(), source, k);
      }
    }
    return targets;
  }

  /// Makes what kernels wrote visible here. Nothing to do where host and kernels share memory.
  public void pull() {
    simulation.memory();
  }

  /// Makes what was set here visible to kernels. Nothing to do where host and kernels share memory.
  public void push() {
    simulation.memory();
  }

  @Override
  public String toString() {
    return "synapse group '%s': %d synapses".formatted(name, size());
  }
}
