package org.genn.engine.kernel;

import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;

/// The number of an element among rows of equal length: `row · length + index`.
///
/// It has 32 bits where up to 2^32 elements need no more, and else 64, which makes loops slower.
final class ElementNumber {
  private static final long NARROW = 1L << 32;

  private ElementNumber() {}

  /// Whether numbers need more than 32 bits.
  static boolean isWide(int rows, int length) {
    return (long) rows * length > NARROW;
  }

  /// Of type `int64` where numbers are wide, and else an `int32` whose bits are those of the
  /// number.
  static Expr of(boolean isWide, Expr row, int length, Expr index) {
    return isWide
        ? Build.add(
            Build.multiply(
                Build.convert(NumericType.INT64, row), Build.literal(NumericType.INT64, length)),
            Build.convert(NumericType.INT64, index))
        : Build.add(Build.multiply(row, Build.integer(length)), index);
  }

  /// The bits above the lower 32.
  static Expr upperHalf(Expr number) {
    return isWide(number)
        ? Build.binary(BinaryOperator.SHIFT_RIGHT, number, Build.integer(32))
        : Build.integer(0);
  }

  static boolean isWide(Expr number) {
    return number.type().numeric() == NumericType.INT64;
  }
}
