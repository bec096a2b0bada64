package org.mlgenn.tests.gradient;

import java.util.List;

/// Groups of neurons and the weights between them; group 0 is the input, the last one the output.
///
/// @param cells the groups
/// @param projections the connections, all without delay
public record Circuit(List<Cells> cells, List<Projection> projections) {
  /// Firing threshold of every spiking neuron; a spike resets the voltage to 0.
  public static final double THRESHOLD = 1.0;

  public Circuit {
    cells = List.copyOf(cells);
    projections = List.copyOf(projections);
  }

  /// A group of equal neurons: `tauMem V' = -V + I`, `tauSyn I' = -I`.
  ///
  /// @param name what the group is called
  /// @param kind what the neurons do
  /// @param size number of neurons
  /// @param tauMem membrane time constant (ms); unused for inputs
  /// @param tauSyn time constant of all synapses onto the group (ms); unused for inputs
  public record Cells(String name, Kind kind, int size, double tauMem, double tauSyn) {}

  /// What a group of neurons does.
  public enum Kind {
    /// Emits given spikes.
    INPUT,
    /// Leaky integrate and fire, reset to 0.
    LIF,
    /// Leaky integrator: no threshold.
    LI
  }

  /// A dense connection.
  ///
  /// @param source index of the presynaptic group
  /// @param target index of the postsynaptic group
  /// @param weights `(source, target)`: the jump of the target's `I` at a spike
  public record Projection(int source, int target, double[][] weights) {}

  public int output() {
    return cells.size() - 1;
  }

  public Cells outputCells() {
    return cells.getLast();
  }

  /// The weights of every projection, copied: `(projection, source, target)`.
  public double[][][] weights() {
    return projections.stream()
        .map(projection -> copy(projection.weights()))
        .toArray(double[][][]::new);
  }

  private static double[][] copy(double[][] weights) {
    double[][] copy = new double[weights.length][];
    for (int source = 0; source < weights.length; source++) {
      copy[source] = weights[source].clone();
    }
    return copy;
  }
}
