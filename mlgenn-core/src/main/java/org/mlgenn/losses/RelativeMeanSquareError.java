package org.mlgenn.losses;

import java.util.List;
import java.util.Optional;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.mlgenn.data.Targets;
import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.ErrorContext;
import org.mlgenn.parts.ErrorSignal;
import org.mlgenn.parts.LossTiming;
import org.mlgenn.parts.Quirk;
import org.mlgenn.parts.ReadoutKind;
import org.mlgenn.parts.Stage;
import org.mlgenn.parts.TargetKind;

/// Asks the right class to spike first and all others a margin later: `L = ½ Σ_{n≠y} (t_n - t_y -
/// Δ)²`.
///
/// A right class `y` that stays silent counts as one that spikes at the end of the example, and its
/// adjoint voltage is driven there, so that it comes to spike; other neurons without a spike are
/// left out.
///
/// @param delta `Δ`, how much later the others should spike (ms)
public record RelativeMeanSquareError(double delta) implements Loss {
  public RelativeMeanSquareError {
    if (!Double.isFinite(delta)) {
      throw new IllegalArgumentException(
          "RelativeMeanSquareError: delta must be finite [ms], got " + delta);
    }
  }

  public RelativeMeanSquareError delta(double delta) {
    return new RelativeMeanSquareError(delta);
  }

  @Override
  public Optional<String> refusal(ReadoutKind kind, LossTiming timing) {
    if (timing == LossTiming.PER_TIMESTEP) {
      return Optional.of("spikes are compared at the end of a trial, not at every timestep");
    }
    return kind == ReadoutKind.SPIKE_TIME
        ? Optional.empty()
        : Optional.of(
            "it compares times of spikes, not %s; use FirstSpikeTime"
                .formatted(kind.description()));
  }

  @Override
  public TargetKind target(LossTiming timing) {
    return TargetKind.LABEL;
  }

  @Override
  public ErrorSignal errorSignal(ErrorContext context) {
    // ml_genn: event_prop_compiler.py takes missing spikes as spikes at 0 ms and never divides by
    // the batch; we do so only when asked.
    boolean fromZero = context.has(Quirk.MISSING_SPIKES_AT_ZERO);
    String weight = context.has(Quirk.RELATIVE_ERROR_NOT_NORMALISED) ? "" : "ExampleWeight * ";
    String silent = "(%s < -1.0e30)".formatted(context.signal());
    String time = "(%s ? MissingTime : -%s)".formatted(silent, context.signal());
    String counts = fromZero ? "(id != Label)" : "((id != Label) && !%s)".formatted(silent);
    var reductions =
        List.of(
            new ErrorSignal.Reduction(
                "LabelTime", ErrorSignal.Operation.SUM, "(id == Label) ? %s : 0.0".formatted(time)),
            new ErrorSignal.Reduction(
                "Deviations",
                ErrorSignal.Operation.SUM,
                "%s ? (%s - LabelTime - Delta) : 0.0".formatted(counts, time)));
    var signal =
        new Contribution("loss RelativeMeanSquareError")
            .parameter("Delta", delta)
            .parameter("MissingTime", fromZero ? 0 : context.exampleTime())
            .state(
                new Contribution.State(
                    new Variable("Label", "int", VarAccess.READ_ONLY_SHARED_NEURON),
                    InitialValue.of(0),
                    false))
            .state(
                new Contribution.State(new Variable(ErrorSignal.ERROR), InitialValue.of(0), false))
            .state(
                new Contribution.State(
                    new Variable(ErrorSignal.SILENT_ERROR), InitialValue.of(0), false))
            .code(
                Stage.ERROR,
                """
                Error = %1$s((id == Label) ? -Deviations : (%2$s - LabelTime - Delta));
                SilentError = %3$s;\
                """
                    .formatted(
                        weight,
                        time,
                        fromZero
                            ? "0.0"
                            : "((id == Label) && %s) ? (%sfmax(0.0, -Deviations)) : 0.0"
                                .formatted(silent, weight)));
    return new ErrorSignal(signal, reductions, context.has(Quirk.RELATIVE_ERROR_WITHOUT_JUMP));
  }

  @Override
  public double value(float[] readout, Targets targets, int example, ErrorContext context) {
    int label = ((Targets.Labels) targets).label(example);
    double labelTime =
        readout[label] < ErrorContext.MISSING ? context.exampleTime() : -readout[label];
    double sum = 0;
    for (int neuron = 0; neuron < readout.length; neuron++) {
      if (neuron != label && readout[neuron] >= ErrorContext.MISSING) {
        double deviation = -readout[neuron] - labelTime - delta;
        sum += deviation * deviation;
      }
    }
    return sum / 2;
  }
}
