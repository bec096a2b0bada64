package org.mlgenn.benchmarks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What was measured of one size of a benchmark.
///
/// @param name empty where a benchmark has but one size
/// @param milliseconds of one repetition
/// @param handWritten the same work in a loop written by hand, measured in turns with the other
/// @param details further numbers, by name
public record BenchmarkCase(
    String name, Timing milliseconds, Optional<Timing> handWritten, Map<String, Object> details) {
  public BenchmarkCase {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /// Median by median.
  ///
  /// @throws java.util.NoSuchElementException when there is nothing to compare with
  public double ratioToHandWritten() {
    return milliseconds.median() / handWritten.orElseThrow().median();
  }

  BenchmarkCase plus(String detail, Object value) {
    var more = new LinkedHashMap<>(details);
    more.put(detail, value);
    return new BenchmarkCase(name, milliseconds, handWritten, more);
  }
}
