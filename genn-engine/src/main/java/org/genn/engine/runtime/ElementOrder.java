package org.genn.engine.runtime;

import java.util.Arrays;

/// How the elements of one example of a variable are numbered: row by row.
sealed interface ElementOrder {

  /// Number of elements.
  long size();

  int row(long element);

  /// Place of an element in its row.
  int column(long element);

  /// First element of a row.
  long start(int row);

  /// Elements of a row.
  int length(int row);

  /// Rows of equal length.
  record Equal(int rows, int length) implements ElementOrder {
    @Override
    public long size() {
      return (long) rows * length;
    }

    @Override
    public int row(long element) {
      return Math.toIntExact(element / length);
    }

    @Override
    public int column(long element) {
      return (int) (element % length);
    }

    @Override
    public long start(int row) {
      return (long) row * length;
    }

    @Override
    public int length(int row) {
      return length;
    }
  }

  /// Rows that each have a length of their own.
  ///
  /// @param starts first element of each row, and the number of elements
  record Ragged(long[] starts) implements ElementOrder {
    @Override
    public long size() {
      return starts[starts.length - 1];
    }

    @Override
    public int row(long element) {
      if (element < 0 || element >= size()) {
        return element < 0 ? -1 : starts.length - 1;
      }
      int found = Arrays.binarySearch(starts, element);
      if (found < 0) {
        return -found - 2;
      }
      while (starts[found + 1] == element) {
        found++; // rows without elements
      }
      return found;
    }

    @Override
    public int column(long element) {
      return (int) (element - starts[row(element)]);
    }

    @Override
    public long start(int row) {
      return starts[row];
    }

    @Override
    public int length(int row) {
      return (int) (starts[row + 1] - starts[row]);
    }
  }
}
