package org.mlgenn.parts;

import java.util.List;
import java.util.Optional;
import org.genn.engine.model.TapeModel;

/// The neuron's factor of the chain rule: its adjoint system, run backwards in time.
///
/// `λ` are descent directions (minus the derivative of the loss by the state), so `dL/dw = -tauSyn
/// Σ λI` over the presynaptic spikes. Between spikes, in backward time, `tauMem · λV' = -λV +
/// Drive` and `tauSyn · λI' = -λI + λV`.
///
/// @param betweenSpikes states `LambdaV`, `LambdaI` and the code of `Stage.ADJOINT`, which reads
///   the local `Drive` where the neuron is driven
/// @param jump what happens at a spike; empty for neurons that never spike
/// @param tauMem membrane time constant (ms), the mean where neurons differ
/// @param inputGain what an input adds to the current of the continuous-time neuron, relative to
///   the input: 1 for neurons that scale their input
/// @see <a href="https://doi.org/10.1038/s41598-021-91786-z">Wunderlich & Pehle (2021), Event-based
///   backpropagation can compute exact gradients for spiking neural networks</a>
public record AdjointDynamics(
    Contribution betweenSpikes, Optional<Jump> jump, double tauMem, double inputGain) {

  /// Jump of the adjoint at a spike.
  ///
  /// @param fields what the tape stores at the spike, e.g. `IMinusV`
  /// @param code in terms of the fields, the adjoint variables and the input `RevIsyn`, the
  ///   feedback `Σ w (λV - λI)` of the neurons that the spike reached
  /// @param voltageJumpPerError by how much `λV` jumps per unit of the derivative of the loss by
  ///   the time of the spike, e.g. `1.0 / IMinusV`
  public record Jump(List<TapeModel.Field> fields, String code, String voltageJumpPerError) {
    public Jump {
      fields = List.copyOf(fields);
    }
  }
}
