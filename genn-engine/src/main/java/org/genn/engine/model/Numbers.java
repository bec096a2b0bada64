package org.genn.engine.model;

import java.util.Arrays;
import org.genn.engine.snippet.NumberRange;

/// Numbers of the type in which they were given.
sealed interface Numbers {

  int length();

  double real(int index);

  /// What is behind the point is cut off; above the largest `int64` it is the bits of a `uint64`.
  long integer(int index);

  /// As it was given.
  Number at(int index);

  /// Whether an integral type can hold the value.
  boolean isHeldBy(NumberRange range, int index);

  /// Whether nothing is behind the point.
  boolean isWhole(int index);

  static Numbers of(float[] values) {
    return new Floats(values.clone());
  }

  static Numbers of(double[] values) {
    return new Doubles(values.clone());
  }

  static Numbers of(long[] values) {
    return new Integers(values.clone());
  }

  /// Numbers that may have something behind the point.
  sealed interface Reals extends Numbers {
    @Override
    default long integer(int index) {
      return NumberRange.integer(real(index));
    }

    @Override
    default boolean isHeldBy(NumberRange range, int index) {
      return range.holds(real(index));
    }

    @Override
    default boolean isWhole(int index) {
      return real(index) == Math.rint(real(index));
    }
  }

  final class Floats implements Reals {
    private final float[] values;

    private Floats(float[] values) {
      this.values = values;
    }

    @Override
    public int length() {
      return values.length;
    }

    @Override
    public double real(int index) {
      return values[index];
    }

    @Override
    public Number at(int index) {
      return values[index];
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Floats f && Arrays.equals(values, f.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }

  final class Doubles implements Reals {
    private final double[] values;

    private Doubles(double[] values) {
      this.values = values;
    }

    @Override
    public int length() {
      return values.length;
    }

    @Override
    public double real(int index) {
      return values[index];
    }

    @Override
    public Number at(int index) {
      return values[index];
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Doubles d && Arrays.equals(values, d.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }

  final class Integers implements Numbers {
    private final long[] values;

    private Integers(long[] values) {
      this.values = values;
    }

    @Override
    public int length() {
      return values.length;
    }

    @Override
    public double real(int index) {
      return values[index];
    }

    @Override
    public long integer(int index) {
      return values[index];
    }

    @Override
    public Number at(int index) {
      return values[index];
    }

    @Override
    public boolean isHeldBy(NumberRange range, int index) {
      return range.holds(values[index]);
    }

    @Override
    public boolean isWhole(int index) {
      return true;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Integers i && Arrays.equals(values, i.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }
}
