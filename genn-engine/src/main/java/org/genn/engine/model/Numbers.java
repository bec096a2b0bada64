package org.genn.engine.model;

import java.util.Arrays;

/// Numbers of the type in which they were given.
sealed interface Numbers {

  int length();

  double real(int index);

  long integer(int index);

  static Numbers of(float[] values) {
    return new Floats(values.clone());
  }

  static Numbers of(double[] values) {
    return new Doubles(values.clone());
  }

  static Numbers of(long[] values) {
    return new Integers(values.clone());
  }

  final class Floats implements Numbers {
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
    public long integer(int index) {
      return (long) values[index];
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

  final class Doubles implements Numbers {
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
    public long integer(int index) {
      return (long) values[index];
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
    public boolean equals(Object other) {
      return other instanceof Integers i && Arrays.equals(values, i.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }
}
