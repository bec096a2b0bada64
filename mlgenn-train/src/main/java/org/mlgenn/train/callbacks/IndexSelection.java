package org.mlgenn.train.callbacks;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.mlgenn.Shape;

/// Which examples or neurons are recorded. Immutable.
public final class IndexSelection {
  private static final IndexSelection ALL = new IndexSelection(new BitSet(), true);

  private final BitSet selected;
  private final boolean isAll;

  private IndexSelection(BitSet selected, boolean isAll) {
    this.selected = selected;
    this.isAll = isAll;
  }

  public static IndexSelection all() {
    return ALL;
  }

  public static IndexSelection of(int... indices) {
    var selected = new BitSet();
    for (int index : indices) {
      if (index < 0) {
        throw new IllegalArgumentException("selection: index %d is negative".formatted(index));
      }
      selected.set(index);
    }
    return new IndexSelection(selected, false);
  }

  /// @param to not included
  public static IndexSelection range(int from, int to) {
    return of(IntStream.range(from, to).toArray());
  }

  /// Those where the mask is `true`; none beyond its end.
  public static IndexSelection mask(boolean... mask) {
    return of(IntStream.range(0, mask.length).filter(index -> mask[index]).toArray());
  }

  /// Neurons of a population with several dimensions, one per position in the arrays.
  ///
  /// @param coordinates one array per dimension, all of the same length
  public static IndexSelection at(Shape shape, int[]... coordinates) {
    requireDimensions(shape, coordinates.length);
    int count = coordinates[0].length;
    int[] indices = new int[count];
    for (int dimension = 0; dimension < coordinates.length; dimension++) {
      if (coordinates[dimension].length != count) {
        throw new IllegalArgumentException(
            "selection: %d coordinates of dimension %d, expected %d as of dimension 0"
                .formatted(coordinates[dimension].length, dimension, count));
      }
      for (int neuron = 0; neuron < count; neuron++) {
        int size = shape.sizes().get(dimension);
        indices[neuron] =
            indices[neuron] * size + checked(coordinates[dimension][neuron], dimension, size);
      }
    }
    return of(indices);
  }

  /// Neurons of a block of a population with several dimensions.
  ///
  /// @param from first index of each dimension
  /// @param to end of each dimension, not included
  public static IndexSelection block(Shape shape, int[] from, int[] to) {
    requireDimensions(shape, from.length);
    requireDimensions(shape, to.length);
    int[] indices = {0};
    for (int dimension = 0; dimension < from.length; dimension++) {
      int size = shape.sizes().get(dimension);
      int first = checked(from[dimension], dimension, size);
      int last = checked(to[dimension] - 1, dimension, size);
      indices =
          IntStream.of(indices)
              .flatMap(outer -> IntStream.rangeClosed(first, last).map(i -> outer * size + i))
              .toArray();
    }
    return of(indices);
  }

  private static void requireDimensions(Shape shape, int found) {
    if (found != shape.dimensions()) {
      throw new IllegalArgumentException(
          "selection: coordinates of %d dimensions, the shape %s has %d"
              .formatted(found, shape, shape.dimensions()));
    }
  }

  private static int checked(int index, int dimension, int size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException(
          "selection: index %d of dimension %d, expected 0 to %d"
              .formatted(index, dimension, size - 1));
    }
    return index;
  }

  public boolean contains(int index) {
    return isAll || selected.get(index);
  }

  /// The selected ones of `size`, ascending.
  ///
  /// @throws IllegalArgumentException when one is beyond
  int[] indices(String what, int size) {
    if (isAll) {
      return IntStream.range(0, size).toArray();
    }
    if (selected.length() > size) {
      throw new IllegalArgumentException(
          "%s: neuron %d is selected, there are 0 to %d"
              .formatted(what, selected.length() - 1, size - 1));
    }
    return selected.stream().toArray();
  }

  @Override
  public String toString() {
    return isAll ? "all" : selected.toString();
  }
}
