package org.genn.engine.backend;

import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/// Functions of real numbers to 50 digits, by series that have nothing in common with the engine's.
final class Exact {
  static final MathContext DIGITS = new MathContext(60);

  /// π by Machin's formula, long enough to tell the quadrant of the largest `double`.
  private static final BigDecimal PI =
      BigDecimal.valueOf(16)
          .multiply(inverseTangent(5))
          .subtract(BigDecimal.valueOf(4).multiply(inverseTangent(239)));

  private static final BigDecimal HALF_PI = PI.divide(BigDecimal.TWO);

  private Exact() {}

  /// atan(1 / n) to 420 places.
  private static BigDecimal inverseTangent(int n) {
    BigInteger unit = BigInteger.TEN.pow(420);
    BigInteger power = unit.divide(BigInteger.valueOf(n));
    BigInteger sum = power;
    for (int k = 3; power.signum() != 0; k += 2) {
      power = power.divide(BigInteger.valueOf(-(long) n * n));
      sum = sum.add(power.divide(BigInteger.valueOf(k)));
    }
    return new BigDecimal(sum, 420);
  }

  static BigDecimal exp(BigDecimal x) {
    BigDecimal small = x.divide(BigDecimal.valueOf(1L << 16), DIGITS);
    BigDecimal sum = ONE;
    BigDecimal term = ONE;
    for (int k = 1; k < 30; k++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int k = 0; k < 16; k++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  /// One step from the `double` result: with `r = x e^-y - 1` it is `y + r - r²/2 + r³/3 - …`.
  static BigDecimal log(BigDecimal x) {
    BigDecimal y = new BigDecimal(StrictMath.log(x.doubleValue()));
    BigDecimal r = x.multiply(exp(y.negate()), DIGITS).subtract(ONE);
    BigDecimal sum = y;
    BigDecimal power = r;
    for (int k = 1; k < 5; k++) {
      sum = sum.add(power.divide(BigDecimal.valueOf(k), DIGITS), DIGITS);
      power = power.multiply(r.negate(), DIGITS);
    }
    return sum;
  }

  static BigDecimal sin(BigDecimal x) {
    return sine(x, 0);
  }

  static BigDecimal cos(BigDecimal x) {
    return sine(x, 1);
  }

  private static BigDecimal sine(BigDecimal x, int quadrants) {
    BigInteger n = x.divide(HALF_PI, 0, RoundingMode.HALF_EVEN).toBigInteger();
    BigDecimal r = x.subtract(HALF_PI.multiply(new BigDecimal(n))).round(DIGITS);
    int quadrant = n.add(BigInteger.valueOf(quadrants)).and(BigInteger.valueOf(3)).intValue();
    BigDecimal square = r.multiply(r, DIGITS).negate();
    BigDecimal term = (quadrant & 1) == 0 ? r : ONE;
    BigDecimal sum = ZERO;
    for (int k = quadrant & 1; k < 60; k += 2) {
      sum = sum.add(term, DIGITS);
      int next = (quadrant & 1) == 0 ? (k + 2) * (k + 3) : k * (k + 1);
      term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf(next), DIGITS);
    }
    return quadrant < 2 ? sum : sum.negate();
  }

  /// One step from the `double` result.
  static BigDecimal atan(BigDecimal x) {
    BigDecimal y = new BigDecimal(StrictMath.atan(x.doubleValue()));
    BigDecimal tangent = sin(y).divide(cos(y), DIGITS);
    BigDecimal d = x.subtract(tangent).divide(ONE.add(x.multiply(tangent, DIGITS), DIGITS), DIGITS);
    return y.add(d).subtract(d.pow(3, DIGITS).divide(BigDecimal.valueOf(3), DIGITS), DIGITS);
  }

  static BigDecimal pi() {
    return PI.round(DIGITS);
  }

  /// How far a result is off, in units of the last place of the exact value.
  static double ulps(double actual, BigDecimal exact) {
    double unit = Math.ulp(exact.doubleValue());
    return new BigDecimal(actual)
        .subtract(exact)
        .abs()
        .divide(new BigDecimal(unit), new MathContext(5))
        .doubleValue();
  }
}
