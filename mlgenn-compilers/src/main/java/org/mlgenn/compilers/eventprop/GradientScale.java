package org.mlgenn.compilers.eventprop;

import org.mlgenn.parts.AdjointDynamics;
import org.mlgenn.parts.Sensitivity;

/// How much larger the gradients of an output's loss are than ml_genn's.
///
/// ml_genn's gradients of readouts of a voltage are those of the loss divided by the output's
/// membrane time constant; those of spike times are true. Strengths of regularisation are given
/// relative to ml_genn's gradients, so this is what they have to be multiplied by.
///
/// @param factor of gradients, 1 for ml_genn's own
record GradientScale(double factor) {
  static GradientScale of(Sensitivity sensitivity, AdjointDynamics output) {
    return new GradientScale(
        switch (sensitivity) {
          case Sensitivity.OfVoltage _ -> output.tauMem();
          case Sensitivity.OfSpikeTime _, Sensitivity.None _ -> 1;
        });
  }
}
