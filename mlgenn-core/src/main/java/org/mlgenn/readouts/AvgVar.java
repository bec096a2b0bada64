package org.mlgenn.readouts;

import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.ReadoutKind;
import org.mlgenn.parts.Sensitivity;
import org.mlgenn.parts.Stage;

/// Mean of the output variable over the steps: `r = Σ_n x_n / T`.
public record AvgVar() implements Readout {
  @Override
  public ReadoutKind kind() {
    return ReadoutKind.SUM;
  }

  @Override
  public Contribution contribution(ReadoutContext context) {
    return new Contribution("readout AvgVar")
        .state("VAvg", 0)
        .code(Stage.READ_OUT, "VAvg += %s / ExampleTimesteps;".formatted(context.output()));
  }

  @Override
  public String variable(ReadoutContext context) {
    return "VAvg";
  }

  @Override
  public Sensitivity sensitivity(ReadoutContext context) {
    return new Sensitivity.OfVoltage("1.0 / ExampleTimesteps");
  }
}
