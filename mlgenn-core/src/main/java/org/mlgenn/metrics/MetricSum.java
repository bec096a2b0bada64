package org.mlgenn.metrics;

import java.util.Arrays;
import org.mlgenn.data.Targets;

/// A metric being gathered over the batches of an epoch. Every example counts alike, also those of
/// a last batch that is not full.
public final class MetricSum {
  private final Metric metric;
  private final double[] sums;

  MetricSum(Metric metric) {
    this.metric = metric;
    this.sums = new double[metric.sums()];
  }

  public Metric metric() {
    return metric;
  }

  /// Adds the answer to one example of the targets.
  public void add(float[] answer, Targets targets, int example) {
    metric.add(answer, targets, example, sums);
  }

  /// Of the examples so far.
  public double result() {
    return metric.result(sums);
  }

  /// Starts again.
  public void clear() {
    Arrays.fill(sums, 0);
  }

  /// What was gathered, for a checkpoint.
  public double[] toArray() {
    return sums.clone();
  }

  /// Goes on from what a checkpoint has.
  public void restore(double[] gathered) {
    if (gathered.length != sums.length) {
      throw new IllegalArgumentException(
          "%s: expected %d sums, got %d".formatted(metric.name(), sums.length, gathered.length));
    }
    System.arraycopy(gathered, 0, sums, 0, sums.length);
  }
}
