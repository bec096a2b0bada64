package org.genn.engine.runtime;

import org.genn.engine.kernel.Symbol;
import org.genn.engine.snippet.Expr;

/// A dynamic parameter: a number of a group that may be changed between steps. Derived parameters
/// don't follow it.
public final class ParameterView {
  private final Simulation simulation;
  private final String name;
  private final Symbol symbol;

  /// @param name for messages
  ParameterView(Simulation simulation, String name, Symbol symbol) {
    this.simulation = simulation;
    this.name = name;
    this.symbol = symbol;
  }

  public double get() {
    return new Cells(simulation.memory(), symbol).get(0, 0);
  }

  /// @throws IllegalArgumentException for NaN, and for what the parameter's type cannot hold
  public void set(double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(
          "dynamic parameter '%s': expected a number, got NaN".formatted(name));
    }
    try {
      Expr.Literal.inRange(symbol.type(), value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "dynamic parameter '%s': %s".formatted(name, e.getMessage()), e);
    }
    new Cells(simulation.memory(), symbol).set(0, 0, value);
  }
}
