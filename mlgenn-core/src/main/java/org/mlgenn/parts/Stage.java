package org.mlgenn.parts;

/// Where a piece of code runs. Pieces of one stage run in the order in which the parts are merged;
/// the stages run in the order given here.
public enum Stage {
  // Forward phase: sim code.

  /// What the backward phase needs of the state in which the step begins; `Isyn` is known.
  PREPARE,
  /// Integration of the inputs: `V ← αV + I`.
  INTEGRATE,
  /// Accumulation of the readout, with `V` after integration and before any reset.
  READ_OUT,
  /// What the loss stores of this step for the backward phase.
  STORE_ERROR,

  // Forward phase: threshold condition (an expression; at most one part gives it) and code at a
  // spike.

  THRESHOLD,
  /// At a spike, before the reset: readouts that count or time spikes.
  AT_SPIKE,
  /// Reset after a spike.
  RESET,

  // Custom updates over the neurons of the population, which may use every variable of the
  // population.

  /// Sets `Error` from the loss: at the end of the trial, or after each step (`LossTiming`).
  ERROR,
  /// At the end of the trial: copies what the backward phase needs, so that the next trial may
  /// overwrite it.
  TRIAL_END,

  // Backward phase, every step: sim code of that phase.

  /// Declares `scalar Drive = …;`, what drives the adjoint voltage in this step.
  DRIVE,
  /// Adjoint dynamics between spikes.
  ADJOINT,
  /// At the last step of the trial, where the backward phase begins: neurons whose spike is
  /// missing.
  SILENT_ERROR,

  // Backward phase, at a replayed spike.

  /// Jump of the adjoint variables at a spike, from the neuron.
  JUMP,
  /// What the loss adds at a spike through a readout of spike times.
  SPIKE_TIME_ERROR,
  /// What a regulariser adds at a spike.
  REGULARISE
}
