package org.mlgenn.benchmarks;

/// How a benchmark is run.
///
/// @param backend name of the back end, or `auto`
/// @param threads at least 1
/// @param repetitions that are counted, apart from the warm-up
public record BenchmarkSettings(String backend, int threads, int repetitions) {
  public BenchmarkSettings {
    if (threads < 1 || repetitions < 1) {
      throw new IllegalArgumentException(
          "benchmark: threads and repetitions must be at least 1, got %d and %d"
              .formatted(threads, repetitions));
    }
  }
}
