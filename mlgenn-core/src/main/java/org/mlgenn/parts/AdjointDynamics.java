package org.mlgenn.parts;

import java.util.List;
import java.util.Optional;
import org.genn.engine.model.TapeModel;

/// The neuron's factor of the chain rule: its adjoint system, run backwards in time (Wunderlich & Pehle 2021).
///
/// `λ` are descent directions (minus the derivative of the loss by the state), so `dL/dw = -τsyn Σ λI` over the
/// presynaptic spikes. Between spikes, in backward time, `τmem λV' = -λV + Drive` and `τsyn λI' = -λI + λV`.
///
/// @param betweenSpikes states `LambdaV`, `LambdaI` and the code of `Stage.ADJOINT`, which reads the local `Drive`
/// @param jump what happens at a spike; empty for neurons that never spike
public record AdjointDynamics(Contribution betweenSpikes, Optional<Jump> jump) {

  /// Jump of the adjoint at a spike.
  ///
  /// @param fields what the tape stores at the spike, e.g. `IMinusV`
  /// @param code in terms of the fields, the adjoint variables and the input `RevIsyn`, the feedback
  ///     `Σ w (λV - λI)` of the neurons that the spike reached
  /// @param voltageJumpPerError factor by which a change of the spike time enters `LambdaV`, e.g. `1.0 / IMinusV`
  public record Jump(List<TapeModel.Field> fields, String code, String voltageJumpPerError) {
    public Jump {
      fields = List.copyOf(fields);
    }
  }
}
