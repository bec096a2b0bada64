package org.genn.engine.runtime;

import org.genn.engine.backend.Philox;

/// Random numbers of one initial value: a pure function of seed, stream and element.
///
/// The counter is element, stream, upper half of the element, 0. Kernels have theirs in the same
/// order, with the step third; the highest bit of the stream keeps the two apart.
final class RandomDraws {
  private static final int INITIAL_VALUES = 1 << 31;

  private final Philox philox;
  private final int stream;

  RandomDraws(long seed, int stream) {
    philox = new Philox(seed);
    this.stream = stream | INITIAL_VALUES;
  }

  /// Uniform in [0, 1).
  double uniform(long element) {
    return philox.uniform((int) element, stream, (int) (element >>> 32), 0);
  }

  /// Standard normal.
  double normal(long element) {
    return philox.normal((int) element, stream, (int) (element >>> 32), 0);
  }
}
