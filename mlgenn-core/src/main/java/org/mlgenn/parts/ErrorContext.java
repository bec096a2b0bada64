package org.mlgenn.parts;

import java.util.Set;

/// What a loss is applied to.
///
/// @param signal the variable that it judges: per trial the readout's, per timestep the output
///   variable
/// @param kind of the readout
/// @param neurons size of the population
/// @param timesteps steps of a trial
/// @param dt duration of a timestep (ms)
/// @param ttfsAlpha strength of the term that pulls the first spike of the right class forward (ms)
/// @param quirks of ml_genn that are asked for
public record ErrorContext(
    String signal,
    ReadoutKind kind,
    LossTiming timing,
    int neurons,
    int timesteps,
    double dt,
    double ttfsAlpha,
    Set<Quirk> quirks) {

  /// First-spike times below this stand for a missing spike.
  public static final double MISSING = -1e30;

  public ErrorContext {
    quirks = Set.copyOf(quirks);
  }

  /// Duration of a trial (ms).
  public double exampleTime() {
    return timesteps * dt;
  }

  public boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }

  public boolean isPerTimestep() {
    return timing == LossTiming.PER_TIMESTEP;
  }

  public boolean isSpikeTime() {
    return kind == ReadoutKind.SPIKE_TIME;
  }
}
