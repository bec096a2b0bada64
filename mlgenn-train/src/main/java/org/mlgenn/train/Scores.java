package org.mlgenn.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.mlgenn.Population;

/// How good the answers to a number of examples were.
///
/// @param loss mean over the examples; of the sum over the outputs, where there are several. Empty
///   where the network has no loss or the data no targets
/// @param metrics one per output that has targets
public record Scores(OptionalDouble loss, List<MetricResult> metrics) {
  /// Nothing was scored.
  public static final Scores NONE = new Scores(OptionalDouble.empty(), List.of());

  public Scores {
    metrics = List.copyOf(metrics);
  }

  /// The metric of an output.
  ///
  /// @throws IllegalArgumentException when it has none
  public double metric(String output) {
    return metrics.stream()
        .filter(each -> each.output().equals(output))
        .mapToDouble(MetricResult::value)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "output '%s' has no metric; those with one: %s"
                        .formatted(output, metrics.stream().map(MetricResult::output).toList())));
  }

  public double metric(Population output) {
    return metric(output.name());
  }

  /// The first metric named `accuracy`, if there is one.
  public OptionalDouble accuracy() {
    return metrics.stream()
        .filter(each -> each.metric().equals("accuracy"))
        .mapToDouble(MetricResult::value)
        .findFirst();
  }

  /// In one line, e.g. `loss 0.1234, accuracy 0.9650`.
  @Override
  public String toString() {
    var parts = new ArrayList<String>();
    loss.ifPresent(value -> parts.add(String.format(Locale.ROOT, "loss %.4f", value)));
    boolean hasSeveral = metrics.size() > 1;
    for (MetricResult each : metrics) {
      String value = String.format(Locale.ROOT, "%s %.4f", each.metric(), each.value());
      parts.add(hasSeveral ? each.output() + " " + value : value);
    }
    return parts.isEmpty() ? "nothing scored" : String.join(", ", parts);
  }
}
