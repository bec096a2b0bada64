package org.mlgenn.parts;

import java.util.List;
import org.genn.engine.model.TapeModel;

/// How the readout `r` of an output neuron depends on what the neuron did: the readout's factor of
/// the chain rule.
public sealed interface Sensitivity {

  /// `r = Σ_n w_n V_n` locally: `weight` is the snippet expression of `dr/dV_n` for the replayed
  /// step, in terms of `t` (ms), `dt` (ms) and the readout's own parameters and variables. It
  /// drives the adjoint voltage at every step.
  record OfVoltage(String weight) implements Sensitivity {}

  /// `r` depends on the times of spikes: `weight` is `-dr/dt` of a replayed spike, 0 for spikes
  /// where the condition `when` does not hold. It enters the jump of the adjoint voltage.
  ///
  /// @param fields what the tape stores with each spike for `weight` and `when`
  record OfSpikeTime(List<TapeModel.Field> fields, String weight, String when)
      implements Sensitivity {
    public OfSpikeTime {
      fields = List.copyOf(fields);
    }
  }

  /// `r` has no useful derivative.
  ///
  /// @param reason for the message, e.g. `a number of spikes is piecewise constant`
  record None(String reason) implements Sensitivity {}
}
