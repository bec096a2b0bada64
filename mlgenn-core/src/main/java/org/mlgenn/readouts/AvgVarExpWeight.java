package org.mlgenn.readouts;

import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.Quirk;
import org.mlgenn.parts.ReadoutKind;
import org.mlgenn.parts.Sensitivity;
import org.mlgenn.parts.Stage;

/// Mean of the output variable over the steps, in which early steps weigh more: `r = Σ_n exp(-t_n /
/// (T · dt)) x_n / T`.
///
/// @see <a href="https://doi.org/10.1088/2634-4386/ada852">Nowotny, Turner & Knight (2025), Loss
///   shaping enhances exact gradient learning with EventProp in spiking neural networks</a>
public record AvgVarExpWeight() implements Readout {
  @Override
  public ReadoutKind kind() {
    return ReadoutKind.WEIGHTED_SUM;
  }

  @Override
  public Contribution contribution(ReadoutContext context) {
    return new Contribution("readout AvgVarExpWeight")
        .state("VAvg", 0)
        .code(
            Stage.READ_OUT,
            "VAvg += exp(-t / ExampleTime) * (%s / ExampleTimesteps);".formatted(context.output()));
  }

  @Override
  public String variable(ReadoutContext context) {
    return "VAvg";
  }

  @Override
  public Sensitivity sensitivity(ReadoutContext context) {
    // ml_genn: event_prop_compiler.py takes the time since the backward pass began, which is one
    // step off; we do so only when asked.
    String time = context.has(Quirk.EXPONENTIAL_WEIGHT_ONE_STEP_LATE) ? "(t + dt)" : "t";
    return new Sensitivity.OfVoltage("exp(-%s / ExampleTime) / ExampleTimesteps".formatted(time));
  }
}
