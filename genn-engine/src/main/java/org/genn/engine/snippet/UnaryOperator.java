package org.genn.engine.snippet;

/// Unary operators of a checked expression.
public enum UnaryOperator {
  NEGATE("-"),
  COMPLEMENT("~"),
  NOT("!");

  private final String symbol;

  UnaryOperator(String symbol) {
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }
}
