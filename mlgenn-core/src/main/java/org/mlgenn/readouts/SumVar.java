package org.mlgenn.readouts;

import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.Quirk;
import org.mlgenn.parts.ReadoutKind;
import org.mlgenn.parts.Sensitivity;
import org.mlgenn.parts.Stage;

/// Sum of the output variable over the steps: `r = Σ_n x_n`.
public record SumVar() implements Readout {
  @Override
  public ReadoutKind kind() {
    return ReadoutKind.SUM;
  }

  @Override
  public Contribution contribution(ReadoutContext context) {
    return new Contribution("readout SumVar")
        .state("VSum", 0)
        .code(Stage.READ_OUT, "VSum += %s;".formatted(context.output()));
  }

  @Override
  public String variable(ReadoutContext context) {
    return "VSum";
  }

  @Override
  public Sensitivity sensitivity(ReadoutContext context) {
    // ml_genn: event_prop_compiler.py drives a sum with the constants of the mean; we do so only
    // when asked.
    return new Sensitivity.OfVoltage(
        context.has(Quirk.SUM_DRIVEN_AS_MEAN) ? "1.0 / ExampleTimesteps" : "1.0");
  }
}
