package org.mlgenn.parts;

/// When a loss judges the network.
public enum LossTiming {
  /// Once, at the end of the trial, by the readout's value.
  PER_TRIAL,
  /// After every step, by the output variable; the loss of the trial is the mean over its steps.
  PER_TIMESTEP
}
