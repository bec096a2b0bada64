package org.mlgenn.tests.golden;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;

/// The largest deviations of a case, by what was compared.
final class Deviations {
  /// Of voltages and of Adam, relative to the largest value: a few units of the last place.
  static final double TIGHT = 1e-6;

  /// Of sums over many steps: the order of additions differs.
  static final double SUMS = 1e-5;

  private record Limit(double found, double allowed) {}

  private final Map<String, Limit> limits = new TreeMap<>();

  /// Compares arrays relative to the largest expected value of this one.
  void compare(String what, float[] expected, float[] found, double allowed) {
    compare(what, expected, found, largest(expected), allowed);
  }

  void compare(String what, float[] expected, float[] found, double scale, double allowed) {
    double deviation = expected.length == found.length ? 0 : Double.POSITIVE_INFINITY;
    for (int index = 0; index < Math.min(expected.length, found.length); index++) {
      double difference = Math.abs((double) expected[index] - found[index]);
      double relative = difference == 0 ? 0 : difference / scale;
      deviation = Math.max(deviation, Double.isNaN(relative) ? Double.POSITIVE_INFINITY : relative);
    }
    double worst = Math.max(deviation, limits.getOrDefault(what, new Limit(0, 0)).found());
    limits.put(what, new Limit(worst, allowed));
  }

  /// Exact equality.
  void same(String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      limits.put(what, new Limit(Double.POSITIVE_INFINITY, 0));
    } else {
      limits.putIfAbsent(what, new Limit(0, 0));
    }
  }

  static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      if (value > -Float.MAX_VALUE) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  void check(String name) {
    boolean isMet = limits.values().stream().allMatch(limit -> limit.found() <= limit.allowed());
    assertTrue(isMet, () -> name + "\n" + this);
    assertTrue(!limits.isEmpty(), () -> name + ": nothing was compared");
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    limits.forEach(
        (what, limit) ->
            text.append(
                "  %s: %.2e, allowed %.0e%s%n"
                    .formatted(
                        what,
                        limit.found(),
                        limit.allowed(),
                        limit.found() <= limit.allowed() ? "" : "  <-- too far")));
    return text.toString();
  }
}
