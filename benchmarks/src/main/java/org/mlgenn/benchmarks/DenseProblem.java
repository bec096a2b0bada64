package org.mlgenn.benchmarks;

/// Spikes from outside through a matrix of weights to neurons, which sum them up.
///
/// @param spikesPerStep mean number of an example
/// @param timesteps of one repetition
record DenseProblem(int sources, int targets, int batch, double spikesPerStep, int timesteps) {
  static final float DECAY = 0.9f;

  SparseProblem.Spikes spikes(int example) {
    return SparseProblem.Spikes.of(sources, timesteps, spikesPerStep / sources, example);
  }

  String caseName() {
    return sources + "x" + targets;
  }
}
