package org.mlgenn.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The engine and a loop written by hand at the same work.
///
/// The two take turns, so that whatever else the machine does hits both; both have the same
/// threads. Before anything is measured and after it they must have computed the same bits.
///
/// @param name of the case; empty where a benchmark has but one
/// @param details what is worth knowing besides
record Contest(String name, Contestant engine, HandWritten written, Map<String, Object> details) {
  private static final int WARM_UP = 5;
  private static final long WARM_UP_NANOS = 1_000_000_000;

  /// The engine's side.
  interface Contestant {
    /// One repetition.
    void run();

    /// Spikes since the start, or -1 where they are not counted.
    long spikes();

    /// The variable that is compared, `(batch, neuron)`.
    float[] state();
  }

  BenchmarkCase measure(BenchmarkSettings settings, String benchmark, Consumer<String> log) {
    engine.run();
    written.run();
    check(benchmark);
    long begin = System.nanoTime();
    for (int repetition = 0; repetition < WARM_UP || isEarly(begin, settings); repetition++) {
      engine.run();
      written.run();
    }
    List<Long> engineNanos = new ArrayList<>();
    List<Long> writtenNanos = new ArrayList<>();
    long spikes = written.spikes();
    for (int repetition = 0; repetition < settings.repetitions(); repetition++) {
      long start = System.nanoTime();
      engine.run();
      long middle = System.nanoTime();
      written.run();
      long end = System.nanoTime();
      engineNanos.add(middle - start);
      writtenNanos.add(end - middle);
    }
    check(benchmark);
    var all = new LinkedHashMap<>(details);
    all.put("spikesPerRepetition", (written.spikes() - spikes) / settings.repetitions());
    var result =
        new BenchmarkCase(
            name, Timing.ofNanos(engineNanos), Optional.of(Timing.ofNanos(writtenNanos)), all);
    log.accept(
        String.format(
            Locale.ROOT,
            "%s: %d repetitions, ratio %.2f",
            (benchmark + " " + name).strip(),
            settings.repetitions(),
            result.ratioToHandWritten()));
    return result;
  }

  private static boolean isEarly(long begin, BenchmarkSettings settings) {
    return settings.repetitions() > 1 && System.nanoTime() - begin < WARM_UP_NANOS;
  }

  private void check(String benchmark) {
    boolean isEqual = Arrays.equals(engine.state(), written.state());
    boolean hasSpikes = engine.spikes() >= 0;
    if (!isEqual || (hasSpikes && engine.spikes() != written.spikes())) {
      throw new IllegalStateException(
          "%s %s: the engine and the loop written by hand do not compute the same: %d and %d spikes, %s states"
              .formatted(
                  benchmark,
                  name,
                  engine.spikes(),
                  written.spikes(),
                  isEqual ? "equal" : "different"));
    }
  }
}
