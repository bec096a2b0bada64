package org.genn.engine.snippet;

import java.math.BigDecimal;
import java.util.Arrays;

/// The numbers that a type can hold. Reals are truncated towards zero where a type is integral;
/// real types hold all, infinities and NaN included.
///
/// @param least of an integral type
/// @param above the least integer that is too large
public record NumberRange(NumericType type, double least, double above) {

  private static final NumberRange[] BY_TYPE =
      Arrays.stream(NumericType.values()).map(NumberRange::made).toArray(NumberRange[]::new);

  public static NumberRange of(NumericType type) {
    return BY_TYPE[type.ordinal()];
  }

  private static NumberRange made(NumericType type) {
    return switch (type) {
      case BOOL -> new NumberRange(type, 0, 2);
      case INT8, INT16, INT32, INT64 -> {
        double limit = Math.scalb(1.0, type.bits() - 1);
        yield new NumberRange(type, -limit, limit);
      }
      case UINT8, UINT16, UINT32, UINT64 -> new NumberRange(type, 0, Math.scalb(1.0, type.bits()));
      case FLOAT, DOUBLE ->
          new NumberRange(type, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    };
  }

  public boolean holds(double value) {
    return type.isReal() || (value > least - 1 && value < above) || value == least;
  }

  /// @param value of an integral type; for `uint64` its 64 bits, whatever they are
  public boolean holds(long value) {
    return type.bits() == Long.SIZE || (value >= least && value < above);
  }

  /// A number that an integral type holds, as what memory takes: the bits of a `uint64`.
  public static long integer(double value) {
    return value < 0x1p63 ? (long) value : (long) (value - 0x1p63) + Long.MIN_VALUE;
  }

  /// The reverse: what is in memory as a number.
  public double real(long integer) {
    return integer < 0 && !type.isSigned()
        ? (double) (integer >>> 1 | integer & 1) * 2
        : (double) integer;
  }

  /// Why a value that it doesn't hold is refused.
  public String refusal(Object value) {
    return "%s does not fit into %s, which holds numbers %s".formatted(value, typeName(), this);
  }

  /// The type as code names it: `unsigned int`.
  public String typeName() {
    return TypeNames.of(type);
  }

  /// Why a value that it doesn't hold is refused as an element of an array.
  public String refusal(String array, int element, Object value) {
    return "%s, element %d: %s".formatted(array, element, refusal(value));
  }

  @Override
  public String toString() {
    return type.isReal()
        ? "of any size"
        : "from %s to %s"
            .formatted(new BigDecimal(least), new BigDecimal(above).subtract(BigDecimal.ONE));
  }
}
