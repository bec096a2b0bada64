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
  ///
  /// @throws IllegalStateException when there are too many for an array
  public int size() {
    return counted(rowLengths());
  }

  private static long sum(int[] lengths) {
    return Arrays.stream(lengths).asLongStream().sum();
  }

  private int counted(int[] lengths) {
    long sum = sum(lengths);
    if (sum > Integer.MAX_VALUE) {
      throw new IllegalStateException(
          "synapse group '%s' has %d synapses, more than fit into one array; add up rowLengths(), and take the targets of one source with targets(source)"
              .formatted(name, sum));
    }
    return (int) sum;
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
    int[] sources = new int[counted(lengths)];
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
    int[] targets = new int[counted(lengths)];
    int synapse = 0;
    for (int source = 0; source < lengths.length; source++) {
      int[] row = targets(source);
      System.arraycopy(row, 0, targets, synapse, row.length);
      synapse += row.length;
    }
    return targets;
  }

  /// Target of each synapse of a source.
  public int[] targets(int source) {
    Memory memory = simulation.memory();
    int[] targets = new int[(int) memory.getLong(group.lengths(), 0, source)];
    memory.readIntegers(group.indices(), source, 0, targets, 0, targets.length);
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
    return "synapse group '%s': %d synapses".formatted(name, sum(rowLengths()));
  }
}
