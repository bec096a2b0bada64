package org.genn.engine.backend;

/// Makes rows of ragged arrays of which only kernels know how long they get: they write them into
/// long rows that are lent, and what they wrote is kept in rows of just that length.
///
/// Belongs to one thread; the builders of several may work at the same time, each on rows of its
/// own. Rows that have one builder and are made one after the other lie beside each other.
public interface RowBuilder {

  /// Puts rows with room for `length` elements, which may hold anything, in the place of `count`
  /// rows. All have to be kept before the next ones of the same array are lent.
  void lend(int array, int first, int count, int length);

  /// Keeps the first elements of rows that were lent, of each as many as are told.
  ///
  /// @param lengths of the rows from `first` on
  void keep(int array, int first, int[] lengths);

  /// Makes rows of zeros.
  ///
  /// @param lengths of the rows from `first` on
  void zeros(int array, int first, int[] lengths);

  /// Builds rows by resizing them.
  record Resizing(Memory memory) implements RowBuilder {
    @Override
    public void lend(int array, int first, int count, int length) {
      for (int row = first; row < first + count; row++) {
        memory.resize(array, row, length);
      }
    }

    @Override
    public void keep(int array, int first, int[] lengths) {
      for (int k = 0; k < lengths.length; k++) {
        memory.resize(array, first + k, lengths[k]);
      }
    }

    @Override
    public void zeros(int array, int first, int[] lengths) {
      for (int k = 0; k < lengths.length; k++) {
        memory.resize(array, first + k, 0);
        memory.resize(array, first + k, lengths[k]);
      }
    }
  }
}
