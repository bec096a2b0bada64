package org.mlgenn.benchmarks;

import java.util.SplittableRandom;

/// Spikes from outside through sparse rows with a weight per synapse to as many neurons, which sum
/// them up.
///
/// @param neurons sources, and targets
/// @param synapses of each source
/// @param timesteps of one repetition
record SparseProblem(int neurons, int synapses, int timesteps) {
  static final float DECAY = 0.9f;

  /// Of a source in a step: 5 Hz at a step of 1 ms.
  private static final double PROBABILITY = 0.005;

  /// Spikes of one example, as the engine takes them.
  ///
  /// @param offsets those of step `s` are from `offsets[s]` on
  record Spikes(int[] offsets, int[] ids) {
    static Spikes of(int sources, int timesteps, double probability, long seed) {
      var random = new SplittableRandom(seed);
      int[] offsets = new int[timesteps + 2];
      int[] ids = new int[sources * timesteps];
      int count = 0;
      for (int step = 0; step < timesteps; step++) {
        offsets[step] = count;
        for (int source = 0; source < sources; source++) {
          if (random.nextDouble() < probability) {
            ids[count++] = source;
          }
        }
      }
      offsets[timesteps] = count;
      offsets[timesteps + 1] = count;
      return new Spikes(offsets, java.util.Arrays.copyOf(ids, count));
    }
  }

  Spikes spikes() {
    return Spikes.of(neurons, timesteps, PROBABILITY, 1);
  }

  String caseName() {
    return neurons + "x" + synapses;
  }
}
