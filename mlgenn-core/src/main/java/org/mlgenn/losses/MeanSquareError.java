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
import org.mlgenn.parts.ReadoutKind;
import org.mlgenn.parts.Stage;
import org.mlgenn.parts.TargetKind;

/// Half the squared distance of the answer and its target: `L = ½ Σ_k (y_k - r_k)²`.
///
/// Per timestep it judges the output variable after every step, with a target for each: `L = ½ Σ_n
/// Σ_k (y_nk - x_nk)² / T`. For spike times the target is a time (ms); a neuron without a spike
/// counts as one that spikes at the end, and where its target is earlier its adjoint voltage is
/// driven there, so that it comes to spike.
///
/// The metric has the same name: a program that imports the whole module needs `import
/// org.mlgenn.losses.MeanSquareError;`, too.
public record MeanSquareError() implements Loss {
  @Override
  public Optional<String> refusal(ReadoutKind kind, LossTiming timing) {
    return switch (timing) {
      case PER_TRIAL ->
          switch (kind) {
            case SUM, WEIGHTED_SUM, MAXIMUM, SPIKE_TIME -> Optional.empty();
            case LAST_VALUE ->
                Optional.of(
                    "the square error of a variable is taken at every timestep; set"
                        + " perTimestepLoss(true) with a target for each, or use AvgVar");
            case SPIKE_COUNT ->
                Optional.of("a number of spikes is piecewise constant, it has no gradient");
          };
      case PER_TIMESTEP ->
          kind == ReadoutKind.LAST_VALUE
              ? Optional.empty()
              : Optional.of(
                  "a target of every timestep is one of the output variable, not of %s; use Var"
                      .formatted(kind.description()));
    };
  }

  @Override
  public TargetKind target(LossTiming timing) {
    return timing == LossTiming.PER_TIMESTEP ? TargetKind.SERIES : TargetKind.VALUES;
  }

  @Override
  public ErrorSignal errorSignal(ErrorContext context) {
    boolean series = context.isPerTimestep();
    var signal =
        new Contribution("loss MeanSquareError")
            .state(
                new Contribution.State(
                    new Variable("Target", "scalar", VarAccess.READ_ONLY_DUPLICATE, series),
                    InitialValue.of(0),
                    false))
            .state(
                new Contribution.State(
                    new Variable(ErrorSignal.ERROR, "scalar", VarAccess.READ_WRITE, series),
                    InitialValue.of(0),
                    false));
    if (series) {
      return new ErrorSignal(
          signal
              .parameter("LossWeight", 0.5 / context.timesteps())
              .state(ErrorSignal.LOSS_SUM, 0)
              .code(
                  Stage.STORE_ERROR,
                  """
                  const scalar deviation = Target - %s;
                  Error = ExampleWeight * deviation;
                  LossSum += LossWeight * deviation * deviation;\
                  """
                      .formatted(context.signal())),
          List.of());
    }
    if (context.isSpikeTime()) {
      return new ErrorSignal(
          signal
              .parameter("EndTime", context.exampleTime())
              .state(
                  new Contribution.State(
                      new Variable(ErrorSignal.SILENT_ERROR), InitialValue.of(0), false))
              .code(
                  Stage.ERROR,
                  """
                  const bool silent = %1$s < -1.0e30;
                  Error = silent ? 0.0 : (ExampleWeight * ((-%1$s) - Target));
                  SilentError = silent ? (ExampleWeight * fmax(0.0, EndTime - Target)) : 0.0;\
                  """
                      .formatted(context.signal())),
          List.of());
    }
    return new ErrorSignal(
        signal.code(
            Stage.ERROR, "Error = ExampleWeight * (Target - %s);".formatted(context.signal())),
        List.of());
  }

  @Override
  public double value(float[] readout, Targets targets, int example, ErrorContext context) {
    var values = (Targets.Values) targets;
    double sum = 0;
    for (int neuron = 0; neuron < readout.length; neuron++) {
      double answer = readout[neuron];
      if (context.isSpikeTime()) {
        answer = answer < ErrorContext.MISSING ? context.exampleTime() : -answer;
      }
      double deviation = values.value(example, 0, neuron) - answer;
      sum += deviation * deviation;
    }
    return sum / 2;
  }
}
