package org.mlgenn.compilers;

import java.util.ArrayList;
import java.util.List;

/// One layer of neurons behind spike inputs, simulated in plain Java and double precision by the
/// order of operations that ml_genn has: nothing of it is shared with the engine.
final class ReferenceNetwork {
  double dt = 1;
  double[][] weights = {};
  double[][] recurrent = {};
  boolean isExponential;
  boolean scalesCurrent;
  double tauSyn = 5;

  boolean leaks = true;
  boolean spikes = true;
  boolean scalesInput;
  boolean subtracts = true;
  boolean isRefractory;
  boolean integratesInRefractoriness = true;
  double[] tauMem = {};
  double[] vThresh = {};
  double vReset;
  double bias;
  double tauRefrac;

  double[] v = {};
  double[] refractory = {};
  double[] inputCurrent = {};
  double[] recurrentCurrent = {};
  boolean[] spiked = {};
  boolean[] inputSpiked = {};

  final List<double[]> voltages = new ArrayList<>();
  final List<String> emitted = new ArrayList<>();

  void start(double[] initial) {
    v = initial.clone();
    refractory = new double[v.length];
    inputCurrent = new double[v.length];
    recurrentCurrent = new double[v.length];
    spiked = new boolean[v.length];
    inputSpiked = new boolean[weights.length];
  }

  void step(int step, boolean[] input) {
    double[] current = new double[v.length];
    deliver(inputSpiked, weights, inputCurrent, current);
    deliver(spiked, recurrent, recurrentCurrent, current);
    inputSpiked = input.clone();
    spiked = new boolean[v.length];
    for (int neuron = 0; neuron < v.length; neuron++) {
      update(step, neuron, current[neuron]);
    }
    voltages.add(v.clone());
  }

  private void deliver(boolean[] sources, double[][] matrix, double[] stored, double[] current) {
    for (int source = 0; source < matrix.length; source++) {
      for (int neuron = 0; neuron < stored.length; neuron++) {
        stored[neuron] += sources[source] ? matrix[source][neuron] : 0;
      }
    }
    double beta = Math.exp(-dt / tauSyn);
    for (int neuron = 0; neuron < stored.length; neuron++) {
      if (isExponential) {
        current[neuron] += stored[neuron] * (scalesCurrent ? tauSyn / dt * (1 - beta) : 1);
        stored[neuron] *= beta;
      } else {
        current[neuron] += stored[neuron];
        stored[neuron] = 0;
      }
    }
  }

  private void update(int step, int neuron, double current) {
    double alpha = leaks ? Math.exp(-dt / tauMem[neuron]) : 1;
    double next = alpha * v[neuron] + (scalesInput ? 1 - alpha : 1) * current + bias;
    boolean waits = isRefractory && refractory[neuron] > 0;
    if (!waits || integratesInRefractoriness) {
      v[neuron] = next;
    }
    if (waits) {
      refractory[neuron] -= dt;
    }
    if (spikes && v[neuron] >= vThresh[neuron] && refractory[neuron] <= 0) {
      spiked[neuron] = true;
      emitted.add(step + ":" + neuron);
      v[neuron] = subtracts ? v[neuron] - (vThresh[neuron] - vReset) : vReset;
      if (isRefractory) {
        refractory[neuron] = tauRefrac;
      }
    }
  }
}
