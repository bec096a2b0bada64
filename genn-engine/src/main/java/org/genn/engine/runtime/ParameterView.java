package org.genn.engine.runtime;

import org.genn.engine.kernel.Symbol;

/// A dynamic parameter: a number of a group that may be changed between steps. Derived parameters
/// don't follow it.
public final class ParameterView {
  private final Simulation simulation;
  private final Symbol symbol;

  ParameterView(Simulation simulation, Symbol symbol) {
    this.simulation = simulation;
    this.symbol = symbol;
  }

  public double get() {
    return new Cells(simulation.memory(), symbol).get(0);
  }

  public void set(double value) {
    new Cells(simulation.memory(), symbol).set(0, value);
  }
}
