package org.genn.engine.model;

/// The value of a variable before the first step.
///
/// Random values are drawn once per element, from the stream of that variable; every example starts
/// with the same.
public sealed interface InitialValue {

  record Constant(double value) implements InitialValue {}

  /// One value per element (rows of a matrix one after the other), or per example and element.
  final class Values implements InitialValue {
    private final float[] values;

    private Values(float[] values) {
      this.values = values;
    }

    public int length() {
      return values.length;
    }

    public float get(int index) {
      return values[index];
    }

    public float[] toArray() {
      return values.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Values v && java.util.Arrays.equals(values, v.values);
    }

    @Override
    public int hashCode() {
      return java.util.Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return values.length + " values";
    }
  }

  /// Normally distributed.
  record Normal(double mean, double standardDeviation) implements InitialValue {}

  /// Uniformly distributed between `minimum` (inclusive) and `maximum` (exclusive).
  record Uniform(double minimum, double maximum) implements InitialValue {}

  /// Computed by code.
  record Snippet(VariableInit init, Bindings bindings) implements InitialValue {}

  static InitialValue of(double value) {
    return new Constant(value);
  }

  static InitialValue of(float[] values) {
    return new Values(values.clone());
  }
}
