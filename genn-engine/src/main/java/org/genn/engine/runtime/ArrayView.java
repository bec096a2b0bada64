package org.genn.engine.runtime;

import org.genn.engine.kernel.Symbol;
import org.genn.engine.model.Given;
import org.genn.engine.snippet.NumericType;

/// An extra global parameter: an array that all elements and examples share.
public final class ArrayView {
  private final Simulation simulation;
  private final String name;
  private final Symbol symbol;

  ArrayView(Simulation simulation, String name, Symbol symbol) {
    this.simulation = simulation;
    this.name = "extra global parameter '%s'".formatted(name);
    this.symbol = symbol;
  }

  public int length() {
    return simulation.memory().rowLength(symbol.array(), 0);
  }

  public double get(int index) {
    return cells().get(0, checked(index));
  }

  /// @throws IllegalArgumentException for what the parameter's type cannot hold
  public void set(int index, double value) {
    set(cells(), checked(index), value);
    simulation.written(symbol.array());
  }

  public float[] toArray() {
    Cells cells = cells();
    float[] values = new float[length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) cells.get(0, i);
    }
    return values;
  }

  public double[] toDoubles() {
    Cells cells = cells();
    double[] values = new double[length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = cells.get(0, i);
    }
    return values;
  }

  /// Values of a parameter whose type is an integer one.
  public long[] toLongs() {
    requireIntegral();
    long[] values = new long[length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = simulation.memory().getLong(symbol.array(), 0, i);
    }
    return values;
  }

  /// Sets all values. Their number is fixed, unless the parameter was given none when the model was
  /// described.
  ///
  /// @throws IllegalArgumentException for what the parameter's type cannot hold; the values before
  ///   it have been set
  public void set(float[] values) {
    requireGiven(values);
    if (symbol.length() == 0 && symbol.type() == NumericType.FLOAT) {
      simulation.given(symbol.array());
      simulation.memory().bindFloats(symbol.array(), 0, values.clone());
      return;
    }
    makeRoom(values.length);
    Cells cells = cells();
    for (int i = 0; i < values.length; i++) {
      set(cells, i, values[i]);
    }
  }

  /// Sets all values.
  public void set(double[] values) {
    requireGiven(values);
    makeRoom(values.length);
    Cells cells = cells();
    for (int i = 0; i < values.length; i++) {
      set(cells, i, values[i]);
    }
  }

  /// Sets all values of a parameter whose type is an integer one.
  public void set(long[] values) {
    requireGiven(values);
    requireIntegral();
    makeRoom(values.length);
    Cells cells = cells();
    for (int i = 0; i < values.length; i++) {
      cells.requireHeld(name, i, values[i]);
      simulation.memory().setLong(symbol.array(), 0, i, values[i]);
    }
  }

  private void set(Cells cells, int index, double value) {
    cells.requireHeld(name, index, value);
    cells.set(0, index, value);
  }

  private void requireGiven(Object values) {
    Given.all(name, "array of values", values);
  }

  private void makeRoom(int count) {
    simulation.written(symbol.array());
    if (symbol.length() == 0) {
      simulation.given(symbol.array());
      simulation.memory().resize(symbol.array(), 0, count);
    }
    if (count != length()) {
      throw new IllegalArgumentException(
          "%s: got %d values, expected %d; its length is fixed when the model is described"
              .formatted(name, count, length()));
    }
  }

  private void requireIntegral() {
    if (!symbol.type().isIntegral()) {
      throw new IllegalStateException(
          "%s has type %s, which is no integer; use the double form"
              .formatted(name, symbol.type()));
    }
  }

  private Cells cells() {
    return new Cells(simulation.memory(), symbol);
  }

  private int checked(int index) {
    if (index < 0 || index >= length()) {
      throw new IndexOutOfBoundsException("%s: element %d of %d".formatted(name, index, length()));
    }
    return index;
  }
}
