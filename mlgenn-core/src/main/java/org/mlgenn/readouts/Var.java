package org.mlgenn.readouts;

import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.ReadoutKind;
import org.mlgenn.parts.Sensitivity;

/// The output variable at the end of the example: `r = x_{T-1}`.
public record Var() implements Readout {
  @Override
  public ReadoutKind kind() {
    return ReadoutKind.LAST_VALUE;
  }

  @Override
  public Contribution contribution(ReadoutContext context) {
    return new Contribution("readout Var");
  }

  @Override
  public String variable(ReadoutContext context) {
    return context.output();
  }

  @Override
  public Sensitivity sensitivity(ReadoutContext context) {
    return new Sensitivity.OfVoltage("(t > (ExampleTime - (1.5 * dt))) ? 1.0 : 0.0");
  }
}
