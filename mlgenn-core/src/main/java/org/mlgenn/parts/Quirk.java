package org.mlgenn.parts;

/// Something that ml_genn does differently from what it means, and that a part imitates only when
/// asked to.
///
/// None is on unless a compiler is told so (`Compatibility`); each names the part that knows it.
public enum Quirk {
  /// Leaky neurons with scaled input: the share of the input, `1 - exp(-dt / tauMem)`, is computed
  /// from the rounded exponential.
  INPUT_SHARE_ROUNDED,
  /// Adjoint systems: input that neurons or synapses do not scale is taken as if they did.
  INPUT_GAIN_IGNORED,
  /// Adjoint systems: the time in which a refractory neuron stands still is left out.
  REFRACTORINESS_IGNORED,
  /// Readout MaxVar: the running maximum starts at 0, so that negative maxima are never recorded.
  MAXIMUM_FROM_ZERO,
  /// Readout SumVar: the adjoint is driven with the weight of the mean, `1/T`, instead of 1.
  SUM_DRIVEN_AS_MEAN,
  /// Readout MaxVar: the adjoint is driven, in its one step, with the weight of the mean, `1/T`.
  MAXIMUM_DRIVEN_AS_MEAN,
  /// Readout AvgVarExpWeight: the adjoint of step `n` is driven with the weight of step `n + 1`.
  EXPONENTIAL_WEIGHT_ONE_STEP_LATE,
  /// Crossentropy: the softmax has temperature 1; first-spike errors are divided by the
  /// temperature, others are not.
  TEMPERATURE_ONLY_IN_GRADIENT,
  /// Relative mean square error: a missing spike counts as one at time 0.
  MISSING_SPIKES_AT_ZERO,
  /// Relative mean square error: errors are not weighted by 1 / examples of the batch.
  RELATIVE_ERROR_NOT_NORMALISED,
  /// Relative mean square error: no term of the adjoint voltage itself at spikes of output neurons.
  RELATIVE_ERROR_WITHOUT_JUMP
}
