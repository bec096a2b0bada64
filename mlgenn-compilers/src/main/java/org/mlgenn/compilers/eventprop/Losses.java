package org.mlgenn.compilers.eventprop;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mlgenn.losses.Loss;
import org.mlgenn.parts.LossTiming;

/// What is minimised.
///
/// @param all that of outputs without one of their own
/// @param ofPopulations by name
/// @param timing when the outputs are judged
/// @param ttfsAlpha strength of the term that pulls the first spike of the right class forward (ms)
public record Losses(
    Optional<Loss> all, Map<String, Loss> ofPopulations, LossTiming timing, double ttfsAlpha) {
  public Losses {
    ofPopulations = Collections.unmodifiableMap(new LinkedHashMap<>(ofPopulations));
    if (!(ttfsAlpha >= 0 && Double.isFinite(ttfsAlpha))) {
      throw new IllegalArgumentException(
          "EventPropCompiler: ttfsAlpha must not be negative, got " + ttfsAlpha);
    }
  }

  /// None yet, judged at the end of a trial.
  public Losses() {
    this(Optional.empty(), Map.of(), LossTiming.PER_TRIAL, 0.01);
  }

  public Losses all(Loss all) {
    return new Losses(Optional.of(all), ofPopulations, timing, ttfsAlpha);
  }

  public Losses of(String population, Loss loss) {
    var extended = new LinkedHashMap<>(ofPopulations);
    extended.put(population, loss);
    return new Losses(all, extended, timing, ttfsAlpha);
  }

  public Losses timing(LossTiming timing) {
    return new Losses(all, ofPopulations, timing, ttfsAlpha);
  }

  public Losses ttfsAlpha(double ttfsAlpha) {
    return new Losses(all, ofPopulations, timing, ttfsAlpha);
  }

  Optional<Loss> of(String population) {
    return Optional.ofNullable(ofPopulations.get(population)).or(() -> all);
  }
}
