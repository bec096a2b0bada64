package org.genn.engine.snippet;

/// Number types of the snippet language, in order of rank. Arithmetic has Java's meaning on every
/// back end: integers wrap, shift counts are taken modulo the width, `float → int` saturates.
public enum NumericType {
  BOOL(0, 1, false),
  INT8(10, 8, true),
  UINT8(10, 8, false),
  INT16(20, 16, true),
  UINT16(20, 16, false),
  INT32(30, 32, true),
  UINT32(30, 32, false),
  INT64(40, 64, true),
  UINT64(40, 64, false),
  FLOAT(50, 32, true),
  DOUBLE(60, 64, true);

  private final int rank;
  private final int bits;
  private final boolean signed;

  NumericType(int rank, int bits, boolean signed) {
    this.rank = rank;
    this.bits = bits;
    this.signed = signed;
  }

  public int rank() {
    return rank;
  }

  public int bits() {
    return bits;
  }

  public boolean isSigned() {
    return signed;
  }

  public boolean isIntegral() {
    return rank < FLOAT.rank;
  }

  public boolean isReal() {
    return !isIntegral();
  }

  /// What an operand of this type becomes before arithmetic.
  public NumericType promoted() {
    return rank < INT32.rank ? INT32 : this;
  }

  /// The type in which a binary operator on operands of types `a` and `b` is computed.
  public static NumericType common(NumericType a, NumericType b) {
    if (a.isReal() || b.isReal()) {
      return a.rank >= b.rank ? a : b;
    }
    NumericType x = a.promoted();
    NumericType y = b.promoted();
    if (x == y) {
      return x;
    }
    if (x.rank != y.rank) {
      return x.rank > y.rank ? x : y;
    }
    return x.signed ? y : x;
  }
}
