package org.genn.engine.model;

import org.genn.engine.snippet.NumberRange;

/// The value of a variable before the first step.
///
/// Random values are drawn once per element, from the stream of that variable; every example starts
/// with the same.
public sealed interface InitialValue {

  record Constant(double value) implements InitialValue {}

  /// One value per element (rows of a matrix one after the other), or per example and element. They
  /// are kept as they are given, so that a `double` or a 64-bit integer arrives exactly.
  final class Values implements InitialValue {
    private final Numbers numbers;

    private Values(Numbers numbers) {
      this.numbers = numbers;
    }

    public int length() {
      return numbers.length();
    }

    public float get(int index) {
      return (float) numbers.real(index);
    }

    public double getDouble(int index) {
      return numbers.real(index);
    }

    /// The value as an integer; what is behind the point is cut off. Above the largest `int64` it
    /// is the bits of a `uint64`.
    public long getLong(int index) {
      return numbers.integer(index);
    }

    Number at(int index) {
      return numbers.at(index);
    }

    boolean isHeldBy(NumberRange range, int index) {
      return numbers.isHeldBy(range, index);
    }

    boolean isWhole(int index) {
      return numbers.isWhole(index);
    }

    public float[] toArray() {
      float[] values = new float[length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = get(i);
      }
      return values;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Values v && numbers.equals(v.numbers);
    }

    @Override
    public int hashCode() {
      return numbers.hashCode();
    }

    @Override
    public String toString() {
      return length() + " values";
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
    return new Values(Numbers.of(values));
  }

  static InitialValue of(double[] values) {
    return new Values(Numbers.of(values));
  }

  static InitialValue of(long[] values) {
    return new Values(Numbers.of(values));
  }

  static InitialValue of(int[] values) {
    return new Values(Numbers.of(java.util.Arrays.stream(values).asLongStream().toArray()));
  }
}
