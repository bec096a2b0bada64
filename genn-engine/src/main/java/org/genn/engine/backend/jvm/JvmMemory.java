package org.genn.engine.backend.jvm;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import org.genn.engine.backend.Memory;
import org.genn.engine.backend.RowBuilder;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.NumericType;

/// A program's arrays as Java arrays of rows.
final class JvmMemory implements Memory {
  private final List<Rows> shapes;
  private final Object[] arrays;

  JvmMemory(Program program) {
    shapes = program.arrays();
    arrays = new Object[shapes.size()];
    for (int i = 0; i < arrays.length; i++) {
      Rows rows = shapes.get(i);
      arrays[i] =
          Array.newInstance(
              element(rows.type()), rows.count(), rows.isRagged() ? 0 : rows.length());
    }
  }

  private static Class<?> element(NumericType type) {
    return switch (type) {
      case BOOL -> boolean.class;
      case INT8, UINT8 -> byte.class;
      case INT16, UINT16 -> short.class;
      case INT32, UINT32 -> int.class;
      case INT64, UINT64 -> long.class;
      case FLOAT -> float.class;
      case DOUBLE -> double.class;
    };
  }

  Object[] arrays() {
    return arrays.clone();
  }

  @Override
  public int rowLength(int array, int row) {
    return Array.getLength(row(array, row));
  }

  Object row(int array, int row) {
    return ((Object[]) arrays[array])[row];
  }

  private float[] floats(int array, int row) {
    if (arrays[array] instanceof float[][] rows) {
      return rows[row];
    }
    throw wrongType(array, "float");
  }

  private double[] doubles(int array, int row) {
    if (arrays[array] instanceof double[][] rows) {
      return rows[row];
    }
    throw wrongType(array, "double");
  }

  private int[] ints(int array, int row) {
    if (arrays[array] instanceof int[][] rows) {
      return rows[row];
    }
    throw wrongType(array, "int32");
  }

  private IllegalArgumentException wrongType(int array, String wanted) {
    Rows rows = shapes.get(array);
    return new IllegalArgumentException(
        "array '%s' has elements of type %s, not %s".formatted(rows.name(), rows.type(), wanted));
  }

  @Override
  public float getFloat(int array, int row, int index) {
    return floats(array, row)[index];
  }

  @Override
  public void setFloat(int array, int row, int index, float value) {
    floats(array, row)[index] = value;
  }

  @Override
  public double getDouble(int array, int row, int index) {
    return doubles(array, row)[index];
  }

  @Override
  public void setDouble(int array, int row, int index, double value) {
    doubles(array, row)[index] = value;
  }

  @Override
  public long getLong(int array, int row, int index) {
    boolean isUnsigned = !shapes.get(array).type().isSigned();
    return switch (row(array, row)) {
      case boolean[] values -> values[index] ? 1 : 0;
      case byte[] values -> isUnsigned ? values[index] & 0xff : values[index];
      case short[] values -> isUnsigned ? values[index] & 0xffff : values[index];
      case int[] values -> isUnsigned ? Integer.toUnsignedLong(values[index]) : values[index];
      case long[] values -> values[index];
      default -> throw wrongType(array, "integer");
    };
  }

  @Override
  public void setLong(int array, int row, int index, long value) {
    switch (row(array, row)) {
      case boolean[] values -> values[index] = value != 0;
      case byte[] values -> values[index] = (byte) value;
      case short[] values -> values[index] = (short) value;
      case int[] values -> values[index] = (int) value;
      case long[] values -> values[index] = value;
      default -> throw wrongType(array, "integer");
    }
  }

  @Override
  public void readFloats(int array, int row, float[] target, int offset) {
    float[] values = floats(array, row);
    System.arraycopy(values, 0, target, offset, values.length);
  }

  @Override
  public void writeFloats(int array, int row, float[] source, int offset) {
    float[] values = floats(array, row);
    System.arraycopy(source, offset, values, 0, values.length);
  }

  @Override
  public void readInts(int array, int row, int[] target, int offset, int length) {
    System.arraycopy(ints(array, row), 0, target, offset, length);
  }

  @Override
  public void bindInts(int array, int row, int[] values) {
    requireRagged(array);
    if (!(arrays[array] instanceof int[][] rows)) {
      throw wrongType(array, "int32");
    }
    rows[row] = values;
  }

  @Override
  public void bindFloats(int array, int row, float[] values) {
    requireRagged(array);
    if (!(arrays[array] instanceof float[][] rows)) {
      throw wrongType(array, "float");
    }
    rows[row] = values;
  }

