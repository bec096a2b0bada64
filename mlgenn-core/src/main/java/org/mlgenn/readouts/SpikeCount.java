package org.mlgenn.readouts;

import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.ReadoutKind;
import org.mlgenn.parts.Sensitivity;
import org.mlgenn.parts.Stage;

/// Number of spikes of the example, exact up to 2²⁴.
public record SpikeCount() implements Readout {
  @Override
  public ReadoutKind kind() {
    return ReadoutKind.SPIKE_COUNT;
  }

  @Override
  public Contribution contribution(ReadoutContext context) {
    return new Contribution("readout SpikeCount")
        .state("Scount", 0)
        .code(Stage.AT_SPIKE, "Scount += 1.0;");
  }

  @Override
  public String variable(ReadoutContext context) {
    return "Scount";
  }

  @Override
  public Sensitivity sensitivity(ReadoutContext context) {
    return new Sensitivity.None("a number of spikes is piecewise constant");
  }
}
