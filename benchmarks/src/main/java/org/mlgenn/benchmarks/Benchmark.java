package org.mlgenn.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// Something whose speed is worth knowing.
public interface Benchmark {
  String name();

  /// What is measured, in one line.
  String summary();

  /// @param log told what happens meanwhile
  BenchmarkResult run(BenchmarkSettings settings, Consumer<String> log) throws IOException;

  /// All that there are.
  static List<Benchmark> all() {
    return List.of(
        new LifBenchmark(),
        new SparseBenchmark(),
        new DenseBenchmark(),
        new CubaBenchmark(),
        new ShdEventProp(),
        new LatencyMnistEpoch());
  }
}
