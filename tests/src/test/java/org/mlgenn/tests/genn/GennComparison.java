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

  /// Results that are meant to be others than GeNN's, by case and key, each with the reason.
  private static final Map<String, String> DELIBERATE =
      Map.of(
          "language_scalar scalar|r82", "abs of a real is real, where GeNN truncates it",
          "language_other_ints int64_t|r2", "abs of 64 bits has 64 bits, where GeNN takes 32");

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

  void compare(String key, List<double[]> readings) {
    if (DELIBERATE.containsKey(golden.name() + " " + key)
        || golden.isAffectedByDefect(key)
        || !golden.arrays().containsKey(key)) {
      return;
    }
    NumpyArray expected = golden.array(key);
    int size = readings.stream().mapToInt(reading -> reading.length).sum();
    if (size != expected.size()) {
      differences.add("%s: %d values, expected %d".formatted(key, size, expected.size()));
      return;
    }
    double largest = 0;
    for (int i = 0; i < size; i++) {
      double value = Math.abs(expected.doubleAt(i));
      if (value < Float.MAX_VALUE) {
        largest = Math.max(largest, value);
      }
    }
    boolean isExact = !expected.type().isFloat() || key.endsWith("_t");
    double tolerance = isExact ? 0 : SENSITIVE.getOrDefault(golden.name(), TOLERANCE) * largest;
    int at = 0;
    int wrong = 0;
    String first = "";
    for (double[] reading : readings) {
      for (double value : reading) {
        double wanted = expected.doubleAt(at);
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

  private static boolean agree(double value, double wanted, double tolerance) {
    return Double.compare(value, wanted) == 0
        || value == wanted
        || Double.isNaN(value) && Double.isNaN(wanted)
        || Math.abs(value - wanted) <= tolerance;
  }
}
