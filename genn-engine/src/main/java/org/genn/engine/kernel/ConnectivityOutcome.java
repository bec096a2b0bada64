package org.genn.engine.kernel;

/// What a custom connectivity update did to a row of synapses, as bits.
public final class ConnectivityOutcome {
  /// Synapses were removed or added.
  public static final int CHANGED = 1;

  /// A synapse was to be added to a row that has no room.
  public static final int FULL = 2;

  /// A synapse was to be added that leads to no neuron.
  public static final int NO_TARGET = 4;

  private ConnectivityOutcome() {}
}
