package org.mlgenn.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.genn.engine.backend.Backend;
import org.genn.engine.backend.Backends;
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
    assertTrue(result.cases().getFirst().ratioToHandWritten() > 0);
    assertEquals(13.0, (double) result.cases().getFirst().details().get("hiddenRateHz"), 0.5);
    assertTrue(log.getFirst().contains("hidden neurons fire at 13"), log.getFirst());
  }

  private static final BenchmarkSettings ONCE = new BenchmarkSettings("jvm", 1, 1);

  /// Each benchmark refuses to measure when the engine and the loop written by hand do not compute
  /// the same bits, so these need no assertion of their own but that there is a result for each
  /// size.
  private static void agrees(Benchmark benchmark, int cases) throws IOException {
    for (var backend : Backends.all()) {
      if (backend.availability().isAvailable()) {
        for (int threads = 1; threads <= 2; threads++) {
          var settings = new BenchmarkSettings(backend.name(), threads, 1);
          BenchmarkResult result = benchmark.run(settings, _ -> {});
          assertEquals(backend.name(), result.backend());
          assertEquals(cases, result.cases().size());
          result.cases().forEach(measured -> assertTrue(measured.ratioToHandWritten() > 0));
        }
      }
    }
  }

  @Test
  void neuronsAgreeWithTheLoopWrittenByHand() throws IOException {
    agrees(new LifBenchmark(new LifProblem(100, 3, 400)), 1);
  }

  @Test
  void sparseRowsAgreeWithTheLoopWrittenByHand() throws IOException {
    agrees(
        new SparseBenchmark(
            List.of(new SparseProblem(200, 50, 20), new SparseProblem(70_000, 5, 3))),
        2);
  }

  @Test
  void denseRowsAgreeWithTheLoopWrittenByHand() throws IOException {
    agrees(new DenseBenchmark(List.of(new DenseProblem(30, 150, 3, 9, 20))), 1);
  }

  @Test
  void recurrentNetworkAgreesWithTheLoopWrittenByHand() throws IOException {
    agrees(new CubaBenchmark(List.of(new CubaProblem(500, 80, 1, 200))), 1);
  }

  /// As many neurons and synapses as in the published network: about 6 Hz, and a coefficient of
  /// variation of the intervals of about 0.5.
  @Test
  void recurrentNetworkIsActiveAndIrregular() {
    var benchmark = new CubaBenchmark(List.of(new CubaProblem(4000, 80, 1, 1000)));
    BenchmarkCase measured = benchmark.run(ONCE, _ -> {}).cases().getFirst();
    assertEquals("4000x80", measured.name());
    assertEquals(5.75, (double) measured.details().get("rateHz"), 1.25);
    assertEquals(0.525, (double) measured.details().get("meanIntervalVariation"), 0.125);
  }

  @Test
  void adjointsInCAgreeWithTheCompiledNetwork() throws IOException {
    assumeTrue(Backends.all().stream().anyMatch(BenchmarkTest::isNativeAndAvailable));
    BenchmarkResult result = new ShdEventProp().run(new BenchmarkSettings("native", 2, 1), _ -> {});
    assertTrue(result.cases().getFirst().ratioToHandWritten() > 0);
  }

  private static boolean isNativeAndAvailable(Backend backend) {
    return backend.name().equals("native") && backend.availability().isAvailable();
  }
}
