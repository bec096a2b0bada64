package org.mlgenn.initializers;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.genn.engine.model.InitialValue;

/// Numbers given one by one, row-major.
public final class Values implements Value {
  private final float[] values;
  private final List<Integer> sizes;

  private Values(float[] values, List<Integer> sizes) {
    this.values = values;
    this.sizes = sizes;
    if (values.length == 0) {
      throw new IllegalArgumentException("Values: expected at least one value, got none");
    }
  }

  /// One value per neuron.
  public Values(float[] values) {
    this(values.clone(), List.of(values.length));
  }

  /// A matrix, `(source, target)`.
  public Values(float[][] rows) {
    this(flatten(rows), List.of(rows.length, rows.length == 0 ? 0 : rows[0].length));
  }

  private static float[] flatten(float[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    float[] flat = new float[Math.multiplyExact(rows.length, columns)];
    for (int row = 0; row < rows.length; row++) {
      if (rows[row].length != columns) {
        throw new IllegalArgumentException(
            "Values: row %d has %d values, row 0 has %d; rows must be equally long"
                .formatted(row, rows[row].length, columns));
      }
      System.arraycopy(rows[row], 0, flat, row * columns, columns);
    }
    return flat;
  }

  /// The same numbers as an array of other sizes, slowest dimension first.
  public Values reshape(int... newSizes) {
    long elements = 1;
    for (int size : newSizes) {
      elements *= size;
    }
    if (elements != values.length || newSizes.length == 0) {
      throw new IllegalArgumentException(
          "Values: %d values cannot have the sizes %s"
              .formatted(values.length, Arrays.toString(newSizes)));
    }
    return new Values(values, Arrays.stream(newSizes).boxed().toList());
  }

  /// Sizes along the dimensions, slowest first.
  public List<Integer> sizes() {
    return sizes;
  }

  public int length() {
    return values.length;
  }

  public float get(int index) {
    return values[index];
  }

  public float[] toArray() {
    return values.clone();
  }

  @Override
  public InitialValue initialValue() {
    return InitialValue.of(values);
  }

  @Override
  public Values require(String what, Requirement requirement) {
    for (int index = 0; index < values.length; index++) {
      if (!requirement.isMet(values[index])) {
        requirement.check(what + element(index), values[index]);
      }
    }
    return this;
  }

  private String element(int index) {
    var text = new StringBuilder("]");
    int rest = index;
    for (int dimension = sizes.size() - 1; dimension >= 0; dimension--) {
      text.insert(0, rest % sizes.get(dimension));
      text.insert(0, dimension == 0 ? "[" : ", ");
      rest /= sizes.get(dimension);
    }
    return text.toString();
  }

  @Override
  public Values map(String what, DoubleUnaryOperator function) {
    float[] mapped = new float[values.length];
    for (int index = 0; index < mapped.length; index++) {
      mapped[index] = (float) function.applyAsDouble(values[index]);
    }
    return new Values(mapped, sizes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Values that
        && sizes.equals(that.sizes)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * sizes.hashCode() + Arrays.hashCode(values);
  }

  /// Sizes and hash: equal arrays print alike, others hardly ever.
  @Override
  public String toString() {
    return "Values(%s #%08x)"
        .formatted(sizes.toString().replaceAll("[\\[\\]]", ""), Arrays.hashCode(values));
  }
}
