package org.genn.engine.runtime;

import java.util.Arrays;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.NumericType;

/// Rows as Java arrays of `float`, `double`, `int` and `long`.
final class PlainMemory implements Memory {
  private final Object[][] arrays;
  private final Program program;

  PlainMemory(Program program) {
    this.program = program;
    arrays = program.arrays().stream().map(PlainMemory::allocate).toArray(Object[][]::new);
  }

  private static Object[] allocate(Rows rows) {
    Object[] array = new Object[rows.count()];
    int length = Math.max(0, rows.length());
    Arrays.setAll(
        array,
        _ ->
            switch (rows.type()) {
              case FLOAT -> new float[length];
              case DOUBLE -> new double[length];
              case INT64, UINT64 -> new long[length];
              case BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32 -> new int[length];
            });
    return array;
  }

  float[] floats(int array, int row) {
    return (float[]) arrays[array][row];
  }

  int[] ints(int array, int row) {
    return (int[]) arrays[array][row];
  }

  long[] longs(int array, int row) {
    return (long[]) arrays[array][row];
  }

  @Override
  public int rowLength(int array, int row) {
    return java.lang.reflect.Array.getLength(arrays[array][row]);
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
    return ((double[]) arrays[array][row])[index];
  }

  @Override
  public void setDouble(int array, int row, int index, double value) {
    ((double[]) arrays[array][row])[index] = value;
  }

  @Override
  public long getLong(int array, int row, int index) {
    return arrays[array][row] instanceof int[] ints ? ints[index] : longs(array, row)[index];
  }

  @Override
  public void setLong(int array, int row, int index, long value) {
    if (arrays[array][row] instanceof int[] ints) {
      ints[index] = (int) value;
    } else {
      longs(array, row)[index] = value;
    }
  }

  @Override
  public void readFloats(int array, int row, float[] target, int offset) {
    float[] source = floats(array, row);
    System.arraycopy(source, 0, target, offset, source.length);
  }

  @Override
  public void writeFloats(int array, int row, float[] source, int offset) {
    float[] target = floats(array, row);
    System.arraycopy(source, offset, target, 0, target.length);
  }

  @Override
  public void readInts(int array, int row, int[] target, int offset, int length) {
    System.arraycopy(ints(array, row), 0, target, offset, length);
  }

  @Override
  public void bindInts(int array, int row, int[] values) {
    arrays[array][row] = values;
  }

  @Override
  public void bindFloats(int array, int row, float[] values) {
    arrays[array][row] = values;
  }

  @Override
  public void swap(int first, int second) {
    Object[] rows = arrays[first];
    arrays[first] = arrays[second];
    arrays[second] = rows;
  }

  @Override
  public void clear(int array) {
    for (Object row : arrays[array]) {
      switch (row) {
        case float[] values -> Arrays.fill(values, 0);
        case double[] values -> Arrays.fill(values, 0);
        case int[] values -> Arrays.fill(values, 0);
        case long[] values -> Arrays.fill(values, 0);
        default -> throw new IllegalStateException();
      }
    }
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (int array = 0; array < arrays.length; array++) {
      NumericType type = program.arrays().get(array).type();
      for (int row = 0; row < arrays[array].length; row++) {
        bytes += (long) rowLength(array, row) * type.bits() / 8;
      }
    }
    return bytes;
  }
}
