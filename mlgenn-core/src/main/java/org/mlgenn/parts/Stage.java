package org.mlgenn.parts;

/// Where in a neuron's update a piece of code runs. Pieces of one stage run in the order in which the parts are merged;
/// the stages run in the order given here.
public enum Stage {
  // Forward phase: sim code.

  /// Integration of the inputs: `V ← αV + I`.
  INTEGRATE,
  /// Accumulation of the readout, with `V` after integration and before any reset.
  READ_OUT,
  /// What the loss stores of this step for the backward phase.
  STORE_ERROR,

  // Forward phase: threshold condition (an expression; at most one part gives it) and code at a spike.

  THRESHOLD,
  /// At a spike, before the reset: readouts that count or time spikes.
  AT_SPIKE,
  /// Reset after a spike.
  RESET,

  // Backward phase, every step: sim code of that phase.

  /// Declares `scalar Error = …;`, minus the derivative of the loss by the readout, from the loss.
  ERROR,
  /// Declares `scalar Drive = …;`, what drives the adjoint voltage in this step, from the readout's sensitivity.
  DRIVE,
  /// Adjoint dynamics between spikes.
  ADJOINT,

  // Backward phase, at a replayed spike.

  /// Jump of the adjoint variables at a spike, from the neuron.
  JUMP,
  /// What the loss adds at a spike through a readout of spike times; `Error` is declared before it.
  SPIKE_TIME_ERROR,
  /// What a regulariser adds at a spike.
  REGULARISE
}
