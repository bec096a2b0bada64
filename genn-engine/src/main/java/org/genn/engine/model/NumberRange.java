package org.genn.engine.model;

import org.genn.engine.snippet.NumericType;

/// The numbers that a type can hold. Reals are truncated towards zero where a type is integral.
record NumberRange(double least, double most) {

  static NumberRange of(NumericType type) {
    return switch (type) {
      case BOOL -> new NumberRange(0, 1);
      case INT8 -> new NumberRange(Byte.MIN_VALUE, Byte.MAX_VALUE);
      case UINT8 -> new NumberRange(0, 0xff);
      case INT16 -> new NumberRange(Short.MIN_VALUE, Short.MAX_VALUE);
      case UINT16 -> new NumberRange(0, 0xffff);
      case INT32 -> new NumberRange(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case UINT32 -> new NumberRange(0, 0xffff_ffffL);
      case INT64 -> new NumberRange(Long.MIN_VALUE, Math.nextDown(0x1p63));
      case UINT64 -> new NumberRange(0, Math.nextDown(0x1p64));
      case FLOAT, DOUBLE -> new NumberRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    };
  }

  boolean holds(double value) {
    double whole =
        Double.isInfinite(most) ? value : value < 0 ? Math.ceil(value) : Math.floor(value);
    return whole >= least && whole <= most;
  }

  @Override
  public String toString() {
    return "from %.0f to %.0f".formatted(least, most);
  }
}
