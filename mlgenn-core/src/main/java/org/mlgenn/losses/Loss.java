package org.mlgenn.losses;

import java.util.Optional;
import org.mlgenn.data.Targets;
import org.mlgenn.parts.ErrorContext;
import org.mlgenn.parts.ErrorSignal;
import org.mlgenn.parts.LossTiming;
import org.mlgenn.parts.ReadoutKind;
import org.mlgenn.parts.TargetKind;

/// What training minimises: a number per example, whose mean over the batch the gradients are of.
public interface Loss {

  /// For messages: the name of the class.
  default String name() {
    return getClass().getSimpleName();
  }

  /// Why readouts of that kind cannot be judged; empty where they can.
  Optional<String> refusal(ReadoutKind kind, LossTiming timing);

  /// What is compared with the answer.
  TargetKind target(LossTiming timing);

  /// How minus the derivative of the loss by the readout comes about in the model.
  ErrorSignal errorSignal(ErrorContext context);

  /// The loss of one example, from its answer. Losses per timestep are summed up in the model
  /// (`ErrorSignal.LOSS_SUM`) instead.
  double value(float[] readout, Targets targets, int example, ErrorContext context);
}
