package org.genn.engine.kernel;

import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;

/// How the neurons of each group are divided into parts that may be handled at the same time: part
/// `p` has the neurons from `bound(size, p)` to `bound(size, p + 1)`.
///
/// Bounds are multiples of 32, so that a part has whole words of spike bits and whole cache lines.
///
/// @param parts from 1 to 64
public record Partition(int parts) {
  /// Neurons that stay together.
  static final int GRAIN = 32;

  public static final int MAX_PARTS = 64;

  /// Everything is one part.
  static final Partition WHOLE = new Partition(1);

  public Partition {
    if (parts < 1 || parts > MAX_PARTS) {
      throw new IllegalArgumentException(
          "a model can have 1 to %d parts, got %d".formatted(MAX_PARTS, parts));
    }
  }

  boolean isDivided() {
    return parts > 1;
  }

  /// First neuron of a part, of a group of `size`.
  public int bound(int size, int part) {
    long blocks = Math.ceilDiv(size, GRAIN);
    return (int) Math.min(size, blocks * part / parts * GRAIN);
  }

  /// The same, where kernels compute it.
  Expr bound(int size, Expr part) {
    Expr block =
        Build.binary(
            BinaryOperator.DIVIDE,
            Build.multiply(part, Build.integer(Math.ceilDiv(size, GRAIN))),
            Build.integer(parts));
    return Build.smaller(
        NumericType.INT32, Build.multiply(block, Build.integer(GRAIN)), Build.integer(size));
  }

  /// Neurons of the largest part.
  int largest(int size) {
    int largest = 0;
    for (int part = 0; part < parts; part++) {
      largest = Math.max(largest, bound(size, part + 1) - bound(size, part));
    }
    return largest;
  }
}
