package org.mlgenn.benchmarks;

import java.util.List;

/// Repeated measurements of one duration (ms).
public record Timing(double min, double median, double max) {
  private static final double MILLIS = 1e-6;

  /// @param nanos at least one
  static Timing ofNanos(List<Long> nanos) {
    double[] sorted = nanos.stream().mapToDouble(each -> MILLIS * each).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Timing(sorted[0], median, sorted[sorted.length - 1]);
  }
}
