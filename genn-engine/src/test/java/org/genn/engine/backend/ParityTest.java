package org.genn.engine.backend;

import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.FunctionLibrary;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.UnaryOperator;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// Every operator, conversion and function gives the same bits on `jvm` and `native`, for values
/// that are chosen to be difficult.
@Feature({"L18", "L19"})
@OnNative
class ParityTest {
  private static final int LENGTH = 512;
  private static final double[] REALS = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    1.5,
    2.5,
    2,
    3,
    -3,
    1e-3,
    127,
    128,
    255,
    256,
    -129,
    32767.5,
    65536,
    2147483647,
    2147483648.0,
    -2147483648.0,
    -2147483649.0,
    4294967295.0,
    4294967296.0,
    0x1p53,
    0x1p63,
    -0x1p63,
    0x1p64,
    1e30,
    -1e30,
    1e300,
    1e-300,
    1e-310,
    Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };
  private static final long[] INTEGERS = {
    0,
    1,
    -1,
    2,
    -2,
    7,
    31,
    32,
    33,
    63,
    64,
    127,
    128,
    255,
    256,
    -128,
    32767,
    32768,
    65535,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xffffffffL,
    0x100000000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0x123456789abcdefL
  };

  /// @param name of what is compared
  record Case(String name, Table.Column column) {}

  private static double real(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0, 1 -> REALS[random.nextInt(REALS.length)];
      case 2 -> (random.nextDouble() - 0.5) * StrictMath.exp(random.nextInt(-20, 20));
      default -> Double.longBitsToDouble(random.nextLong());
    };
  }

  private static long integer(SplittableRandom random) {
    return random.nextInt(3) == 0 ? random.nextLong() : INTEGERS[random.nextInt(INTEGERS.length)];
  }

  static void compare(List<Case> cases, Backend backend) {
    List<Table.Column> columns = cases.stream().map(Case::column).toList();
    try (var jvm = new Table("jvm", LENGTH, columns);
        var compiled = new Table(backend, LENGTH, columns)) {
      for (int column = 0; column < columns.size(); column++) {
        fill(jvm, compiled, column, columns.get(column).inputs());
        jvm.run(column);
        compiled.run(column);
        boolean isReal = jvm.result(column).isReal();
        for (int i = 0; i < LENGTH; i++) {
          long expected =
              isReal ? Double.doubleToLongBits(jvm.get(column, i)) : jvm.getLong(column, i);
          long actual =
              isReal
                  ? Double.doubleToLongBits(compiled.get(column, i))
                  : compiled.getLong(column, i);
          if (expected != actual) {
            assertEquals(
                jvm.get(column, i),
                compiled.get(column, i),
                cases.get(column).name + ", value " + i);
          }
        }
      }
      assertEquals(jvm.dividedByZero(), compiled.dividedByZero());
    }
  }

  private static void fill(Table jvm, Table compiled, int column, List<NumericType> inputs) {
    var random = new SplittableRandom(column);
    for (int variable = 0; variable < inputs.size(); variable++) {
      for (int i = 0; i < LENGTH; i++) {
        if (inputs.get(variable).isReal()) {
          double value = real(random);
          jvm.set(column, variable, i, value);
          compiled.set(column, variable, i, value);
        } else {
          long value = integer(random);
          jvm.setLong(column, variable, i, value);
          compiled.setLong(column, variable, i, value);
        }
      }
    }
  }

  static List<Case> conversions() {
    var cases = new ArrayList<Case>();
    for (NumericType from : NumericType.values()) {
      for (NumericType to : NumericType.values()) {
        cases.add(
            new Case(from + " to " + to, Table.unary(to, from, value -> Ir.convert(to, value))));
      }
    }
    return cases;
  }

  static List<Case> operators() {
    var cases = new ArrayList<Case>();
    for (NumericType type : NumericType.values()) {
      if (type.promoted() != type) {
        continue;
      }
      for (BinaryOperator operator : BinaryOperator.values()) {
        boolean isBitwise =
            switch (operator) {
              case REMAINDER, SHIFT_LEFT, SHIFT_RIGHT, BIT_AND, BIT_OR, BIT_XOR -> true;
              default -> false;
            };
        if (operator.isLogical() || (type.isReal() && isBitwise)) {
          continue;
        }
        Expr value = Ir.binary(operator, Table.variable(type, 0), Table.variable(type, 1));
        cases.add(
            new Case(
                operator + " " + type,
                new Table.Column(value.type().numeric(), List.of(type, type), value)));
      }
      cases.add(
          new Case(
              "negate " + type,
              Table.unary(
                  type,
                  type,
                  value -> new Expr.Unary(Ir.type(type), UnaryOperator.NEGATE, value))));
    }
    return cases;
  }

  static List<Case> functions() {
    var cases = new ArrayList<Case>();
    for (String function : FunctionLibrary.functions()) {
      for (SnippetType.Function overload : FunctionLibrary.overloads(function, FLOAT)) {
        boolean isNumeric =
            !overload.variadic()
                && Stream.concat(Stream.of(overload.result()), overload.parameters().stream())
                    .allMatch(SnippetType.Number.class::isInstance);
        if (isNumeric) {
          cases.add(
              new Case(
                  function + " " + overload.parameters(),
                  Table.call(
                      overload.result().numeric(),
                      function,
                      overload.parameters().stream()
                          .map(SnippetType::numeric)
                          .toArray(NumericType[]::new))));
        }
      }
    }
    return cases;
  }

  @Test
  void conversionsHaveTheSameBits() {
    compare(conversions(), Backends.named("native"));
  }

  @Test
  void operatorsHaveTheSameBits() {
    compare(operators(), Backends.named("native"));
  }

  @Test
  void functionsHaveTheSameBits() {
    compare(functions(), Backends.named("native"));
  }
}
