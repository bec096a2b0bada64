package org.genn.engine.backend;

/// Makes rows of ragged arrays of which only kernels know how long they get: they write them into
/// long rows that are lent, and what they wrote is kept in rows of just that length.
///
/// Belongs to one thread; the builders of several may work at the same time, each on rows of its
/// own. Rows that have one builder and are made one after the other lie beside each other.
public interface RowBuilder {

  /// Puts rows with room for `length` elements, which may hold anything, in the place of `count`
  /// rows. Each has to be kept before the next ones of the same array are lent.
  void lend(int array, int first, int count, int length);

  /// Keeps the first `length` elements of a row that was lent, and nothing of any other.
  void keep(int array, int row, int length);

  /// Makes a row of zeros.
  void zeros(int array, int row, int length);

  /// Builds rows by resizing them.
  record Resizing(Memory memory) implements RowBuilder {
    @Override
    public void lend(int array, int first, int count, int length) {
      for (int row = first; row < first + count; row++) {
        memory.resize(array, row, length);
      }
    }

    @Override
    public void keep(int array, int row, int length) {
      memory.resize(array, row, length);
    }

    @Override
    public void zeros(int array, int row, int length) {
      memory.resize(array, row, 0);
      memory.resize(array, row, length);
    }
  }
}
