package org.mlgenn.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.List;

/// What was measured.
///
/// @param load of the machine at the end: processes that wanted to run in the last minute, on
///   average; negative where the system does not tell
public record BenchmarkResult(
    String name, String backend, int threads, List<BenchmarkCase> cases, double load) {
  public BenchmarkResult {
    cases = List.copyOf(cases);
  }

  static BenchmarkResult of(
      String name, String backend, BenchmarkSettings settings, List<BenchmarkCase> cases) {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return new BenchmarkResult(name, backend, settings.threads(), cases, load);
  }
}
