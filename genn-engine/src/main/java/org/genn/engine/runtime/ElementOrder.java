package org.genn.engine.runtime;

import java.util.Arrays;

/// How the elements of one example of a variable are numbered: row by row.
sealed interface ElementOrder {

  /// Number of elements.
  int size();

  int row(int element);

  /// Place of an element in its row.
  int column(int element);

  /// First element of a row.
  int start(int row);

  /// Elements of a row.
  int length(int row);

  /// Rows of equal length.
  record Equal(int rows, int length) implements ElementOrder {
    @Override
    public int size() {
      return rows * length;
    }

    @Override
    public int row(int element) {
      return element / length;
    }

    @Override
    public int column(int element) {
      return element % length;
    }

    @Override
    public int start(int row) {
      return row * length;
    }

    @Override
    public int length(int row) {
      return length;
    }
  }

  /// Rows that each have a length of their own.
  ///
  /// @param starts first element of each row, and the number of elements
  record Ragged(int[] starts) implements ElementOrder {
    @Override
    public int size() {
      return starts[starts.length - 1];
    }

    @Override
    public int row(int element) {
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
    public int column(int element) {
      return element - starts[row(element)];
    }

    @Override
    public int start(int row) {
      return starts[row];
    }

    @Override
    public int length(int row) {
      return starts[row + 1] - starts[row];
    }
  }
}
