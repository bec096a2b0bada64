package org.genn.engine.backend;

import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.TWO;
import static org.genn.engine.backend.Exact.DIGITS;
import static org.genn.engine.snippet.NumericType.DOUBLE;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import org.genn.engine.snippet.NumericType;
import org.genn.feature.Feature;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The stated error bounds of the functions in `double`, against values to 50 digits. (In `float`
/// they are these, rounded. That both back ends give the same bits is `ParityTest`'s.)
@Feature("L18")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ElementaryFunctionsTest {
  private static final int POINTS = 1500;
  private static final List<String> UNARY =
      List.of(
          "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "expm1", "log1p",
          "log10", "cbrt", "asinh", "acosh", "atanh", "exp", "log");
  private static final List<String> BINARY = List.of("pow", "atan2", "hypot");

  private Table table;

  @BeforeAll
  void build() {
    var columns = new ArrayList<Table.Column>();
    for (NumericType type : List.of(DOUBLE, FLOAT)) {
      UNARY.forEach(name -> columns.add(Table.call(type, name, type)));
      BINARY.forEach(name -> columns.add(Table.call(type, name, type, type)));
    }
    table = new Table(POINTS, columns);
  }

  @AfterAll
  void close() {
    table.close();
  }

  private static int column(String name) {
    return UNARY.contains(name) ? UNARY.indexOf(name) : UNARY.size() + BINARY.indexOf(name);
  }

  private double f(String name, double... inputs) {
    return table.at(column(name), inputs);
  }

  private void within(
      double bound, String name, DoubleSupplier points, UnaryOperator<BigDecimal> exact) {
    within(bound, name, points, () -> 0, (x, _) -> exact.apply(x));
  }

  /// Asserts that no point is further off than so many units of the last place.
  private void within(
      double bound,
      String name,
      DoubleSupplier first,
      DoubleSupplier second,
      BinaryOperator<BigDecimal> exact) {
    int column = column(name);
    double[] x = new double[POINTS];
    double[] y = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      x[i] = first.getAsDouble();
      y[i] = second.getAsDouble();
      table.set(column, 0, i, x[i]);
      if (BINARY.contains(name)) {
        table.set(column, 1, i, y[i]);
      }
    }
    table.run(column);
    double worst = 0;
    for (int i = 0; i < POINTS; i++) {
      double off =
          Exact.ulps(table.get(column, i), exact.apply(new BigDecimal(x[i]), new BigDecimal(y[i])));
      if (off > worst) {
        worst = off;
        if (worst > bound) {
          assertTrue(off <= bound, "%s(%s, %s) is %s off".formatted(name, x[i], y[i], off));
        }
      }
    }
    if (Boolean.getBoolean("mlgenn.print")) {
      System.out.printf("%-6s %.3f of %.2f ulp%n", name, worst, bound);
    }
  }

  private static DoubleSupplier uniform(double low, double high) {
    var random = new SplittableRandom(17);
    return () -> random.nextDouble(low, high);
  }

  /// Both signs, sizes between two powers of 10, all orders of magnitude alike.
  private static DoubleSupplier sizes(double lowPower, double highPower) {
    var random = new SplittableRandom(23);
    return () ->
        (random.nextBoolean() ? 1 : -1)
            * StrictMath.pow(10, random.nextDouble(lowPower, highPower));
  }

  private static DoubleSupplier positive(DoubleSupplier values) {
    return () -> Math.abs(values.getAsDouble());
  }

  /// Numbers next to multiples of π/2, where sine or cosine is smallest.
  private static DoubleSupplier nearQuadrants(int largest) {
    var random = new SplittableRandom(5);
    return () -> random.nextInt(1, largest) * (Math.PI / 2);
  }

  private static BigDecimal tangent(BigDecimal x) {
    return Exact.sin(x).divide(Exact.cos(x), DIGITS);
  }

  @Test
  void sineCosineAndTangent() {
    for (DoubleSupplier points :
        List.of(
            uniform(-4, 4),
            uniform(-1e5, 1e5),
            sizes(-9, 5),
            nearQuadrants(60_000),
            nearQuadrants(1 << 30),
            sizes(5, 308))) {
      within(1, "sin", points, Exact::sin);
      within(1, "cos", points, Exact::cos);
      within(2, "tan", points, ElementaryFunctionsTest::tangent);
    }
    // the double closest to a multiple of π/2 of all
    double worst = 0x1.6ac5b262ca1ffp+849;
    within(1, "cos", () -> worst, Exact::cos);
  }

  @Test
  void inverseTrigonometricFunctions() {
    for (DoubleSupplier points : List.of(uniform(-4, 4), sizes(-12, 12))) {
      within(1.5, "atan", points, Exact::atan);
    }
    UnaryOperator<BigDecimal> leg = x -> ONE.subtract(x.multiply(x)).sqrt(DIGITS);
    for (DoubleSupplier points : List.of(uniform(-1, 1), uniform(0.999, 1), sizes(-12, -0.01))) {
      within(3, "asin", points, x -> Exact.atan(x.divide(leg.apply(x), DIGITS)));
      within(
          3,
          "acos",
          points,
          x -> Exact.pi().divide(TWO).subtract(Exact.atan(x.divide(leg.apply(x), DIGITS))));
    }
    for (DoubleSupplier points : List.of(uniform(-4, 4), sizes(-6, 6))) {
      within(
          2.5,
          "atan2",
          points,
          sizes(-3, 3),
          (y, x) -> {
            BigDecimal angle = Exact.atan(y.divide(x, DIGITS));
            return x.signum() > 0
                ? angle
                : y.signum() > 0 ? angle.add(Exact.pi()) : angle.subtract(Exact.pi());
          });
    }
  }

  @Test
  void hyperbolicFunctionsAndTheirInverses() {
    for (DoubleSupplier points :
        List.of(uniform(-2, 2), uniform(-45, 709), uniform(-1, 1), sizes(-9, 1.3))) {
      within(2, "expm1", points, x -> Exact.exp(x).subtract(ONE));
    }
    for (DoubleSupplier points : List.of(uniform(-2, 2), uniform(-710, 710), sizes(-9, 2))) {
      within(3, "sinh", points, x -> Exact.exp(x).subtract(Exact.exp(x.negate())).divide(TWO));
      within(3, "cosh", points, x -> Exact.exp(x).add(Exact.exp(x.negate())).divide(TWO));
    }
    for (DoubleSupplier points : List.of(uniform(-2, 2), uniform(-25, 25), sizes(-9, 1))) {
      within(
          3,
          "tanh",
          points,
          x -> {
            BigDecimal power = Exact.exp(x.multiply(TWO));
            return power.subtract(ONE).divide(power.add(ONE), DIGITS);
          });
      within(
          4,
          "asinh",
          points,
          x -> {
            BigDecimal size = x.abs();
            BigDecimal result =
                Exact.log(size.add(size.multiply(size).add(ONE).sqrt(DIGITS), DIGITS));
            return x.signum() < 0 ? result.negate() : result;
          });
    }
    within(
        4,
        "acosh",
        positive(sizes(0, 12)),
        x -> Exact.log(x.add(x.multiply(x).subtract(ONE).sqrt(DIGITS), DIGITS)));
    within(
        4,
        "atanh",
        uniform(-1, 1),
        x -> Exact.log(ONE.add(x).divide(ONE.subtract(x), DIGITS)).divide(TWO));
  }

  @Test
  void exponentialsLogarithmsAndPowers() {
    within(1, "exp", uniform(-700, 700), Exact::exp);
    within(1, "log", positive(sizes(-300, 300)), Exact::log);
    within(1, "log", uniform(0.3, 3), Exact::log);
    for (DoubleSupplier points :
        List.of(uniform(-0.9, 3), sizes(-14, -0.1), positive(sizes(-3, 300)))) {
      within(2, "log1p", points, x -> Exact.log(ONE.add(x)));
    }
    BigDecimal ten = Exact.log(BigDecimal.TEN);
    for (DoubleSupplier points : List.of(uniform(0.3, 3), positive(sizes(-320, 308)))) {
      within(1, "log10", points, x -> Exact.log(x).divide(ten, DIGITS));
    }
    BinaryOperator<BigDecimal> power = (x, y) -> Exact.exp(y.multiply(Exact.log(x), DIGITS));
    within(1, "pow", uniform(0.2, 5), uniform(-300, 300), power);
    within(1, "pow", positive(sizes(-6, 6)), uniform(-50, 50), power);
    within(1, "pow", positive(sizes(-290, 290)), uniform(-1, 1), power);
    within(1, "pow", uniform(0.9999, 1.0001), uniform(-1e6, 1e6), power);
  }

  @Test
  void rootsOfSums() {
    // off by d in a cube root is off by 3 d t² in its cube
    within(
        1,
        "cbrt",
        sizes(-300, 300),
        x -> {
          BigDecimal t = new BigDecimal(StrictMath.cbrt(x.doubleValue()));
          BigDecimal square = t.multiply(t);
          return t.add(
              x.subtract(square.multiply(t))
                  .divide(square.multiply(BigDecimal.valueOf(3)), DIGITS));
        });
    for (DoubleSupplier points : List.of(uniform(-4, 4), sizes(-3, 3))) {
      within(
          1.5,
          "hypot",
          points,
          sizes(-2, 2),
          (x, y) -> x.multiply(x).add(y.multiply(y)).sqrt(DIGITS));
    }
    assertEquals(5.0e200, f("hypot", 3e200, 4e200), Math.ulp(5e200));
    assertEquals(5.0e-200, f("hypot", -3e-200, 4e-200), Math.ulp(5e-200));
    assertEquals(Double.MIN_VALUE, f("hypot", Double.MIN_VALUE, 0));
    assertEquals(StrictMath.cbrt(Double.MIN_VALUE), f("cbrt", Double.MIN_VALUE));
  }

  @Test
  void whatIsExactComesOutExact() {
    for (int n = -300; n <= 300; n++) {
      assertEquals(n, f("log10", Double.parseDouble("1e" + n)), n < 0 ? Math.ulp(n) : 0);
    }
    for (int base = 2; base < 40; base++) {
      BigDecimal power = ONE;
      for (int n = 1; power.doubleValue() * base <= 0x1p53; n++) {
        power = power.multiply(BigDecimal.valueOf(base));
        assertEquals(power.doubleValue(), f("pow", base, n));
        assertEquals((n & 1) == 0 ? power.doubleValue() : -power.doubleValue(), f("pow", -base, n));
      }
      assertEquals(base, f("cbrt", base * base * base));
      assertEquals(base, f("pow", base * base, 0.5));
    }
  }

  @Test
  void specialValuesAreThoseOfJava() {
    double[] values = {
      0.0,
      -0.0,
      1,
      -1,
      2,
      -3,
      0.5,
      -0.5,
      1e300,
      -1e300,
      1e-310,
      -1e-310,
      Double.MAX_VALUE,
      Double.MIN_VALUE,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NaN
    };
    for (double x : values) {
      same(StrictMath.sin(x), "sin", x);
      same(StrictMath.cos(x), "cos", x);
      same(StrictMath.tan(x), "tan", x);
      same(StrictMath.asin(x), "asin", x);
      same(StrictMath.acos(x), "acos", x);
      same(StrictMath.atan(x), "atan", x);
      same(StrictMath.sinh(x), "sinh", x);
      same(StrictMath.cosh(x), "cosh", x);
      same(StrictMath.tanh(x), "tanh", x);
      same(StrictMath.expm1(x), "expm1", x);
      same(StrictMath.log1p(x), "log1p", x);
      same(StrictMath.log10(x), "log10", x);
      same(StrictMath.cbrt(x), "cbrt", x);
      for (double y : values) {
        same(StrictMath.atan2(x, y), "atan2", x, y);
        same(StrictMath.hypot(x, y), "hypot", x, y);
        boolean isC = x == 1 || (x == -1 && Double.isInfinite(y));
        same(isC ? 1 : StrictMath.pow(x, y), "pow", x, y);
      }
    }
  }

  /// Zeros, infinities and NaN exactly, others nearly.
  private void same(double expected, String name, double... inputs) {
    double actual = f(name, inputs);
    String where = name + java.util.Arrays.toString(inputs);
    if (expected == 0 || Double.isInfinite(expected) || Double.isNaN(expected)) {
      assertEquals(expected, actual, where);
    } else {
      assertEquals(expected, actual, 4 * Math.ulp(expected), where);
    }
  }
}
