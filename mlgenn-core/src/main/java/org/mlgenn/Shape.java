package org.mlgenn;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Sizes of a population along its dimensions, slowest first: `(784)`, or `(height, width,
/// channels)` for images, whose neuron index is `(row · width + column) · channels + channel`.
///
/// @param sizes positive; none at all for a shape that is still to be inferred
public record Shape(List<Integer> sizes) {
  /// A shape that the connections of a population are to tell.
  public static final Shape UNKNOWN = new Shape(List.of());

  public Shape {
    sizes = List.copyOf(sizes);
    long elements = 1;
    for (int size : sizes) {
      if (size <= 0) {
        throw new IllegalArgumentException("Shape: sizes must be positive, got " + text(sizes));
      }
      elements *= size;
      if (elements > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Shape: %s has more than %d elements".formatted(text(sizes), Integer.MAX_VALUE));
      }
    }
  }

  /// Of no sizes: `UNKNOWN`.
  public static Shape of(int... sizes) {
    return new Shape(IntStream.of(sizes).boxed().toList());
  }

  public boolean isKnown() {
    return !sizes.isEmpty();
  }

  public int dimensions() {
    return sizes.size();
  }

  /// Number of elements.
  ///
  /// @throws IllegalStateException when the shape is not known
  public int size() {
    if (!isKnown()) {
      throw new IllegalStateException("Shape: not inferred yet");
    }
    return sizes.stream().reduce(1, (product, size) -> product * size);
  }

  @Override
  public String toString() {
    return isKnown() ? text(sizes) : "(?)";
  }

  private static String text(List<Integer> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }
}
