package org.mlgenn.benchmarks;

import java.util.SplittableRandom;

/// Leaky integrate-and-fire neurons without synapses, each driven above its threshold from a
/// voltage of its own: they fire 45 times a second.
///
/// @param neurons in each example
/// @param timesteps of one repetition
record LifProblem(int neurons, int batch, int timesteps) {
  static final double DT = 0.1;
  static final double TAU = 20;
  static final double CAPACITANCE = 0.2;
  static final double REST = -65;
  static final double RESET = -65;
  static final double THRESHOLD = -50;
  static final double OFFSET = 0.25;
  static final double REFRACTORY = 5;

  /// Decay, value at rest under the input, threshold, value after a spike, refractory time, `dt`.
  static float[] constants() {
    float resistance = (float) (TAU / CAPACITANCE);
    float steady = (float) OFFSET * resistance + (float) REST;
    return new float[] {
      (float) Math.exp(-DT / TAU),
      steady,
      (float) THRESHOLD,
      (float) RESET,
      (float) REFRACTORY,
      (float) DT
    };
  }

  float[] voltages() {
    var random = new SplittableRandom(1);
    float[] voltages = new float[batch * neurons];
    for (int k = 0; k < voltages.length; k++) {
      voltages[k] = (float) random.nextDouble(RESET, THRESHOLD);
    }
    return voltages;
  }
}
