package org.mlgenn.benchmarks;

/// The network of Vogels and Abbott with synaptic currents (CUBA): leaky integrate-and-fire
/// neurons, four fifths of them excitatory, a fixed number of random targets each, no input from
/// outside: the resting potential is above the threshold.
///
/// With other numbers of synapses than the published 80 the weights are scaled by `80 / synapses`
/// times `gain`, so that the mean input stays in the range where activity is irregular.
///
/// @param synapses of each neuron
/// @param gain of the scaled weights
/// @param timesteps of one repetition
/// @see <a href="https://doi.org/10.1523/JNEUROSCI.3508-05.2005">Vogels & Abbott (2005)</a>
/// @see <a href="https://doi.org/10.1007/s10827-007-0038-6">Brette et al. (2007), benchmark 2</a>
record CubaProblem(int neurons, int synapses, double gain, int timesteps) {
  static final double DT = 0.1;
  static final double TAU = 20;
  static final double CAPACITANCE = 0.2;
  static final double REST = -49;
  static final double RESET = -60;
  static final double THRESHOLD = -50;
  static final double REFRACTORY = 5;
  static final double TAU_EXCITATORY = 5;
  static final double TAU_INHIBITORY = 10;
  private static final double EXCITATORY_WEIGHT = 0.0162;
  private static final double INHIBITORY_WEIGHT = -0.09;
  private static final double PUBLISHED_SYNAPSES = 80;

  int excitatory() {
    return neurons / 5 * 4;
  }

  int inhibitory() {
    return neurons - excitatory();
  }

  /// Of each neuron's synapses, those that lead to excitatory neurons.
  int synapsesToExcitatory() {
    return synapses / 5 * 4;
  }

  int synapsesToInhibitory() {
    return synapses - synapsesToExcitatory();
  }

  private double scale() {
    return gain * PUBLISHED_SYNAPSES / synapses;
  }

  /// Weight of a synapse of an excitatory neuron (nA).
  double excitatoryWeight() {
    return EXCITATORY_WEIGHT * scale();
  }

  /// Weight of a synapse of an inhibitory neuron (nA).
  double inhibitoryWeight() {
    return INHIBITORY_WEIGHT * scale();
  }

  /// `4000x80`
  String caseName() {
    return neurons + "x" + synapses;
  }

  double biologicalSeconds() {
    return timesteps * DT / 1e3;
  }

  /// In this order: decay of the membrane, rest, threshold, reset, refractory time, `dt`,
  /// resistance, then decay and mean share in a step of the excitatory and of the inhibitory
  /// current, then the two weights.
  float[] constants() {
    return new float[] {
      (float) Math.exp(-DT / TAU),
      (float) REST,
      (float) THRESHOLD,
      (float) RESET,
      (float) REFRACTORY,
      (float) DT,
      (float) (TAU / CAPACITANCE),
      (float) Math.exp(-DT / TAU_EXCITATORY),
      (float) (TAU_EXCITATORY * (1 - Math.exp(-DT / TAU_EXCITATORY)) / DT),
      (float) Math.exp(-DT / TAU_INHIBITORY),
      (float) (TAU_INHIBITORY * (1 - Math.exp(-DT / TAU_INHIBITORY)) / DT),
      (float) excitatoryWeight(),
      (float) inhibitoryWeight()
    };
  }
}
