package org.genn.engine.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.genn.engine.kernel.Launch;

/// Books the time of kernels on what they belong to.
///
/// A region runs several kernels without waiting in between; its duration is divided among them in
/// proportion to the time that all threads together spent in each.
final class TimeBook {
  private static final int CACHE_LINE = 8;

  private final boolean isEnabled;
  private final Map<Launch.Timer, Entry> entries = new LinkedHashMap<>();

  private static final class Entry {
    double seconds;
  }

  TimeBook(boolean isEnabled) {
    this.isEnabled = isEnabled;
  }

  Region region(List<Launch.Timer> timers, int threads) {
    var targets = new Entry[timers.size()];
    for (int k = 0; k < targets.length; k++) {
      targets[k] = entries.computeIfAbsent(timers.get(k), _ -> new Entry());
    }
    return new Region(targets, threads);
  }

  KernelTimes times(double initialise, double connect, double build) {
    var steps = new LinkedHashMap<String, Double>();
    var updates = new LinkedHashMap<String, CustomUpdateTimes>();
    double trialStart = 0;
    for (var entry : entries.entrySet()) {
      double seconds = entry.getValue().seconds;
      switch (entry.getKey()) {
        case Launch.Timer.Steps(String phases) -> steps.merge(phases, seconds, Double::sum);
        case Launch.Timer.StepPart(Launch.Part part) ->
            steps.merge(part.name(), seconds, Double::sum);
        case Launch.Timer.CustomUpdate(String group) ->
            add(updates, group, new CustomUpdateTimes(seconds, 0, 0, 0));
        case Launch.Timer.CustomUpdateTranspose(String group) ->
            add(updates, group, new CustomUpdateTimes(0, seconds, 0, 0));
        case Launch.Timer.CustomUpdateRemap(String group) ->
            add(updates, group, new CustomUpdateTimes(0, 0, seconds, 0));
        case Launch.Timer.CustomUpdateHost(String group) ->
            add(updates, group, new CustomUpdateTimes(0, 0, 0, seconds));
        case Launch.Timer.TrialStart() -> trialStart += seconds;
        case Launch.Timer.Initialise() -> {} // part of what initialisation takes as a whole
      }
    }
    return new KernelTimes(steps, updates, trialStart, initialise, connect, build);
  }

  private static void add(
      Map<String, CustomUpdateTimes> updates, String group, CustomUpdateTimes times) {
    updates.merge(group, times, CustomUpdateTimes::plus);
  }

  final class Region {
    private final Entry[] targets;
    private final long[] nanos;
    private final int stride;
    private final int threads;

    private Region(Entry[] targets, int threads) {
      this.targets = targets;
      this.threads = threads;
      stride = Math.ceilDiv(this.targets.length, CACHE_LINE) * CACHE_LINE + CACHE_LINE;
      nanos = isEnabled ? new long[stride * threads] : new long[0];
    }

    long begin() {
      return isEnabled ? System.nanoTime() : 0;
    }

    /// Books the time since `from` on launch `index`, and returns the present time.
    long book(int worker, int index, long from) {
      if (!isEnabled) {
        return 0;
      }
      long now = System.nanoTime();
      nanos[worker * stride + index] += now - from;
      return now;
    }

    void end(long start) {
      if (!isEnabled) {
        return;
      }
      double seconds = (System.nanoTime() - start) * 1e-9;
      long total = 0;
      for (long part : nanos) {
        total += part;
      }
      for (int i = 0; i < targets.length; i++) {
        long part = 0;
        for (int worker = 0; worker < threads; worker++) {
          part += nanos[worker * stride + i];
        }
        targets[i].seconds += total == 0 ? seconds / targets.length : seconds * part / total;
      }
      java.util.Arrays.fill(nanos, 0);
    }
  }
}
