package org.mlgenn.tests.gradient;

import java.util.Arrays;
import java.util.List;

/// How the loss of a trial on a time grid enters the backward pass.
///
/// With the readout's factors `w_n = dr/dV_n` (SumVar 1, AvgVar dt/T, AvgVarExpWeight exp(-n dt/T)
/// dt/T, MaxVar 1 in the first step with the largest voltage, Var 1 in the last step) and the error
/// `e = -dL/dr`, the drive of step n is `D_n = e w_n / dt`. A loss per time step has its own error
/// in each step and `w_n = dt/T`.
final class DiscreteErrors {
  private final double[][] drives;
  private final int[] firstSpikes;
  private final double[] spikeErrors;

  private DiscreteErrors(double[][] drives, int[] firstSpikes, double[] spikeErrors) {
    this.drives = drives;
    this.firstSpikes = firstSpikes;
    this.spikeErrors = spikeErrors;
  }

  /// The drives of a time step, one per output neuron.
  double[] drives(int step) {
    return drives[step];
  }

  /// The error of minus this spike's time: 0 unless it is the neuron's first and the readout is its
  /// time.
  double ofSpike(int step, int neuron) {
    return step == firstSpikes[neuron] ? spikeErrors[neuron] : 0;
  }

  static DiscreteErrors of(
      NetworkCase network, Example example, ReferenceStepper.Forward forward, double dt) {
    double[][] voltages = forward.voltages();
    int[] firstSpikes = firstSpikes(network, forward);
    double[] spikeErrors = new double[firstSpikes.length];
    double[][] drives = new double[voltages.length][firstSpikes.length];
    if (network.pair().perTimestep()) {
      double[][] targets = network.targetsPerTimestep(example, dt);
      for (int step = 0; step < drives.length; step++) {
        double[] errors = errors(network, example, voltages[step], targets[step], dt);
        for (int neuron = 0; neuron < errors.length; neuron++) {
          drives[step][neuron] = errors[neuron] / network.duration();
        }
      }
    } else if (network.pair().readsSpikes()) {
      double[] readouts = Arrays.stream(firstSpikes).mapToDouble(step -> -step * dt).toArray();
      double[] targets = Arrays.stream(example.targets()).map(time -> -time).toArray();
      spikeErrors = errors(network, example, readouts, targets, dt);
    } else {
      double[][] factors = factors(network, voltages, dt);
      double[] readouts = new double[firstSpikes.length];
      for (int neuron = 0; neuron < readouts.length; neuron++) {
        for (int step = 0; step < voltages.length; step++) {
          readouts[neuron] += factors[step][neuron] * voltages[step][neuron];
        }
      }
      double[] errors = errors(network, example, readouts, network.targets(example, dt), dt);
      for (int step = 0; step < drives.length; step++) {
        for (int neuron = 0; neuron < errors.length; neuron++) {
          drives[step][neuron] = errors[neuron] * factors[step][neuron] / dt;
        }
      }
    }
    return new DiscreteErrors(drives, firstSpikes, spikeErrors);
  }

  private static int[] firstSpikes(NetworkCase network, ReferenceStepper.Forward forward) {
    int[] first = new int[network.circuit().outputCells().size()];
    Arrays.fill(first, -1);
    for (int step = forward.spikes().size() - 1; step >= 0; step--) {
      List<ReferenceStepper.Spike> spikes = forward.spikes().get(step);
      for (ReferenceStepper.Spike spike : spikes) {
        if (spike.group() == network.circuit().output()) {
          first[spike.neuron()] = step;
        }
      }
    }
    return first;
  }

  /// `dr/dV_n`, `(timestep, neuron)`.
  private static double[][] factors(NetworkCase network, double[][] voltages, double dt) {
    double duration = network.duration();
    double[][] factors = new double[voltages.length][voltages[0].length];
    for (int neuron = 0; neuron < voltages[0].length; neuron++) {
      int largest = 0;
      for (int step = 1; step < voltages.length; step++) {
        largest = voltages[step][neuron] > voltages[largest][neuron] ? step : largest;
      }
      for (int step = 0; step < voltages.length; step++) {
        factors[step][neuron] =
            switch (network.pair().readout()) {
              case VAR -> step == voltages.length - 1 ? 1 : 0;
              case SUM_VAR -> 1;
              case AVG_VAR -> dt / duration;
              case AVG_VAR_EXP_WEIGHT -> Math.exp(-step * dt / duration) * dt / duration;
              case MAX_VAR -> step == largest ? 1 : 0;
              case FIRST_SPIKE_TIME -> 0;
            };
      }
    }
    return factors;
  }

  /// `-dL/dr` of every output neuron.
  private static double[] errors(
      NetworkCase network, Example example, double[] readouts, double[] targets, double dt) {
    int label = example.label();
    double[] errors = new double[readouts.length];
    switch (network.pair().loss()) {
      case CROSSENTROPY -> {
        double temperature = network.temperature(dt);
        for (int neuron = 0; neuron < errors.length; neuron++) {
          double sum = 0;
          for (double readout : readouts) {
            sum += Math.exp((readout - readouts[neuron]) / temperature);
          }
          errors[neuron] = ((neuron == label ? 1 : 0) - 1 / sum) / temperature;
        }
        if (network.pair().readsSpikes()) {
          double left = 1.01 * network.duration() + readouts[label];
          errors[label] += network.settings().ttfsAlpha() / (left * left);
        }
      }
      case SQUARE_ERROR -> {
        for (int neuron = 0; neuron < errors.length; neuron++) {
          errors[neuron] = targets[neuron] - readouts[neuron];
        }
      }
      case RELATIVE_SQUARE_ERROR -> {
        for (int neuron = 0; neuron < errors.length; neuron++) {
          if (neuron != label) {
            double late = readouts[label] - readouts[neuron] - network.settings().margin();
            errors[neuron] += late;
            errors[label] -= late;
          }
        }
      }
    }
    return errors;
  }
}
