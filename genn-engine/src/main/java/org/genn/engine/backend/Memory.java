package org.genn.engine.backend;

import java.lang.foreign.MemorySegment;

/// The host's view of a program's arrays. `array` is the position in `Program.arrays`.
public interface Memory {

  int rowLength(int array, int row);

  float getFloat(int array, int row, int index);

  void setFloat(int array, int row, int index, float value);

  double getDouble(int array, int row, int index);

  void setDouble(int array, int row, int index, double value);

  /// Value of an integer or boolean element, widened.
  long getLong(int array, int row, int index);

  void setLong(int array, int row, int index, long value);

  /// Copies a row of floats out.
  void readFloats(int array, int row, float[] target, int offset);

  /// Copies a row of floats in.
  void writeFloats(int array, int row, float[] source, int offset);

  /// Copies a row of `int32` out.
  void readInts(int array, int row, int[] target, int offset, int length);

  /// Makes `values` the contents of a ragged `int32` row. A back end that shares memory with the
  /// host uses the array itself, so it must not be changed afterwards.
  void bindInts(int array, int row, int[] values);

  /// Makes `values` the contents of a ragged row of floats.
  void bindFloats(int array, int row, float[] values);

  /// Gives a ragged row room for `length` elements; keeps those that it had, new ones are 0.
  default void resize(int array, int row, int length) {
    throw new UnsupportedOperationException(
        getClass().getSimpleName() + " has no rows that can be resized");
  }

  /// Copies elements of a row of integers of at most 32 bits out, widened.
  ///
  /// @param first of the row
  /// @param offset in `target`
  default void readIntegers(int array, int row, int first, int[] target, int offset, int length) {
    for (int i = 0; i < length; i++) {
      target[offset + i] = (int) getLong(array, row, first + i);
    }
  }

  /// Copies integers of at most 32 bits into a row.
  ///
  /// @param first of the row
  /// @param offset in `source`
  default void writeIntegers(int array, int row, int first, int[] source, int offset, int length) {
    for (int i = 0; i < length; i++) {
      setLong(array, row, first + i, source[offset + i]);
    }
  }

  /// What rows are made with whose length only kernels know.
  default RowBuilder rowBuilder() {
    return new RowBuilder.Resizing(this);
  }

  /// Takes all elements of the rows of a ragged array away.
  default void discardRows(int array, int rows) {
    for (int row = 0; row < rows; row++) {
      resize(array, row, 0);
    }
  }

  /// A row of fixed length as memory that is shared with kernels.
  ///
  /// @throws IllegalArgumentException for rows that may move, and for booleans, which Java has no
  ///   segments of
  default MemorySegment segment(int array, int row) {
    throw new UnsupportedOperationException(
        getClass().getSimpleName() + " shares no memory with the host");
  }

  /// Exchanges the rows of two arrays of the same shape.
  void swap(int first, int second);

  /// Sets all elements of an array to 0.
  void clear(int array);

  /// Bytes that all arrays take at present.
  long bytes();
}
