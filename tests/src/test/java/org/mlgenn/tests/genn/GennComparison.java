package org.mlgenn.tests.genn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mlgenn.serialisers.NumpyArray;

/// Compares readings with results of GeNN: integers exactly, reals within `TOLERANCE` of the
/// largest value of the array.
final class GennComparison {
  /// Functions such as `exp` are our own here, the C library's there; what differs is their last
  /// bit.
  private static final double TOLERANCE = 1e-5;

  private static final String LOST_DYNAMICS =
      "with a delay, GeNN's spike code starts from the value before this step's dynamics code";

  private static final String WRAPPED =
      "GeNN takes the first row of its ring for the oldest step, also where the ring has wrapped";

  /// Results that are meant to be others than GeNN's, by case and start of the key, each with the
  /// reason.
  private static final Map<String, String> DELIBERATE =
      Map.ofEntries(
          Map.entry(
              "cu_neuron pre.prev_spike_times",
              "the newest slot of a delayed population has the time a step late in GeNN"),
          Map.entry("language_scalar scalar|r82", "abs of a real is real, where GeNN truncates it"),
          Map.entry(
              "language_other_ints int64_t|r2", "abs of 64 bits has 64 bits, where GeNN takes 32"),
          Map.entry("delay_pre_post_vars s0.", LOST_DYNAMICS),
          Map.entry("delay_pre_post_vars s1.", LOST_DYNAMICS),
          Map.entry("delay_pre_post_vars_fused s0.", LOST_DYNAMICS),
          Map.entry("delay_pre_post_vars_fused s1.", LOST_DYNAMICS),
          Map.entry("recording_twice pre.spikes.third", WRAPPED),
          Map.entry("recording_twice post.spikes.third", WRAPPED),
          Map.entry("recording_twice s.pre_events.third", WRAPPED),
          Map.entry("delay_subscripts s0.u", LOST_DYNAMICS),
          Map.entry("delay_subscripts s1.u", LOST_DYNAMICS),
          Map.entry("delay_subscripts s0.tr", LOST_DYNAMICS));

  /// Where a difference in the last bit grows, by case: the bound.
  private static final Map<String, Double> SENSITIVE =
      // `exp` in every rate, 25 times per step; the upstroke of an action potential makes 0.04 mV
      // of a shift by some hundred nanoseconds
      Map.of("neuron_traub_miles", 1e-3);

  private final GennCase golden;
  private final List<String> differences = new ArrayList<>();

  GennComparison(GennCase golden) {
    this.golden = golden;
  }

  List<String> differences() {
    return differences;
  }

  /// Compares readings that have no delay slots.
  void compare(String key, List<double[]> readings) {
    compare(key, readings, List.of());
  }

  /// Compares readings. Where GeNN's have all slots of a delayed variable, the slot that was
  /// written last is compared: the one of the number of steps, in turn.
  ///
  /// @param steps that were done before each reading since the model was loaded
  void compare(String key, List<double[]> readings, List<Long> steps) {
    if (isDeliberate(key) || golden.isAffectedByDefect(key) || !golden.arrays().containsKey(key)) {
      return;
    }
    NumpyArray expected = golden.array(key);
    int size = readings.stream().mapToInt(reading -> reading.length).sum();
    boolean hasSlots = size > 0 && !steps.isEmpty() && expected.size() % size == 0;
    int slots = hasSlots ? expected.size() / size : 1;
    if (size * slots != expected.size()) {
      differences.add("%s: %d values, expected %d".formatted(key, size, expected.size()));
      return;
    }
    double largest = largest(expected);
    boolean isExact = !expected.type().isFloat() || key.endsWith("_t");
    double tolerance = isExact ? 0 : SENSITIVE.getOrDefault(golden.name(), TOLERANCE) * largest;
    int at = 0;
    int wrong = 0;
    String first = "";
    for (int r = 0; r < readings.size(); r++) {
      double[] reading = readings.get(r);
      int slot = slots == 1 ? 0 : (int) (steps.get(r) % slots);
      int start = (r * slots + slot) * reading.length;
      for (int i = 0; i < reading.length; i++) {
        double value = reading[i];
        double wanted = expected.doubleAt(start + i);
        if (!agree(value, wanted, tolerance)) {
          if (wrong++ == 0) {
            first =
                "first at %d of %d per reading: %s, expected %s"
                    .formatted(at, reading.length, value, wanted);
          }
        }
        at++;
      }
    }
    if (wrong > 0) {
      differences.add("%s: %d of %d differ, %s".formatted(key, wrong, size, first));
    }
  }

  /// Compares readings of all delay slots, as far as both have them.
  ///
  /// @param readings slot by slot, newest first
  /// @param steps that were done before each reading since the model was loaded
  void compareSlots(String key, int slots, List<double[]> readings, List<Long> steps) {
    if (isDeliberate(key) || golden.isAffectedByDefect(key) || !golden.arrays().containsKey(key)) {
      return;
    }
    NumpyArray expected = golden.array(key);
    int elements = readings.getFirst().length / slots;
    int expectedSlots = expected.size() / (readings.size() * elements);
    if (expectedSlots < 2) {
      return;
    }
    double largest = largest(expected);
    for (int r = 0; r < readings.size(); r++) {
      for (int delay = 0; delay < Math.min(slots, expectedSlots); delay++) {
        int slot = (int) Math.floorMod(steps.get(r) - delay, (long) expectedSlots);
        for (int i = 0; i < elements; i++) {
          double value = readings.get(r)[delay * elements + i];
          double wanted = expected.doubleAt((r * expectedSlots + slot) * elements + i);
          if (!agree(value, wanted, TOLERANCE * largest)) {
            differences.add(
                "%s: delay %d after %d steps: %s, expected %s"
                    .formatted(key, delay, steps.get(r), value, wanted));
            return;
          }
        }
      }
    }
  }

  private static double largest(NumpyArray expected) {
    double largest = 0;
    for (int i = 0; i < expected.size(); i++) {
      double value = Math.abs(expected.doubleAt(i));
      if (value < Float.MAX_VALUE) {
        largest = Math.max(largest, value);
      }
    }
    return largest;
  }

  private boolean isDeliberate(String key) {
    return DELIBERATE.keySet().stream().anyMatch((golden.name() + " " + key)::startsWith);
  }

  private static boolean agree(double value, double wanted, double tolerance) {
    return Double.compare(value, wanted) == 0
        || value == wanted
        || Double.isNaN(value) && Double.isNaN(wanted)
        || Math.abs(value - wanted) <= tolerance;
  }
}
