package org.mlgenn.readouts;

import org.genn.engine.model.InitialValue;
import org.genn.engine.model.Variable;
import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.Quirk;
import org.mlgenn.parts.ReadoutKind;
import org.mlgenn.parts.Sensitivity;
import org.mlgenn.parts.Stage;

/// Largest value of the output variable: `r = max_n x_n`. Its derivative by `x_n` is 1 in the first
/// step that has the largest value and 0 in all others.
public record MaxVar() implements Readout {
  @Override
  public ReadoutKind kind() {
    return ReadoutKind.MAXIMUM;
  }

  @Override
  public Contribution contribution(ReadoutContext context) {
    // ml_genn: max_var.py starts at 0, so that a neuron that stays below has no maximum; we start
    // below everything unless asked.
    return new Contribution("readout MaxVar")
        .state("VMax", context.has(Quirk.MAXIMUM_FROM_ZERO) ? 0 : -Float.MAX_VALUE)
        .state("VMaxTime", 0)
        .code(
            Stage.READ_OUT,
            """
            if (%1$s > VMax) {
              VMax = %1$s;
              VMaxTime = t;
            }\
            """
                .formatted(context.output()));
  }

  @Override
  public String variable(ReadoutContext context) {
    return "VMax";
  }

  @Override
  public Contribution training(ReadoutContext context) {
    return new Contribution("readout MaxVar")
        .state(new Contribution.State(new Variable("VMaxTimeBack"), InitialValue.of(0), false))
        .code(Stage.TRIAL_END, "VMaxTimeBack = VMaxTime;");
  }

  @Override
  public Sensitivity sensitivity(ReadoutContext context) {
    // ml_genn: event_prop_compiler.py drives the step with the constants of the mean; we do so only
    // when asked.
    return new Sensitivity.OfVoltage(
        "(fabs(t - VMaxTimeBack) < (0.5 * dt)) ? %s : 0.0"
            .formatted(
                context.has(Quirk.MAXIMUM_DRIVEN_AS_MEAN) ? "(1.0 / ExampleTimesteps)" : "1.0"));
  }
}
