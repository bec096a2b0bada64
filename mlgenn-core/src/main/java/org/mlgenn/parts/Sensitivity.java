package org.mlgenn.parts;

/// How the readout `r` of an output neuron depends on what the neuron did: the readout's factor of the chain rule.
public sealed interface Sensitivity {

  /// `r = Σ_n w_n V_n` locally: `weight` is the snippet expression of `dr/dV_n` for the replayed step, in terms of `t`
  /// [ms], `dt` [ms], `ExampleTime` [ms], `ExampleTimesteps` and the readout's own variables. It drives the adjoint
  /// voltage at every step.
  record OfVoltage(String weight) implements Sensitivity {}

  /// `r` depends on the times of spikes: `weight` is `-dr/dt` of a replayed spike, 0 for spikes where the condition
  /// `when` does not hold. It enters the jump of the adjoint voltage.
  record OfSpikeTime(String weight, String when) implements Sensitivity {}

  /// `r` has no useful derivative.
  ///
  /// @param reason for the message, e.g. `a spike count is piecewise constant`
  record None(String reason) implements Sensitivity {}
}
