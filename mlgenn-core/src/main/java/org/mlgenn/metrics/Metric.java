package org.mlgenn.metrics;

import org.mlgenn.data.Targets;

/// How good the answers of an output population are. Immutable; implement it for a metric of your
/// own.
public interface Metric {
  /// For reports, e.g. `accuracy`.
  default String name() {
    return getClass().getSimpleName();
  }

  /// Number of sums that are gathered.
  int sums();

  /// Adds the answer to one example.
  ///
  /// @param answer readout of the example, one value per output neuron
  /// @param targets of the whole data set
  /// @param example its index in the targets
  /// @param sums what was gathered so far; starts at 0
  /// @throws IllegalArgumentException when answer and target do not fit
  void add(float[] answer, Targets targets, int example, double[] sums);

  /// The metric of all examples that were added; not a number when there were none.
  double result(double[] sums);

  /// Gathers from nothing.
  default MetricSum start() {
    return new MetricSum(this);
  }
}
