package org.genn.engine.backend.jvm;

import static org.genn.engine.snippet.NumericType.BOOL;
import static org.genn.engine.snippet.NumericType.DOUBLE;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.genn.engine.snippet.NumericType.INT16;
import static org.genn.engine.snippet.NumericType.INT32;
import static org.genn.engine.snippet.NumericType.INT64;
import static org.genn.engine.snippet.NumericType.INT8;
import static org.genn.engine.snippet.NumericType.UINT16;
import static org.genn.engine.snippet.NumericType.UINT32;
import static org.genn.engine.snippet.NumericType.UINT64;
import static org.genn.engine.snippet.NumericType.UINT8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.genn.engine.snippet.NumericType;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// Arithmetic and conversions of all types against exact arithmetic.
@Feature({"L10", "L12", "L14", "L15"})
class ArithmeticTest {
  private static final List<NumericType> INTEGERS =
      List.of(BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64);
  private static final List<String> OPERATORS =
      List.of("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "<", "<=", ">", ">=", "==", "!=");

  private static BigInteger lowest(NumericType type) {
    return type == BOOL || !type.isSigned()
        ? BigInteger.ZERO
        : BigInteger.ONE.shiftLeft(type.bits() - 1).negate();
  }

  private static BigInteger highest(NumericType type) {
    int bits = type == BOOL ? 1 : type.isSigned() ? type.bits() - 1 : type.bits();
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
  }

  private static List<BigInteger> samples(NumericType type) {
    var samples = new ArrayList<BigInteger>();
    for (long small : new long[] {0, 1, 2, 7, 100, -1, -3}) {
      samples.add(BigInteger.valueOf(small));
    }
    samples.add(highest(type));
    samples.add(highest(type).subtract(BigInteger.valueOf(5)));
    samples.add(lowest(type));
    samples.add(highest(type).shiftRight(1).add(BigInteger.ONE));
    samples.removeIf(
        value -> value.compareTo(lowest(type)) < 0 || value.compareTo(highest(type)) > 0);
    return samples.stream().distinct().toList();
  }

  /// The value modulo 2^bits, in the range of the type.
  private static BigInteger wrap(BigInteger value, NumericType type) {
    if (type == BOOL) {
      return value.signum() == 0 ? BigInteger.ZERO : BigInteger.ONE;
    }
    BigInteger modulus = BigInteger.ONE.shiftLeft(type.bits());
    BigInteger wrapped = value.mod(modulus);
    return wrapped.compareTo(highest(type)) > 0 ? wrapped.subtract(modulus) : wrapped;
  }

  private static NumericType common(NumericType a, NumericType b) {
    NumericType x = a.bits() < 32 ? INT32 : a;
    NumericType y = b.bits() < 32 ? INT32 : b;
    if (x.bits() != y.bits()) {
      return x.bits() > y.bits() ? x : y;
    }
    return x.isSigned() ? y : x;
  }

  private static BigInteger exact(
      String operator, NumericType a, NumericType b, BigInteger left, BigInteger right) {
    if (operator.equals("<<") || operator.equals(">>")) {
      NumericType type = common(a, INT8);
      int count = wrap(right, common(b, INT8)).mod(BigInteger.valueOf(type.bits())).intValue();
      BigInteger shifted = operator.equals("<<") ? left.shiftLeft(count) : left.shiftRight(count);
      return wrap(shifted, type);
    }
    NumericType type = common(a, b);
    BigInteger x = wrap(left, type);
    BigInteger y = wrap(right, type);
    BigInteger result =
        switch (operator) {
          case "+" -> x.add(y);
          case "-" -> x.subtract(y);
          case "*" -> x.multiply(y);
          case "/" -> y.signum() == 0 ? BigInteger.ZERO : x.divide(y);
          case "%" -> y.signum() == 0 ? BigInteger.ZERO : x.remainder(y);
          case "&" -> x.and(y);
          case "|" -> x.or(y);
          case "^" -> x.xor(y);
          case "<" -> bit(x.compareTo(y) < 0);
          case "<=" -> bit(x.compareTo(y) <= 0);
          case ">" -> bit(x.compareTo(y) > 0);
          case ">=" -> bit(x.compareTo(y) >= 0);
          case "==" -> bit(x.equals(y));
          case "!=" -> bit(!x.equals(y));
          default -> throw new AssertionError(operator);
        };
    return wrap(result, type);
  }

  private static BigInteger bit(boolean value) {
    return value ? BigInteger.ONE : BigInteger.ZERO;
  }

  private static String cast(NumericType type) {
    return switch (type) {
      case BOOL -> "bool";
      case INT8 -> "int8_t";
      case UINT8 -> "uint8_t";
      case INT16 -> "int16_t";
      case UINT16 -> "uint16_t";
      case INT32 -> "int";
      case UINT32 -> "unsigned int";
      case INT64 -> "int64_t";
      case UINT64 -> "uint64_t";
      case FLOAT -> "float";
      case DOUBLE -> "double";
    };
  }

  @Test
  void integerOperatorsAgreeWithExactArithmetic() {
    for (NumericType a : List.of(INT8, UINT16, INT32, UINT32, INT64, UINT64)) {
      var codes = new ArrayList<SnippetRun.Code>();
      for (NumericType b : INTEGERS) {
        for (String operator : OPERATORS) {
          codes.add(
              new SnippetRun.Code(INT64, a, b, "result = (int64_t) (x %s y);".formatted(operator)));
        }
      }
      try (var run = new SnippetRun(codes)) {
        int code = 0;
        for (NumericType b : INTEGERS) {
          for (String operator : OPERATORS) {
            for (BigInteger x : samples(a)) {
              for (BigInteger y : samples(b)) {
                BigInteger expected = wrap(exact(operator, a, b, x, y), INT64);
                assertEquals(
                    expected.longValue(),
                    run.run(code, x, y),
                    () -> "%s %s %s, %s and %s".formatted(x, operator, y, a, b));
              }
            }
            code++;
          }
        }
      }
    }
  }

  @Test
  void compoundAssignmentsConvertBackToTheTarget() {
    var types = List.of(INT8, UINT8, UINT16, INT32, UINT32, UINT64);
    var codes = new ArrayList<SnippetRun.Code>();
    var operators = OPERATORS.subList(0, 10);
    for (NumericType a : types) {
      for (String operator : operators) {
        codes.add(
            new SnippetRun.Code(a, a, INT32, "result = x; result %s= y;".formatted(operator)));
        codes.add(
            new SnippetRun.Code(
                a, a, INT32, "%s z = x; z %s= y; result = z;".formatted(cast(a), operator)));
      }
    }
    try (var run = new SnippetRun(codes)) {
      int code = 0;
      for (NumericType a : types) {
        for (String operator : operators) {
          for (BigInteger x : samples(a)) {
            for (BigInteger y : samples(INT32)) {
              long expected = wrap(exact(operator, a, INT32, x, y), a).longValue();
              String what = "%s %s= %s, %s".formatted(x, operator, y, a);
              assertEquals(expected, run.run(code, x, y), what);
              assertEquals(expected, run.run(code + 1, x, y), what);
            }
          }
          code += 2;
        }
      }
    }
  }

  @Test
  void integersConvertModuloTheirSizeAndToTheNearestReal() {
    var codes = new ArrayList<SnippetRun.Code>();
    for (NumericType from : INTEGERS) {
      for (NumericType to : NumericType.values()) {
        codes.add(new SnippetRun.Code(to, from, INT32, "result = (%s) x;".formatted(cast(to))));
      }
    }
    try (var run = new SnippetRun(codes)) {
      int code = 0;
      for (NumericType from : INTEGERS) {
        for (NumericType to : NumericType.values()) {
          for (BigInteger x : samples(from)) {
            Number expected =
                switch (to) {
                  case FLOAT -> (double) x.floatValue();
                  case DOUBLE -> x.doubleValue();
                  default -> wrap(x, to).longValue();
                };
            assertEquals(expected, run.run(code, x, 0), x + " from " + from + " to " + to);
          }
          code++;
        }
      }
    }
  }

  @Test
  void realsConvertTowardsZeroAndSaturate() {
    var codes = new ArrayList<SnippetRun.Code>();
    for (NumericType from : List.of(FLOAT, DOUBLE)) {
      for (NumericType to : INTEGERS) {
        codes.add(new SnippetRun.Code(to, from, INT32, "result = (%s) x;".formatted(cast(to))));
      }
    }
    double[] samples = {
      0,
      -0.0,
      0.9,
      -0.9,
      1.5,
      -2.7,
      100.99,
      3e9,
      -3e9,
      5e9,
      1e19,
      1.5e19,
      2e19,
      -1e19,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NaN
    };
    try (var run = new SnippetRun(codes)) {
      int code = 0;
      for (NumericType from : List.of(FLOAT, DOUBLE)) {
        for (NumericType to : INTEGERS) {
          for (double sample : samples) {
            double x = from == FLOAT ? (float) sample : sample;
            assertEquals(saturated(x, to), run.run(code, x, 0), x + " to " + to);
          }
          code++;
        }
      }
    }
  }

  /// 8- and 16-bit integers take the low bits of the 32-bit result.
  private static long saturated(double x, NumericType to) {
    if (to == BOOL) {
      return x != 0 ? 1 : 0;
    }
    if (Double.isNaN(x)) {
      return 0;
    }
    NumericType wide = to.bits() < 32 ? INT32 : to;
    if (Double.isInfinite(x)) {
      return wrap(x > 0 ? highest(wide) : lowest(wide), to).longValue();
    }
    BigInteger whole = new BigDecimal(x).setScale(0, RoundingMode.DOWN).toBigInteger();
    return wrap(whole.max(lowest(wide)).min(highest(wide)), to).longValue();
  }

  @Test
  void divisionByZeroIsZeroAndReportedOnce() {
    var codes =
        List.of(
            new SnippetRun.Code(INT32, INT32, INT32, "result = x / y;"),
            new SnippetRun.Code(UINT64, UINT64, UINT64, "result = x; result %= y;"),
            new SnippetRun.Code(FLOAT, FLOAT, FLOAT, "result = x / y;"));
    try (var run = new SnippetRun(codes)) {
      assertEquals(3L, run.run(0, 7, 2));
      assertFalse(run.dividedByZero());
      assertEquals(0L, run.run(0, 7, 0));
      assertTrue(run.dividedByZero());
      assertFalse(run.dividedByZero());
      assertEquals(0L, run.run(1, 7, 0));
      assertTrue(run.dividedByZero());
      assertEquals(Double.POSITIVE_INFINITY, run.run(2, 7, 0));
      assertFalse(run.dividedByZero());
    }
  }

  @Test
  void floatArithmeticIsStrict() {
    var codes =
        List.of(
            new SnippetRun.Code(FLOAT, FLOAT, FLOAT, "result = x + y - x;"),
            new SnippetRun.Code(FLOAT, FLOAT, DOUBLE, "result = x; result += y;"),
            new SnippetRun.Code(DOUBLE, FLOAT, FLOAT, "result = x * y;"),
            new SnippetRun.Code(FLOAT, FLOAT, FLOAT, "result = x * y - x * y;"),
            new SnippetRun.Code(FLOAT, FLOAT, FLOAT, "result = -(-x) + (x - (y - x));"));
    try (var run = new SnippetRun(codes)) {
      assertEquals((double) (1e8f + 3.3f - 1e8f), run.run(0, 1e8, 3.3));
      assertEquals((double) (float) (0.1f + 0.3), run.run(1, 0.1f, 0.3));
      assertEquals((double) (1.1f * 1.3f), run.run(2, 1.1, 1.3));
      assertEquals(0.0, run.run(3, 1.1, 1.3));
      assertEquals((double) (2.5f + (2.5f - (0.7f - 2.5f))), run.run(4, 2.5, 0.7));
    }
  }
}
