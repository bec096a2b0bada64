package org.genn.engine.backend;

import static org.genn.engine.snippet.NumericType.DOUBLE;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.genn.engine.snippet.NumericType.INT32;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.genn.engine.snippet.FunctionLibrary;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.feature.Feature;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Feature("L18")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FunctionLibraryTest {
  private static final int LENGTH = 4096;
  private static final List<String> UNARY =
      List.of(
          "exp", "log", "tanh", "exp2", "log2", "erf", "erfc", "tgamma", "lgamma", "asinh", "acosh",
          "atanh", "round", "trunc", "sin", "expm1", "sqrt", "floor", "cbrt", "log10", "rint");
  private static final List<String> BINARY =
      List.of(
          "pow",
          "fmod",
          "remainder",
          "fdim",
          "fmax",
          "fmin",
          "copysign",
          "hypot",
          "atan2",
          "nextafter");

  private Table table;
  private final List<String> names = new ArrayList<>();

  @BeforeAll
  void build() {
    var columns = new ArrayList<Table.Column>();
    for (NumericType type : List.of(FLOAT, DOUBLE)) {
      for (String function : UNARY) {
        names.add(function + " " + type);
        columns.add(Table.call(type, function, type));
      }
      for (String function : BINARY) {
        names.add(function + " " + type);
        columns.add(Table.call(type, function, type, type));
      }
      names.add("ilogb " + type);
      columns.add(Table.call(INT32, "ilogb", type));
      names.add("scalbn " + type);
      columns.add(Table.call(type, "scalbn", type, INT32));
    }
    table = new Table(LENGTH, columns);
  }

  @AfterAll
  void close() {
    table.close();
  }

  private int column(String function, NumericType type) {
    int column = names.indexOf(function + " " + type);
    assertTrue(column >= 0, function);
    return column;
  }

  private double f(String function, double... inputs) {
    return table.at(column(function, FLOAT), inputs);
  }

  private double d(String function, double... inputs) {
    return table.at(column(function, DOUBLE), inputs);
  }

  /// The largest error in units of the result's last place, over values spread evenly between two
  /// bounds.
  private double worst(
      String function,
      NumericType type,
      double low,
      double high,
      int blocks,
      DoubleUnaryOperator exact) {
    int column = column(function, type);
    double worst = 0;
    double[] inputs = new double[LENGTH];
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < LENGTH; i++) {
        double x =
            low + (high - low) * ((double) block * LENGTH + i + 0.37) / ((double) blocks * LENGTH);
        inputs[i] = type == FLOAT ? (float) x : x;
        table.set(column, 0, i, inputs[i]);
      }
      table.run(column);
      for (int i = 0; i < LENGTH; i++) {
        double expected = exact.applyAsDouble(inputs[i]);
        double unit = type == FLOAT ? Math.ulp((float) expected) : Math.ulp(expected);
        worst = Math.max(worst, Math.abs(table.get(column, i) - expected) / unit);
      }
    }
    return worst;
  }

  @Test
  void floatExpIsWithinOneUlpOverItsWholeRange() {
    assertTrue(worst("exp", FLOAT, -87.3, 88.7, 500, StrictMath::exp) < 1.0);
    assertTrue(worst("exp", FLOAT, -103.9, -87.3, 100, StrictMath::exp) < 1.0);
    assertTrue(worst("exp", FLOAT, -1e-3, 1e-3, 50, StrictMath::exp) < 1.0);
  }

  @Test
  void expOfSpecialValues() {
    for (var type : List.of(FLOAT, DOUBLE)) {
      int exp = column("exp", type);
      assertEquals(1.0, table.at(exp, 0.0));
      assertEquals(1.0, table.at(exp, -0.0));
      assertEquals(1.0, table.at(exp, Double.MIN_VALUE));
      assertEquals(Double.POSITIVE_INFINITY, table.at(exp, Double.POSITIVE_INFINITY));
      assertEquals(0.0, table.at(exp, Double.NEGATIVE_INFINITY));
      assertEquals(Double.NaN, table.at(exp, Double.NaN));
      assertEquals(Double.POSITIVE_INFINITY, table.at(exp, type == FLOAT ? 88.7229 : 709.79));
      assertEquals(0.0, table.at(exp, type == FLOAT ? -103.99 : -745.2));
      assertEquals(Double.POSITIVE_INFINITY, table.at(exp, 1e30));
      assertEquals(0.0, table.at(exp, -1e30));
    }
    assertEquals(Float.MIN_VALUE, f("exp", -103.2));
  }

  @Test
  void doubleExpAndLogAreWithinOneUlpOfAnUlpAccurateReference() {
    assertTrue(worst("exp", DOUBLE, -708, 709.7, 100, StrictMath::exp) <= 2.0);
    assertTrue(worst("exp", DOUBLE, -1, 1, 100, StrictMath::exp) <= 2.0);
    assertTrue(worst("log", DOUBLE, 1e-300, 1e300, 100, StrictMath::log) <= 2.0);
    assertTrue(worst("log", DOUBLE, 0.2, 3, 200, StrictMath::log) <= 2.0);
    assertTrue(worst("log", DOUBLE, 1e-315, 1e-309, 10, StrictMath::log) <= 2.0);
  }

  @Test
  void floatLogTanhAndPowRoundNearlyExactly() {
    assertTrue(worst("log", FLOAT, 0.1, 4, 200, StrictMath::log) < 0.51);
    assertTrue(worst("log", FLOAT, 1e-38, 3e38, 100, StrictMath::log) < 0.51);
    assertTrue(worst("log", FLOAT, 1e-45, 1e-38, 20, StrictMath::log) < 0.51);
    assertTrue(worst("tanh", FLOAT, -12, 12, 200, StrictMath::tanh) < 0.51);
    assertTrue(worst("tanh", FLOAT, -2e-4, 2e-4, 50, StrictMath::tanh) < 0.51);
    for (int i = 0; i < 2000; i++) {
      float x = (float) StrictMath.exp((i * 7919 % 1000 - 500) * 0.05);
      float y = (i * 7127 % 2000 - 1000) * 0.003f;
      double expected = StrictMath.pow(x, y);
      if (expected < Float.MAX_VALUE && expected > Float.MIN_NORMAL) {
        assertEquals(expected, f("pow", x, y), 0.51 * Math.ulp((float) expected), x + "^" + y);
      }
    }
  }

  @Test
  void logOfSpecialValues() {
    for (var type : List.of(FLOAT, DOUBLE)) {
      int log = column("log", type);
      assertEquals(0.0, table.at(log, 1.0));
      assertEquals(Double.NEGATIVE_INFINITY, table.at(log, 0.0));
      assertEquals(Double.NEGATIVE_INFINITY, table.at(log, -0.0));
      assertEquals(Double.NaN, table.at(log, -1.0));
      assertEquals(Double.NaN, table.at(log, Double.NaN));
      assertEquals(Double.POSITIVE_INFINITY, table.at(log, Double.POSITIVE_INFINITY));
    }
  }

  @Test
  void powFollowsC() {
    for (var type : List.of(FLOAT, DOUBLE)) {
      int pow = column("pow", type);
      double infinity = Double.POSITIVE_INFINITY;
      assertEquals(1.0, table.at(pow, Double.NaN, 0));
      assertEquals(1.0, table.at(pow, 1, Double.NaN));
      assertEquals(1.0, table.at(pow, -1, infinity));
      assertEquals(-8.0, table.at(pow, -2, 3));
      assertEquals(4.0, table.at(pow, -2, 2));
      assertEquals(Double.NaN, table.at(pow, -2, 0.5));
      assertEquals(-infinity, table.at(pow, -0.0, -3));
      assertEquals(infinity, table.at(pow, 0.0, -2));
      assertEquals(0.0, table.at(pow, 0.0, 2));
      assertEquals(-0.0, table.at(pow, -0.0, 3));
      assertEquals(infinity, table.at(pow, 0.5, -infinity));
      assertEquals(-infinity, table.at(pow, -infinity, 3));
      assertEquals(infinity, table.at(pow, -infinity, 2.5));
      assertEquals(1024.0, table.at(pow, 2, 10));
    }
  }

  @Test
  void errorFunctionsAgreeWithAnIndependentIntegral() {
    // Gauss-Legendre panels of 2/sqrt(pi) exp(-t^2)
    DoubleUnaryOperator erf =
        x -> Integral.of(t -> 2 / Math.sqrt(Math.PI) * StrictMath.exp(-t * t), 0, x);
    // the integral itself is several units off
    assertEquals(0, worst("erf", DOUBLE, 0.01, 5, 1, erf), 24);
    assertTrue(worst("erf", FLOAT, -5, 5, 1, erf) < 0.51);
    // erfc(x) = 2/sqrt(pi) exp(-x^2) ∫ exp(-u^2 - 2xu) du, which does not cancel
    DoubleUnaryOperator erfc =
        x -> {
          double head = (float) x;
          double outer =
              StrictMath.exp(-head * head)
                  * StrictMath.exp(-(x - head) * (x + head))
                  * 2
                  / Math.sqrt(Math.PI);
          return outer * Integral.of(u -> StrictMath.exp(-u * (u + 2 * x)), 0, Math.min(7, 25 / x));
        };
    assertEquals(0, worst("erfc", DOUBLE, 0.3, 25, 1, erfc), 16);
    assertEquals(2.0, d("erfc", -7));
    assertEquals(0.0, d("erfc", 30));
    assertEquals(1.0, d("erf", 7));
    assertEquals(-1.0, f("erf", -7));
    assertEquals(Double.NaN, d("erf", Double.NaN));
  }

  @Test
  void gammaFunctionsHaveKnownValues() {
    assertEquals(24.0, d("tgamma", 5));
    assertEquals(6.0, f("tgamma", 4));
    double root = Math.sqrt(Math.PI);
    assertUlps(root, d("tgamma", 0.5), 12);
    assertUlps(root * 0.5, d("tgamma", 1.5), 12);
    assertUlps(-2 * root, d("tgamma", -0.5), 12);
    // 49!! sqrt(pi) / 2^25
    double doubleFactorial = 1;
    for (int k = 3; k < 50; k += 2) {
      doubleFactorial *= k;
    }
    assertUlps(doubleFactorial * root / (1 << 25), d("tgamma", 25.5), 12);
    assertEquals(Double.POSITIVE_INFINITY, d("tgamma", 172));
    assertEquals(Double.NaN, d("tgamma", -3));
    assertEquals(Double.NEGATIVE_INFINITY, d("tgamma", -0.0));
    assertEquals(0.5 * Math.log(Math.PI), d("lgamma", 0.5), 1e-14);
    assertEquals(0, d("lgamma", 1), 1e-14);
    assertEquals(0, d("lgamma", 2), 1e-14);
    assertEquals(Math.log(2 * root), d("lgamma", -0.5), 1e-14);
    double factorial = 0;
    for (int k = 2; k < 100; k++) {
      factorial += StrictMath.log(k);
    }
    assertEquals(factorial, d("lgamma", 100), 1e-14 * factorial);
    assertEquals(Double.POSITIVE_INFINITY, d("lgamma", -2));
    // the duplication formula at many places
    for (double x = 0.125; x < 80; x += 0.171875) {
      double left = d("tgamma", x) * d("tgamma", x + 0.5);
      double right = StrictMath.pow(2, 1 - 2 * x) * root * d("tgamma", 2 * x);
      assertEquals(1, left / right, 1e-14);
    }
  }

  private static void assertUlps(double expected, double actual, int ulps) {
    assertEquals(expected, actual, ulps * Math.ulp(expected));
  }

  @Test
  void inverseHyperbolicAndBinaryLogarithmsInvert() {
    assertTrue(worst("asinh", DOUBLE, -20, 20, 5, FunctionLibraryTest::asinh) < 8);
    assertTrue(
        worst("atanh", DOUBLE, 0, 0.99, 5, x -> 0.5 * StrictMath.log1p(2 * x / (1 - x))) < 8);
    assertEquals(-d("atanh", 0.7), d("atanh", -0.7));
    assertTrue(
        worst("acosh", DOUBLE, 1.5, 50, 5, x -> StrictMath.log(x + Math.sqrt(x * x - 1))) < 8);
    assertEquals(10.0, d("log2", 1024));
    assertEquals(-1074.0, d("log2", Double.MIN_VALUE));
    assertEquals(-149.0, f("log2", Float.MIN_VALUE));
    assertEquals(1024.0, d("exp2", 10));
    assertEquals(Double.MIN_VALUE, d("exp2", -1074));
    assertTrue(worst("exp2", DOUBLE, -100, 100, 10, x -> StrictMath.pow(2, x)) <= 2.5);
    assertTrue(
        worst("log2", DOUBLE, 0.01, 20, 10, x -> StrictMath.log(x) / StrictMath.log(2)) <= 5);
  }

  private static double asinh(double x) {
    double size = Math.abs(x);
    return Math.copySign(
        StrictMath.log1p(size + size * size / (1 + Math.sqrt(size * size + 1))), x);
  }

  @Test
  void roundingFunctions() {
    assertEquals(3.0, f("round", 2.5));
    assertEquals(-3.0, d("round", -2.5));
    assertEquals(0.0, d("round", 0.49999999999999994));
    assertEquals(-0.0, f("round", -0.2));
    assertEquals(-2.0, f("trunc", -2.9));
    assertEquals(2.0, d("rint", 2.5));
    assertEquals(4.5e15 + 0.5, d("trunc", 4.5e15 + 0.5) + 0.5);
    assertEquals(-3.0, f("floor", -2.1));
  }

  @Test
  void rangeAndRemainderFunctions() {
    assertEquals(2.0, f("fmax", Double.NaN, 2));
    assertEquals(2.0, f("fmax", 2, Double.NaN));
    assertEquals(1.0, d("fmin", 2, 1));
    assertEquals(1.0, d("fmin", Double.NaN, 1));
    assertEquals(0.0, f("fdim", 1, 2));
    assertEquals(Double.NaN, f("fdim", Double.NaN, 2));
    assertEquals(-1.5, f("fmod", -5.5, 2));
    assertEquals(0.5, d("remainder", -5.5, 2));
    assertEquals(-3.0, f("copysign", 3, -0.0));
    assertEquals(5.0, d("hypot", 3, 4));
    assertEquals(StrictMath.atan2(-1, -2), d("atan2", -1, -2));
    assertEquals(Math.nextUp(1.0f), f("nextafter", 1, 2));
    assertEquals(-127.0, table.at(column("ilogb", FLOAT), 0.75 * Float.MIN_NORMAL));
    assertEquals(Integer.MIN_VALUE, table.at(column("ilogb", DOUBLE), 0.0));
    assertEquals(Integer.MAX_VALUE, table.at(column("ilogb", FLOAT), Double.POSITIVE_INFINITY));
    assertEquals(-1074.0, table.at(column("ilogb", DOUBLE), Double.MIN_VALUE));
    assertEquals(12.0, table.at(column("scalbn", FLOAT), 3, 2));
  }

  @Test
  void everyFunctionOfTheLanguageCompiles() {
    var columns = new ArrayList<Table.Column>();
    for (String function : FunctionLibrary.functions()) {
      for (SnippetType.Function overload : FunctionLibrary.overloads(function, FLOAT)) {
        boolean isNumeric =
            !overload.variadic()
                && Stream.concat(Stream.of(overload.result()), overload.parameters().stream())
                    .allMatch(SnippetType.Number.class::isInstance);
        if (isNumeric) {
          columns.add(
              Table.call(
                  overload.result().numeric(),
                  function,
                  overload.parameters().stream()
                      .map(SnippetType::numeric)
                      .toArray(NumericType[]::new)));
        }
      }
    }
    assertTrue(columns.size() > 100, "all overloads");
    try (var all = new Table(1, columns)) {
      assertAll(
          java.util.stream.IntStream.range(0, columns.size())
              .mapToObj(column -> () -> all.run(column)));
    }
  }
}
