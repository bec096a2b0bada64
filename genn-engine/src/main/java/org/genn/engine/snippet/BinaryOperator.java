package org.genn.engine.snippet;

/// Binary operators of a checked expression.
public enum BinaryOperator {
  MULTIPLY("*"),
  DIVIDE("/"),
  REMAINDER("%"),
  ADD("+"),
  SUBTRACT("-"),
  SHIFT_LEFT("<<"),
  SHIFT_RIGHT(">>"),
  LESS("<"),
  LESS_EQUAL("<="),
  GREATER(">"),
  GREATER_EQUAL(">="),
  EQUAL("=="),
  NOT_EQUAL("!="),
  BIT_AND("&"),
  BIT_XOR("^"),
  BIT_OR("|"),
  AND("&&"),
  OR("||");

  private final String symbol;

  BinaryOperator(String symbol) {
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }

  public boolean isComparison() {
    return compareTo(LESS) >= 0 && compareTo(NOT_EQUAL) <= 0;
  }

  /// `&&` and `||`, whose right operand is only evaluated when it decides.
  public boolean isLogical() {
    return this == AND || this == OR;
  }
}
