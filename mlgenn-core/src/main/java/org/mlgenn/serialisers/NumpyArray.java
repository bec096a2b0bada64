package org.mlgenn.serialisers;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Objects;

/// An array of numbers, truth values or strings with a shape, in row-major (C) order. Immutable:
/// values are copied on the way in and out.
///
/// Accessors convert where nothing is lost without being noticed: [#ints()] refuses fractions and
/// numbers that do not fit, [#floats()] rounds as a cast does. Unsigned numbers keep their values.
public final class NumpyArray {
  private final NumpyType type;
  private final int[] shape;
  private final Object values;

  private NumpyArray(NumpyType type, Object values, int[] shape) {
    this.type = type;
    this.values = values;
    this.shape = shape;
  }

  /// Takes over both arrays.
  static NumpyArray owning(NumpyType type, Object values, int[] shape) {
    return new NumpyArray(type, values, shape);
  }

  private static NumpyArray copyOf(NumpyType type, Object values, int[] shape) {
    int length = Array.getLength(values);
    int[] dimensions = shape.length == 0 ? new int[] {length} : checkShape(shape, length);
    Object copy = Array.newInstance(values.getClass().getComponentType(), length);
    System.arraycopy(values, 0, copy, 0, length);
    return new NumpyArray(type, copy, dimensions);
  }

