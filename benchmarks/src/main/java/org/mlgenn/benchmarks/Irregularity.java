package org.mlgenn.benchmarks;

import java.util.List;
import org.genn.engine.runtime.Simulation;

/// Whether a network fires irregularly.
///
/// @param coefficient mean over neurons of the coefficient of variation of the intervals between
///   spikes, of those with at least three; NaN where there are none
record Irregularity(double coefficient) {
  private static final int STEPS = 10_000;

  /// Watches a network for another 10 000 steps.
  static Irregularity of(Simulation simulation, List<String> groups) {
    var watched = groups.stream().map(group -> new Intervals()).toList();
    for (int step = 0; step < STEPS; step++) {
      simulation.stepTime();
      for (int group = 0; group < groups.size(); group++) {
        for (int id : simulation.spikes(groups.get(group)).ids(0, 0)) {
          watched.get(group).add(id, step);
        }
      }
    }
    double sum = 0;
    int count = 0;
    for (Intervals intervals : watched) {
      for (int id = 0; id < intervals.count.length; id++) {
        if (intervals.count[id] > 2) {
          sum += intervals.coefficient(id);
          count++;
        }
      }
    }
    return new Irregularity(count == 0 ? Double.NaN : sum / count);
  }

  BenchmarkCase addTo(BenchmarkCase measured) {
    return measured.plus("meanIntervalVariation", coefficient);
  }

  private static final class Intervals {
    private static final int MOST = 1 << 16;

    private final int[] last = new int[MOST];
    private final int[] count = new int[MOST];
    private final double[] sum = new double[MOST];
    private final double[] squares = new double[MOST];

    void add(int id, int step) {
      if (last[id] > 0) {
        double interval = step - last[id];
        count[id]++;
        sum[id] += interval;
        squares[id] += interval * interval;
      }
      last[id] = step;
    }

    double coefficient(int id) {
      double mean = sum[id] / count[id];
      return Math.sqrt(Math.max(0, squares[id] / count[id] - mean * mean)) / mean;
    }
  }
}
