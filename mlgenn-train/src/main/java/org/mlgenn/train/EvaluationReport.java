package org.mlgenn.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.mlgenn.Population;

/// What came of an evaluation.
///
/// @param examples number that was evaluated
/// @param recorded by key, what callbacks recorded
/// @param ending why it ended
public record EvaluationReport(
    Scores scores,
    int examples,
    Map<String, Object> recorded,
    Ending ending,
    double seconds,
    double cpuSeconds,
    Provenance provenance) {
  public EvaluationReport {
    recorded = Collections.unmodifiableMap(new LinkedHashMap<>(recorded));
  }

  public OptionalDouble loss() {
    return scores.loss();
  }

  /// The accuracy, or whatever its metric is, of an output.
  public double accuracy(Population output) {
    return scores.metric(output);
  }

  /// The accuracy of the first output.
  public double accuracy() {
    return scores
        .accuracy()
        .orElseThrow(() -> new IllegalStateException("no output is scored by its accuracy"));
  }

  /// What a recorder recorded.
  ///
  /// @throws IllegalArgumentException when there is nothing of that key and class
  public <T> T recorded(String key, Class<T> type) {
    return Recorded.get(recorded, key, type);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d examples: %s, %.2f s", examples, scores, seconds);
  }
}
