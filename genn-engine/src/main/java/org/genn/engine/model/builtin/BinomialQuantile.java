package org.genn.engine.model.builtin;

/// The inverse of the binomial distribution function, accurate far out in the upper tail.
public final class BinomialQuantile {
  private static final double NEGLIGIBLE = 1e-12;

  private BinomialQuantile() {}

  /// The smallest `k` with `P(X ≤ k) ≥ q` for a binomial `X` of `n` trials.
  public static int of(double q, long n, double p) {
    requireProbability("quantile", q);
    requireProbability("probability", p);
    if (n < 0) {
      throw new IllegalArgumentException("binomial: trials must not be negative, got " + n);
    }
    if (p == 1 || q == 1) {
      return Math.toIntExact(n);
    }
    if (p == 0 || n == 0 || q == 0) {
      return 0;
    }
    return q < 0.5 ? fromBelow(q, n, p) : fromAbove(1 - q, n, p);
  }

  private static void requireProbability(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "binomial: %s must be from 0 to 1, got %s".formatted(what, value));
    }
  }

  private static int fromAbove(double tail, long n, double p) {
    double odds = p / (1 - p);
    long k = mode(n, p);
    double mass = mass(k, n, p);
    while (k < n && mass > tail * NEGLIGIBLE) {
      mass *= (n - k) / (k + 1.0) * odds;
      k++;
    }
    double above = 0; // P(X > k)
    while (k >= 0 && above + mass <= tail) {
      above += mass;
      mass *= k / ((n - k + 1.0) * odds);
      k--;
    }
    return Math.toIntExact(Math.max(k, 0));
  }

  private static int fromBelow(double q, long n, double p) {
    double odds = p / (1 - p);
    long k = mode(n, p);
    double mass = mass(k, n, p);
    while (k > 0 && mass > q * NEGLIGIBLE) {
      mass *= k / ((n - k + 1.0) * odds);
      k--;
    }
    double below = mass; // P(X <= k)
    while (k < n && below < q) {
      mass *= (n - k) / (k + 1.0) * odds;
      k++;
      below += mass;
    }
    return Math.toIntExact(k);
  }

  /// The most frequent value.
  public static long mode(long n, double p) {
    return Math.clamp((long) ((n + 1) * p), 0, n);
  }

  /// Probability of `k` successes.
  public static double mass(long k, long n, double p) {
    return StrictMath.exp(
        logFactorial(n)
            - logFactorial(k)
            - logFactorial(n - k)
            + k * StrictMath.log(p)
            + (n - k) * StrictMath.log1p(-p));
  }

  /// Stirling's series, which is accurate to 1e-16 relative from 20 on.
  private static double logFactorial(long n) {
    if (n < 20) {
      double product = 1;
      for (long k = 2; k <= n; k++) {
        product *= k;
      }
      return StrictMath.log(product);
    }
    double x = n + 1.0;
    double inverse = 1 / (x * x);
    double series =
        (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680))) / x;
    return (x - 0.5) * StrictMath.log(x) - x + 0.5 * StrictMath.log(2 * Math.PI) + series;
  }
}
