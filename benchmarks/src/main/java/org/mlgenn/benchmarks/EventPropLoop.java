package org.mlgenn.benchmarks;

/// A loop written by hand for `ShdProblem`.
interface EventPropLoop extends AutoCloseable {
  /// Forward and backward pass of the whole batch; adds to the gradients.
  void run();

  void clearGradients();

  /// Hidden spikes of the last run.
  int hiddenSpikes();

  /// Sum over the threads of the gradient of the recurrent weights, for comparison.
  float[] recurrentGradient();

  @Override
  void close();
}
