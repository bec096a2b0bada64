package org.mlgenn.readouts;

import java.util.List;
import org.genn.engine.model.TapeModel;
import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.ReadoutKind;
import org.mlgenn.parts.Sensitivity;
import org.mlgenn.parts.Stage;

/// Minus the time of the first spike (ms), so that the earliest neuron has the largest answer: `r =
/// -t_first`; `-Float.MAX_VALUE` for a neuron that did not spike.
public record FirstSpikeTime() implements Readout {
  @Override
  public ReadoutKind kind() {
    return ReadoutKind.SPIKE_TIME;
  }

  @Override
  public Contribution contribution(ReadoutContext context) {
    return new Contribution("readout FirstSpikeTime")
        .state("TFirstSpike", -Float.MAX_VALUE)
        .code(Stage.AT_SPIKE, "TFirstSpike = fmax(TFirstSpike, -t);");
  }

  @Override
  public String variable(ReadoutContext context) {
    return "TFirstSpike";
  }

  @Override
  public Sensitivity sensitivity(ReadoutContext context) {
    var isFirst = new TapeModel.Field("IsFirst", "scalar", "(TFirstSpike < -1.0e30) ? 1.0 : 0.0");
    return new Sensitivity.OfSpikeTime(List.of(isFirst), "1.0", "IsFirst > 0.5");
  }
}
