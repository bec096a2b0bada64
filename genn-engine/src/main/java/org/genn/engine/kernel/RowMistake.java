package org.genn.engine.kernel;

/// What is wrong with the synapses that code has made of a neuron: where it is not 0, the row's
/// length is its negative.
public final class RowMistake {
  /// A synapse leads to no neuron.
  public static final int NO_NEURON = 1;

  /// The place of a synapse is outside of the kernel.
  public static final int OUTSIDE_KERNEL = 2;

  private RowMistake() {}
}
