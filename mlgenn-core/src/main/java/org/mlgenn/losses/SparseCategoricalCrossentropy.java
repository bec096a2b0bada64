package org.mlgenn.losses;

import java.util.ArrayList;
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

/// Crossentropy of the softmax of the answer and a class: `L = -log softmax(r / τ)[label]`.
///
/// Per timestep it judges the output variable after every step: `L = -Σ_n log softmax(x_n /
/// τ)[label] / T`.
///
/// For spike times, `r = -t`, neurons without a spike take no part in the softmax, and a further
/// term pulls the spike of the right class forward: `+ α / (1.01 · T · dt - t_label)`. A right
/// class that stays silent counts as one that spikes at the end; its adjoint voltage is driven
/// there with the slope of that term, so that it comes to spike.
///
/// @param temperature `τ` of the softmax, positive: in units of the output variable or, for spike
///   times, (ms)
/// @see <a href="https://doi.org/10.1038/s41598-021-91786-z">Wunderlich & Pehle (2021), Event-based
///   backpropagation can compute exact gradients for spiking neural networks</a>
public record SparseCategoricalCrossentropy(double temperature) implements Loss {
  public SparseCategoricalCrossentropy {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "SparseCategoricalCrossentropy: temperature must be positive, got " + temperature);
    }
  }

  /// Temperature 1.
  public SparseCategoricalCrossentropy() {
    this(1);
  }

  public SparseCategoricalCrossentropy temperature(double temperature) {
    return new SparseCategoricalCrossentropy(temperature);
  }

  @Override
  public Optional<String> refusal(ReadoutKind kind, LossTiming timing) {
    return switch (timing) {
      case PER_TRIAL ->
          kind == ReadoutKind.SPIKE_COUNT
              ? Optional.of("a number of spikes is piecewise constant, it has no gradient")
              : Optional.empty();
      case PER_TIMESTEP ->
          switch (kind) {
            case LAST_VALUE, SUM -> Optional.empty();
            case WEIGHTED_SUM, MAXIMUM, SPIKE_TIME, SPIKE_COUNT ->
                Optional.of(
                    "a loss of every timestep weighs all steps alike, not by %s; use Var, SumVar or AvgVar"
                        .formatted(kind.description()));
          };
    };
  }

  @Override
  public TargetKind target(LossTiming timing) {
    return TargetKind.LABEL;
  }

  @Override
  public ErrorSignal errorSignal(ErrorContext context) {
    boolean late = context.has(Quirk.TEMPERATURE_ONLY_IN_GRADIENT);
    double inverse = 1 / temperature;
    double gradient = late && !context.isSpikeTime() ? 1 : inverse;
    var signal =
        new Contribution("loss SparseCategoricalCrossentropy")
            .parameter("InverseTemperature", late ? 1 : inverse)
            .parameter("ErrorScale", gradient)
            .state(
                new Contribution.State(
                    new Variable("Label", "int", VarAccess.READ_ONLY_SHARED_NEURON),
                    InitialValue.of(0),
                    false))
            .state(
                new Contribution.State(
                    new Variable(
                        ErrorSignal.ERROR, "scalar", VarAccess.READ_WRITE, context.isPerTimestep()),
                    InitialValue.of(0),
                    false));
    String logit = "(InverseTemperature * %s)".formatted(context.signal());
    if (context.isSpikeTime()) {
      logit = "(%s < -1.0e30 ? -1.0e30 : %s)".formatted(context.signal(), logit);
    }
    var reductions = new ArrayList<ErrorSignal.Reduction>();
    reductions.add(
        new ErrorSignal.Reduction("SoftmaxMaximum", ErrorSignal.Operation.MAXIMUM, logit));
    reductions.add(
        new ErrorSignal.Reduction(
            "SoftmaxSum", ErrorSignal.Operation.SUM, "exp(%s - SoftmaxMaximum)".formatted(logit)));
    String error =
        "ExampleWeight * ErrorScale * (((id == Label) ? 1.0 : 0.0) - (exp(%s - SoftmaxMaximum) / SoftmaxSum))"
            .formatted(logit);
    if (context.isPerTimestep()) {
      return new ErrorSignal(perTimestep(signal, error, logit, context), reductions);
    }
    return new ErrorSignal(
        context.isSpikeTime()
            ? ofSpikeTime(signal, error, context)
            : signal.code(Stage.ERROR, "Error = %s;".formatted(error)),
        reductions);
  }

  private static Contribution perTimestep(
      Contribution signal, String error, String logit, ErrorContext context) {
    return signal
        .parameter("LossWeight", 1.0 / context.timesteps())
        .state(ErrorSignal.LOSS_SUM, 0)
        .code(
            Stage.ERROR,
            """
            Error = %s;
            if (id == Label) {
              LossSum += LossWeight * (log(SoftmaxSum) - (%s - SoftmaxMaximum));
            }\
            """
                .formatted(error, logit));
  }

  private static Contribution ofSpikeTime(Contribution signal, String error, ErrorContext context) {
    return signal
        .parameter("TtfsAlpha", context.ttfsAlpha())
        .parameter("LatestTime", LATEST * context.exampleTime())
        .parameter("EndSlope", context.ttfsAlpha() / square(END * context.exampleTime()))
        .state(
            new Contribution.State(
                new Variable(ErrorSignal.SILENT_ERROR), InitialValue.of(0), false))
        .code(
            Stage.ERROR,
            """
            Error = %1$s;
            SilentError = 0.0;
            if (id == Label) {
              if (%2$s < -1.0e30) {
                SilentError = ExampleWeight * EndSlope;
              } else {
                const scalar remaining = LatestTime + %2$s;
                Error += ExampleWeight * (TtfsAlpha / (remaining * remaining));
              }
            }\
            """
                .formatted(error, context.signal()));
  }

  /// The pole of the term that pulls the first spike forward, and its distance from the end of the
  /// trial, in durations of a trial.
  private static final double LATEST = 1.01;

  private static final double END = 0.01;

  private static double square(double x) {
    return x * x;
  }

  @Override
  public double value(float[] readout, Targets targets, int example, ErrorContext context) {
    int label = ((Targets.Labels) targets).label(example);
    double[] logits = new double[readout.length];
    for (int neuron = 0; neuron < readout.length; neuron++) {
      boolean silent = context.isSpikeTime() && readout[neuron] < ErrorContext.MISSING;
      double answer = silent ? -context.exampleTime() : readout[neuron];
      logits[neuron] = silent && neuron != label ? Double.NEGATIVE_INFINITY : answer / temperature;
    }
    double maximum = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      maximum = Math.max(maximum, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - maximum);
    }
    double loss = Math.log(sum) - (logits[label] - maximum);
    return context.isSpikeTime()
        ? loss
            + context.ttfsAlpha() / (LATEST * context.exampleTime() + temperature * logits[label])
        : loss;
  }
}
