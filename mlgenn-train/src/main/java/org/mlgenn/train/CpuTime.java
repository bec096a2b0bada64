package org.mlgenn.train;

import java.time.Duration;

/// Processor time of this process.
final class CpuTime {
  private static final double NANO = 1e-9;

  private CpuTime() {}

  /// Seconds on all cores together; not a number where the system does not tell.
  static double seconds() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(Duration::toNanos)
        .map(nanos -> nanos * NANO)
        .orElse(Double.NaN);
  }
}
