package org.mlgenn.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkTest {
  @Test
  void timingsHaveTheirMedian() {
    assertEquals(new Timing(1, 2, 9), Timing.ofNanos(List.of(9_000_000L, 1_000_000L, 2_000_000L)));
    assertEquals(new Timing(1, 1.5, 2), Timing.ofNanos(List.of(2_000_000L, 1_000_000L)));
  }

  @Test
  void settingsAreChecked() {
    assertEquals(
        "benchmark: threads and repetitions must be at least 1, got 0 and 3",
        assertThrows(IllegalArgumentException.class, () -> new BenchmarkSettings("auto", 0, 3))
            .getMessage());
  }

  /// It refuses to measure when the two do not compute the same.
  @Test
  void compiledNetworkAndHandWrittenLoopComputeTheSame() throws IOException {
    var log = new ArrayList<String>();
    BenchmarkResult result = new ShdEventProp().run(new BenchmarkSettings("jvm", 2, 1), log::add);
    assertEquals("shd-eventprop", result.name());
    assertEquals(2, result.threads());
    assertTrue(result.ratioToHandWritten() > 0);
    assertEquals(13.0, (double) result.details().get("hiddenRateHz"), 0.5);
    assertTrue(log.getFirst().contains("hidden neurons fire at 13"), log.getFirst());
  }
}
