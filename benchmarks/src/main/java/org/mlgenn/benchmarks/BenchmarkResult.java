package org.mlgenn.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What was measured.
///
/// @param handWritten the same work in a loop written by hand, measured in turns with the other
/// @param load of the machine at the end: processes that wanted to run in the last minute, on
///   average; negative where the system does not tell
/// @param details further numbers, by name
public record BenchmarkResult(
    String name,
    String backend,
    int threads,
    Timing milliseconds,
    Optional<Timing> handWritten,
    double load,
    Map<String, Object> details) {
  public BenchmarkResult {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /// Median by median.
  ///
  /// @throws java.util.NoSuchElementException when there is nothing to compare with
  public double ratioToHandWritten() {
    return milliseconds.median() / handWritten.orElseThrow().median();
  }

  static double presentLoad() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
