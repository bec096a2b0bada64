package org.genn.engine.backend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntToDoubleFunction;

/// Pearson's test of counts against the probabilities that a distribution gives them.
public final class ChiSquare {
  private ChiSquare() {}

  /// The probability of `n` where `mean` are expected.
  public static double poisson(double mean, int n) {
    double logFactorial = 0;
    for (int k = 2; k <= n; k++) {
      logFactorial += Math.log(k);
    }
    return Math.exp(n * Math.log(mean) - mean - logFactorial);
  }

  /// Fails when the counts deviate more than in one of about a million samples. Neighbouring values
  /// are taken together until at least ten are expected, so both tails are tested too.
  ///
  /// @param counts of the values 0, 1 …; the last one counts all greater ones as well
  public static void check(String what, long[] counts, IntToDoubleFunction probability) {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    double sum = 0;
    int classes = 0;
    double expected = 0;
    double found = 0;
    double left = 1;
    for (int value = 0; value < counts.length; value++) {
      double p = value == counts.length - 1 ? left : probability.applyAsDouble(value);
      left -= p;
      expected += p * total;
      found += counts[value];
      boolean isLast = value == counts.length - 1;
      if ((expected >= 10 && left * total >= 10) || isLast) {
        sum += (found - expected) * (found - expected) / Math.max(expected, 1e-9);
        classes++;
        expected = 0;
        found = 0;
      }
    }
    // Wilson and Hilferty (1931): the cube root of chi-square per degree of freedom is nearly
    // normal.
    int degrees = classes - 1;
    double z =
        (Math.cbrt(sum / degrees) - (1 - 2.0 / (9 * degrees))) / Math.sqrt(2.0 / (9 * degrees));
    assertTrue(
        z < 4.75, "%s: chi-square %.1f of %d degrees, z %.2f".formatted(what, sum, degrees, z));
  }
}