  @Override
  public void resize(int array, int row, int length) {
    requireRagged(array);
    Object[] rows = (Object[]) arrays[array];
    Object old = rows[row];
    int kept = Array.getLength(old);
    if (kept != length) {
      Object resized = Array.newInstance(old.getClass().getComponentType(), length);
      System.arraycopy(old, 0, resized, 0, Math.min(kept, length));
      rows[row] = resized;
    }
  }

  @Override
  public void readIntegers(int array, int row, int first, int[] target, int offset, int length) {
    boolean isUnsigned = !shapes.get(array).type().isSigned();
    switch (row(array, row)) {
      case byte[] values -> {
        for (int i = 0; i < length; i++) {
          byte value = values[first + i];
          target[offset + i] = isUnsigned ? value & 0xff : value;
        }
      }
      case short[] values -> {
        for (int i = 0; i < length; i++) {
          short value = values[first + i];
          target[offset + i] = isUnsigned ? value & 0xffff : value;
        }
      }
      case int[] values -> System.arraycopy(values, first, target, offset, length);
      default -> throw wrongType(array, "integer of at most 32 bits");
    }
  }

  @Override
  public void writeIntegers(int array, int row, int first, int[] source, int offset, int length) {
    switch (row(array, row)) {
      case byte[] values -> {
        for (int i = 0; i < length; i++) {
          values[first + i] = (byte) source[offset + i];
        }
      }
      case short[] values -> {
        for (int i = 0; i < length; i++) {
          values[first + i] = (short) source[offset + i];
        }
      }
      case int[] values -> System.arraycopy(source, offset, values, first, length);
      default -> throw wrongType(array, "integer of at most 32 bits");
    }
  }

  @Override
  public RowBuilder rowBuilder() {
    return new JvmRowBuilder(this);
  }

  @Override
  public void discardRows(int array, int rows) {
    requireRagged(array);
    Arrays.fill((Object[]) arrays[array], 0, rows, newRow(array, 0));
  }

  /// A row of zeros that is no part of an array yet.
  Object newRow(int array, int length) {
    return Array.newInstance(
        arrays[array].getClass().getComponentType().getComponentType(), length);
  }

  void bind(int array, int row, Object values) {
    requireRagged(array);
    ((Object[]) arrays[array])[row] = values;
  }

  private void requireRagged(int array) {
    Rows rows = shapes.get(array);
    if (!rows.isRagged()) {
      throw new IllegalArgumentException(
          "rows of array '%s' have a fixed length of %d".formatted(rows.name(), rows.length()));
    }
  }

  @Override
  public void swap(int first, int second) {
    Object[] a = (Object[]) arrays[first];
    Object[] b = (Object[]) arrays[second];
    if (a.getClass() != b.getClass()
        || a.length != b.length
        || shapes.get(first).length() != shapes.get(second).length()) {
      throw new IllegalArgumentException(
          "arrays '%s' and '%s' differ in shape"
              .formatted(shapes.get(first).name(), shapes.get(second).name()));
    }
    for (int row = 0; row < a.length; row++) {
      Object held = a[row];
      a[row] = b[row];
      b[row] = held;
    }
  }

  @Override
  public void clear(int array) {
    for (Object row : (Object[]) arrays[array]) {
      switch (row) {
        case boolean[] values -> Arrays.fill(values, false);
        case byte[] values -> Arrays.fill(values, (byte) 0);
        case short[] values -> Arrays.fill(values, (short) 0);
        case int[] values -> Arrays.fill(values, 0);
        case long[] values -> Arrays.fill(values, 0);
        case float[] values -> Arrays.fill(values, 0);
        case double[] values -> Arrays.fill(values, 0);
        default -> throw new IllegalStateException("not a row: " + row);
      }
    }
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (int array = 0; array < arrays.length; array++) {
      int size = Math.max(1, shapes.get(array).type().bits() / 8);
      for (Object row : (Object[]) arrays[array]) {
        bytes += (long) size * Array.getLength(row);
      }
    }
    return bytes;
  }

  @Override
  public MemorySegment segment(int array, int row) {
    if (shapes.get(array).isRagged()) {
      throw new IllegalArgumentException(
          "rows of array '%s' may move".formatted(shapes.get(array).name()));
    }
    return switch (row(array, row)) {
      case byte[] values -> MemorySegment.ofArray(values);
      case short[] values -> MemorySegment.ofArray(values);
      case int[] values -> MemorySegment.ofArray(values);
      case long[] values -> MemorySegment.ofArray(values);
      case float[] values -> MemorySegment.ofArray(values);
      case double[] values -> MemorySegment.ofArray(values);
      default -> throw wrongType(array, "number");
    };
  }

  /// Lets the rows go.
  void release() {
    for (Object array : arrays) {
      Arrays.fill((Object[]) array, null);
    }
  }
}
