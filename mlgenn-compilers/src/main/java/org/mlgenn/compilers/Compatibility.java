package org.mlgenn.compilers;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mlgenn.parts.Quirk;

/// Something that ml_genn does differently from what it means, imitated so that numbers can be
/// compared. None is on by default.
public enum Compatibility {
  /// Spikes of the last step of an example arrive in the first step of the next one.
  // ml_genn: compilers/inference_compiler.py, event_prop_compiler.py: spikes are not cleared
  // between batches
  SPIKES_CROSS_EXAMPLES,
  /// EventProp: synaptic input that is left at the end of an example acts in the next one.
  // ml_genn: compilers/event_prop_compiler.py: inSyn is not part of the reset
  CURRENT_CROSSES_EXAMPLES,
  /// EventProp: synaptic input is set to 0 before the last step of an example.
  // ml_genn: compilers/event_prop_compiler.py: ZeroOutPost runs at the begin of the last timestep
  INPUT_ZEROED_BEFORE_LAST_STEP,
  /// EventProp: a neuron that spikes in the last step of an example has none of its spikes
  /// replayed.
  // ml_genn: compilers/event_prop_compiler.py: the read pointer never gets past such a spike
  LAST_STEP_SPIKE_BLOCKS_REPLAY,
  /// EventProp: of a neuron's spikes in two examples that follow each other only `maxSpikes - 1`
  /// are taped, the earliest ones.
  // ml_genn: compilers/event_prop_compiler.py: the ring that one example writes is the one that
  // holds the spikes of the example before
  TAPE_SHARED_BY_TWO_EXAMPLES,
  /// EventProp: gradients of readouts of a variable are those of the loss divided by the membrane
  /// time constant of the output.
  // ml_genn: compilers/event_prop_compiler.py: drives are divided by tau_mem
  GRADIENT_OVER_TAU_MEM,
  /// EventProp: the backward phase takes input that neurons or synapses do not scale as if they
  /// did.
  // ml_genn: compilers/event_prop_compiler.py: I - V and the gradients know no scale_i
  INPUT_GAIN_IGNORED(Quirk.INPUT_GAIN_IGNORED),
  /// EventProp: the backward phase leaves out the time in which a refractory neuron stands still.
  // ml_genn: compilers/event_prop_compiler.py: the adjoint system knows no refractory time
  REFRACTORINESS_IGNORED(Quirk.REFRACTORINESS_IGNORED),
  /// EventProp, overlapped: nothing is learnt in the first batch of an epoch, so that the last
  /// batch of each epoch is lost; optimisers count the batch as a step nevertheless.
  // ml_genn: compilers/event_prop_compiler.py: ZeroGradient in batch 0
  LAST_BATCH_LOST,
  /// Leaky neurons with scaled input: the share of the input, `1 - exp(-dt / tauMem)`, is computed
  /// from the rounded exponential, which loses digits where dt is much shorter than tauMem.
  // ml_genn: neurons/leaky_integrate.py, leaky_integrate_fire.py
  INPUT_SHARE_ROUNDED(Quirk.INPUT_SHARE_ROUNDED),
  /// Readout MaxVar starts at 0, so that negative maxima are never recorded.
  // ml_genn: readouts/max_var.py
  MAXIMUM_FROM_ZERO(Quirk.MAXIMUM_FROM_ZERO),
  /// EventProp, readout SumVar: the gradient is that of the mean.
  // ml_genn: compilers/event_prop_compiler.py: the drive is that of AvgVar
  SUM_DRIVEN_AS_MEAN(Quirk.SUM_DRIVEN_AS_MEAN),
  /// EventProp, readout MaxVar: the gradient is divided by the timesteps of an example.
  // ml_genn: compilers/event_prop_compiler.py: the drive is that of AvgVar, in one step
  MAXIMUM_DRIVEN_AS_MEAN(Quirk.MAXIMUM_DRIVEN_AS_MEAN),
  /// EventProp, readout AvgVarExpWeight: the weight of a step in the gradient is that of the next.
  // ml_genn: compilers/event_prop_compiler.py: the time since the backward pass began is one off
  EXPONENTIAL_WEIGHT_ONE_STEP_LATE(Quirk.EXPONENTIAL_WEIGHT_ONE_STEP_LATE),
  /// EventProp, crossentropy: the softmax has temperature 1; errors of spike times are divided by
  /// the temperature nevertheless, others are not.
  // ml_genn: compilers/event_prop_compiler.py: softmax_temperature is not passed on
  TEMPERATURE_ONLY_IN_GRADIENT(Quirk.TEMPERATURE_ONLY_IN_GRADIENT),
  /// EventProp, RelativeMeanSquareError: a missing spike counts as one at time 0.
  // ml_genn: compilers/event_prop_compiler.py
  MISSING_SPIKES_AT_ZERO(Quirk.MISSING_SPIKES_AT_ZERO),
  /// EventProp, RelativeMeanSquareError: errors are not divided by the examples of the batch.
  // ml_genn: compilers/event_prop_compiler.py
  RELATIVE_ERROR_NOT_NORMALISED(Quirk.RELATIVE_ERROR_NOT_NORMALISED),
  /// EventProp, RelativeMeanSquareError: the adjoint voltage of output neurons does not jump at
  /// their spikes but by the error.
  // ml_genn: compilers/event_prop_compiler.py
  RELATIVE_ERROR_WITHOUT_JUMP(Quirk.RELATIVE_ERROR_WITHOUT_JUMP);

  /// All that make ml_genn's numbers.
  public static final Set<Compatibility> ML_GENN =
      Collections.unmodifiableSet(EnumSet.allOf(Compatibility.class));

  private final Optional<Quirk> quirk;

  Compatibility() {
    this.quirk = Optional.empty();
  }

  Compatibility(Quirk quirk) {
    this.quirk = Optional.of(quirk);
  }

  /// What parts know of these.
  public static Set<Quirk> quirks(Collection<Compatibility> compatibility) {
    return compatibility.stream()
        .flatMap(each -> each.quirk.stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