  private static int[] checkShape(int[] shape, int length) {
    long product = 1;
    for (int dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException(
            "array of shape %s: expected dimensions that are not negative".formatted(show(shape)));
      }
      product = Math.min(product * dimension, Integer.MAX_VALUE + 1L);
    }
    if (product != length) {
      throw new IllegalArgumentException(
          "array of shape %s: expected %s values, got %d"
              .formatted(show(shape), product > Integer.MAX_VALUE ? "more" : product, length));
    }
    return shape.clone();
  }

  /// An array of the given shape; one-dimensional if none is given.
  public static NumpyArray of(float[] values, int... shape) {
    return copyOf(NumpyType.FLOAT32, values, shape);
  }

  /// An array of the given shape; one-dimensional if none is given.
  public static NumpyArray of(double[] values, int... shape) {
    return copyOf(NumpyType.FLOAT64, values, shape);
  }

  /// An array of the given shape; one-dimensional if none is given.
  public static NumpyArray of(byte[] values, int... shape) {
    return copyOf(NumpyType.INT8, values, shape);
  }

  /// An array of the given shape; one-dimensional if none is given.
  public static NumpyArray of(short[] values, int... shape) {
    return copyOf(NumpyType.INT16, values, shape);
  }

  /// An array of the given shape; one-dimensional if none is given.
  public static NumpyArray of(int[] values, int... shape) {
    return copyOf(NumpyType.INT32, values, shape);
  }

  /// An array of the given shape; one-dimensional if none is given.
  public static NumpyArray of(long[] values, int... shape) {
    return copyOf(NumpyType.INT64, values, shape);
  }

  /// An array of the given shape; one-dimensional if none is given.
  public static NumpyArray of(boolean[] values, int... shape) {
    return copyOf(NumpyType.BOOL, values, shape);
  }

  /// An array of the given shape; one-dimensional if none is given.
  public static NumpyArray of(String[] values, int... shape) {
    return copyOf(NumpyType.TEXT, values, shape);
  }

  /// An array whose bits are read as unsigned numbers.
  public static NumpyArray unsigned(byte[] values, int... shape) {
    return copyOf(NumpyType.UINT8, values, shape);
  }

  /// An array whose bits are read as unsigned numbers.
  public static NumpyArray unsigned(short[] values, int... shape) {
    return copyOf(NumpyType.UINT16, values, shape);
  }

  /// An array whose bits are read as unsigned numbers.
  public static NumpyArray unsigned(int[] values, int... shape) {
    return copyOf(NumpyType.UINT32, values, shape);
  }

  /// An array whose bits are read as unsigned numbers.
  public static NumpyArray unsigned(long[] values, int... shape) {
    return copyOf(NumpyType.UINT64, values, shape);
  }

  /// Strings of characters up to `ÿ`, written as NumPy's `S` type.
  ///
  /// @throws IllegalArgumentException for a string with other characters
  public static NumpyArray bytes(String[] values, int... shape) {
    for (String value : values) {
      if (value.chars().anyMatch(character -> character > 0xFF)) {
        throw new IllegalArgumentException(
            "array of bytes: '%s' has characters beyond ÿ, expected ISO 8859-1".formatted(value));
      }
    }
    return copyOf(NumpyType.BYTES, values, shape);
  }

  /// A single number: an array without dimensions.
  public static NumpyArray scalar(double value) {
    return owning(NumpyType.FLOAT64, new double[] {value}, new int[0]);
  }

  /// A single number: an array without dimensions.
  public static NumpyArray scalar(float value) {
    return owning(NumpyType.FLOAT32, new float[] {value}, new int[0]);
  }

  /// A single number: an array without dimensions.
  public static NumpyArray scalar(long value) {
    return owning(NumpyType.INT64, new long[] {value}, new int[0]);
  }

  /// A single number: an array without dimensions.
  public static NumpyArray scalar(int value) {
    return owning(NumpyType.INT32, new int[] {value}, new int[0]);
  }

  /// A single string: an array without dimensions.
  public static NumpyArray scalar(String value) {
    return owning(NumpyType.TEXT, new String[] {value}, new int[0]);
  }

  public NumpyType type() {
    return type;
  }

  public int[] shape() {
    return shape.clone();
  }

  /// Number of dimensions.
  public int rank() {
    return shape.length;
  }

  /// Number of values.
  public int size() {
    return Array.getLength(values);
  }

  /// The same values in another shape.
  public NumpyArray reshape(int... newShape) {
    return new NumpyArray(type, values, checkShape(newShape, size()));
  }

  /// The values as `float`, rounded where they are not exact.
  public float[] floats() {
    if (values instanceof float[] floats) {
      return floats.clone();
    }
    float[] result = new float[size()];
    for (int index = 0; index < result.length; index++) {
      result[index] = type.isFloat() ? (float) doubleAt(index) : integerAsFloat(index);
    }
    return result;
  }

  // Not by way of double: a 64-bit integer would be rounded twice.
  private float integerAsFloat(int index) {
    return type == NumpyType.UINT64 ? (float) unsignedToDouble(index) : (float) longAt(index);
  }

  private double unsignedToDouble(int index) {
    long bits = ((long[]) values)[index];
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }

  /// The values as `double`, rounded where a 64-bit integer is not exact.
  public double[] doubles() {
    double[] result = new double[size()];
    for (int index = 0; index < result.length; index++) {
      result[index] = doubleAt(index);
    }
    return result;
  }

  /// The values as `int`.
  ///
  /// @throws IllegalStateException if they are not integers, or one does not fit
  public int[] ints() {
    if (values instanceof int[] ints && type == NumpyType.INT32) {
      return ints.clone();
    }
    int[] result = new int[size()];
    for (int index = 0; index < result.length; index++) {
      long value = longAt(index);
      result[index] = (int) value;
      if (result[index] != value) {
        throw new IllegalStateException(
            "%s: value %d at index %d does not fit into 32 bits".formatted(this, value, index));
      }
    }
    return result;
  }

  /// The values as `long`.
  ///
  /// @throws IllegalStateException if they are not integers, or one does not fit
  public long[] longs() {
    long[] result = new long[size()];
    for (int index = 0; index < result.length; index++) {
      result[index] = longAt(index);
    }
    return result;
  }

  /// The bits of values of 8 bits.
  ///
  /// @throws IllegalStateException for other values
  public byte[] bytes() {
    if (values instanceof byte[] bytes) {
      return bytes.clone();
    }
    throw unexpected("integers of 8 bits");
  }

  /// @throws IllegalStateException if the values are not truth values
  public boolean[] booleans() {
    if (values instanceof boolean[] booleans) {
      return booleans.clone();
    }
    throw unexpected("truth values");
  }

  /// @throws IllegalStateException if the values are not strings
  public String[] strings() {
    if (values instanceof String[] strings) {
      return strings.clone();
    }
    throw unexpected("strings");
  }

  /// The only value of an array of strings.
  public String string() {
    requireOne();
    return strings()[0];
  }

  /// The value at a flat index as `double`.
  public double doubleAt(int index) {
    return switch (values) {
      case float[] floats -> floats[index];
      case double[] doubles -> doubles[index];
      case long[] _ when type == NumpyType.UINT64 -> unsignedToDouble(index);
      default -> longAt(index);
    };
  }

  /// The value at a flat index as `long`.
  ///
  /// @throws IllegalStateException if it is not an integer, or does not fit
  public long longAt(int index) {
    boolean unsigned = type.isUnsigned();
    return switch (values) {
      case byte[] bytes -> unsigned ? Byte.toUnsignedLong(bytes[index]) : bytes[index];
      case short[] shorts -> unsigned ? Short.toUnsignedLong(shorts[index]) : shorts[index];
      case int[] ints -> unsigned ? Integer.toUnsignedLong(ints[index]) : ints[index];
      case long[] longs when unsigned && longs[index] < 0 ->
          throw new IllegalStateException(
              "%s: value %s at index %d does not fit into 63 bits"
                  .formatted(this, Long.toUnsignedString(longs[index]), index));
      case long[] longs -> longs[index];
      case boolean[] booleans -> booleans[index] ? 1 : 0;
      default -> throw unexpected("integers");
    };
  }

  /// The only value of an array of one number.
  public double number() {
    requireOne();
    return doubleAt(0);
  }

  /// The only value of an array of one integer.
  public long integer() {
    requireOne();
    return longAt(0);
  }

  /// The array itself, for writing.
  Object values() {
    return values;
  }

  private void requireOne() {
    if (size() != 1) {
      throw new IllegalStateException("%s: expected a single value".formatted(this));
    }
  }

  private IllegalStateException unexpected(String expected) {
    return new IllegalStateException("%s: expected %s".formatted(this, expected));
  }

  /// A shape as NumPy prints it: `(3, 4)`, `(5,)`, `()`.
  static String show(int[] shape) {
    StringBuilder text = new StringBuilder("(");
    for (int axis = 0; axis < shape.length; axis++) {
      text.append(axis == 0 ? "" : ", ").append(shape[axis]);
    }
    return text.append(shape.length == 1 ? ",)" : ")").toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NumpyArray array
        && type == array.type
        && Arrays.equals(shape, array.shape)
        && Objects.deepEquals(values, array.values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(new Object[] {type, shape, values});
  }

  @Override
  public String toString() {
    return "NumpyArray[%s, shape=%s]".formatted(type.code(), show(shape));
  }
}
