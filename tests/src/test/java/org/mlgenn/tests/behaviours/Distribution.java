package org.mlgenn.tests.behaviours;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/// Cumulative distribution functions, and how likely samples are to follow them.
final class Distribution {
  private Distribution() {}

  static double uniform(double x) {
    return Math.clamp(x, 0, 1);
  }

  /// `Φ(x) = 1/2 + φ(x) · Σ x^(2k+1) / (1 · 3 · 5 ⋯ (2k+1))`.
  ///
  /// @see <a href="https://doi.org/10.18637/jss.v011.i04">Marsaglia (2004)</a>
  static double normal(double x) {
    if (Math.abs(x) > 8) {
      return x < 0 ? 0 : 1;
    }
    double term = x;
    double sum = x;
    for (int k = 3; sum + term != sum; k += 2) {
      term *= x * x / k;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }

  static double exponential(double x) {
    return -Math.expm1(-x);
  }

  /// Of shape 4 and scale 1.
  static double gamma4(double x) {
    return 1 - Math.exp(-x) * (1 + x * (1 + x * (0.5 + x / 6)));
  }

  /// The probability that samples of the distribution are as far from it as these are: the
  /// asymptotic test of Kolmogorov and Smirnov.
  static double likelihood(double[] samples, DoubleUnaryOperator distribution) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double distance = 0;
    for (int i = 0; i < n; i++) {
      double expected = distribution.applyAsDouble(sorted[i]);
      distance = Math.max(distance, expected - (double) i / n);
      distance = Math.max(distance, (i + 1.0) / n - expected);
    }
    double scaled = distance * (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n));
    double sum = 0;
    for (int k = 1; k < 100; k++) {
      sum += (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * scaled * scaled);
    }
    return Math.clamp(sum, 0, 1);
  }

  /// The probability that `χ²` of so many degrees of freedom is at least `value`, for at least 30
  /// degrees: the approximation of Wilson and Hilferty.
  static double chiSquareLikelihood(double value, int degrees) {
    double variance = 2.0 / (9 * degrees);
    double z = (Math.cbrt(value / degrees) - (1 - variance)) / Math.sqrt(variance);
    return 1 - normal(z);
  }
}
