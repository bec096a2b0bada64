package org.genn.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// Numbers of elements that need 64 bits.
@Feature("G21")
class ElementNumberTest {
  /// The value of an expression of literals in the arithmetic of kernels.
  private static long value(Expr expression) {
    return switch (expression) {
      case Expr.Literal literal -> literal.bits();
      case Expr.Convert(var type, var operand) -> wrapped(type, value(operand));
      case Expr.Binary(var type, var operator, var left, var right) -> {
        long a = value(left);
        long b = value(right);
        yield wrapped(
            type,
            switch (operator) {
              case ADD -> a + b;
              case MULTIPLY -> a * b;
              case SHIFT_LEFT -> a << b;
              case SHIFT_RIGHT -> a >> b;
              case BIT_XOR -> a ^ b;
              default -> throw new AssertionError(operator);
            });
      }
      default -> throw new AssertionError(expression);
    };
  }

  private static long wrapped(SnippetType type, long value) {
    return switch (type.numeric()) {
      case INT32 -> (int) value;
      case UINT32 -> value & 0xffffffffL;
      case INT64 -> value;
      default -> throw new AssertionError(type);
    };
  }

  private static Expr number(int rows, int row, int length, int index) {
    return ElementNumber.of(
        ElementNumber.isWide(rows, length), Build.integer(row), length, Build.integer(index));
  }

  @Test
  void upTo2To32ElementsAreNumberedWith32Bits() {
    assertFalse(ElementNumber.isWide(1 << 16, 1 << 16));
    Expr last = number(1 << 16, (1 << 16) - 1, 1 << 16, (1 << 16) - 1);
    assertEquals(SnippetType.INT32, last.type());
    assertEquals(0xffffffffL, value(Build.convert(NumericType.UINT32, last)));
    assertEquals(0, value(ElementNumber.upperHalf(last)));
  }

  @Test
  void moreElementsAreNumberedWith64Bits() {
    assertTrue(ElementNumber.isWide((1 << 16) + 1, 1 << 16));
    Expr number = number(70_000, 65_000, 70_000, 12);
    assertEquals(4_550_000_012L, value(number));
    assertEquals(4_550_000_012L >> 32, value(ElementNumber.upperHalf(number)));
    assertEquals(4_550_000_012L & 0xffffffffL, value(Build.convert(NumericType.UINT32, number)));
  }

  /// Five examples of 10^9 neurons; the third key word is that of the element 4 · 10^9 + 5 · 10^8.
  @Test
  void theUpperHalfOfANumberGoesIntoTheKeyOfItsDraws() {
    var counters =
        new RandomCalls.Counters(
            Build.literal(NumericType.UINT32, 7),
            Build.literal(NumericType.UINT32, 0b101),
            Build.literal(NumericType.UINT32, 9));
    Expr narrow = number(4, 3, 1_000_000_000, 5);
    assertEquals(counters, RandomCalls.with(counters, narrow));
    RandomCalls.Counters wide =
        RandomCalls.with(counters, number(5, 4, 1_000_000_000, 500_000_000));
    assertEquals(7, value(wide.key0()));
    assertEquals(0b101 ^ 1 << 16, value(wide.key1()));
    assertEquals(9, value(wide.step()));
  }
}
