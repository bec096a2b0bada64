package org.mlgenn.benchmarks;

/// A loop written by hand for one network, that does the same work as the engine.
interface HandWritten extends AutoCloseable {
  /// One repetition.
  void run();

  /// Spikes since the start.
  long spikes();

  /// The variable that is compared, `(batch, neuron)`.
  float[] state();

  @Override
  void close();
}
