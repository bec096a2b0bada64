package org.mlgenn.tests.gradient;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/// The loss of a [NetworkCase] in the limit of small time steps.
final class ContinuousLoss {
  /// Nodes and weights of Gauss-Legendre quadrature of order 5 on [-1, 1].
  private static final double[] NODES = {
    -0.9061798459386640, -0.5384693101056831, 0, 0.5384693101056831, 0.9061798459386640
  };

  private static final double[] NODE_WEIGHTS = {
    0.2369268850561891,
    0.4786286704993665,
    0.5688888888888889,
    0.4786286704993665,
    0.2369268850561891
  };

  /// Longest stretch of one quadrature (ms): short against all time constants.
  private static final double STRETCH = 1.0;

  private final NetworkCase network;
  private final double dt;

  /// @param dt the time step whose sums [Pair.ReadoutKind#SUM_VAR] stands for (ms)
  ContinuousLoss(NetworkCase network, double dt) {
    this.network = network;
    this.dt = dt;
  }

  double of(Trajectory trial, Example example) {
    return network.pair().perTimestep() ? perTimestep(trial, example) : perTrial(trial, example);
  }

  private double perTrial(Trajectory trial, Example example) {
    double[] readouts = new double[network.circuit().outputCells().size()];
    for (int neuron = 0; neuron < readouts.length; neuron++) {
      readouts[neuron] = readout(trial, neuron);
    }
    return switch (network.pair().loss()) {
      case CROSSENTROPY -> {
        double loss = crossentropy(readouts, example.label(), network.temperature(dt));
        yield network.pair().readsSpikes() ? loss + lateness(-readouts[example.label()]) : loss;
      }
      case SQUARE_ERROR -> squareError(readouts, network.targets(example, dt));
      case RELATIVE_SQUARE_ERROR -> relativeSquareError(readouts, example.label());
    };
  }

  private double readout(Trajectory trial, int neuron) {
    double duration = trial.duration();
    return switch (network.pair().readout()) {
      case VAR -> trial.finalVoltage(neuron);
      case SUM_VAR -> trial.integral(neuron, 0) / dt;
      case AVG_VAR -> trial.integral(neuron, 0) / duration;
      case AVG_VAR_EXP_WEIGHT -> trial.integral(neuron, 1 / duration) / duration;
      case MAX_VAR -> trial.maximum(neuron).value();
      case FIRST_SPIKE_TIME -> -trial.firstSpike(neuron);
    };
  }

  private double lateness(double labelTime) {
    return network.settings().ttfsAlpha() / (1.01 * network.duration() - labelTime);
  }

  private double relativeSquareError(double[] readouts, int label) {
    double sum = 0;
    for (int neuron = 0; neuron < readouts.length; neuron++) {
      if (neuron != label) {
        double error = readouts[label] - readouts[neuron] - network.settings().margin();
        sum += 0.5 * error * error;
      }
    }
    return sum;
  }

  private double squareError(double[] readouts, double[] targets) {
    double sum = 0;
    for (int neuron = 0; neuron < readouts.length; neuron++) {
      double wanted = network.pair().readsSpikes() ? -targets[neuron] : targets[neuron];
      sum += 0.5 * (wanted - readouts[neuron]) * (wanted - readouts[neuron]);
    }
    return sum;
  }

  private static double crossentropy(double[] readouts, int label, double temperature) {
    double sum = 0;
    for (double readout : readouts) {
      sum += Math.exp((readout - readouts[label]) / temperature);
    }
    return Math.log(sum);
  }

  private double perTimestep(Trajectory trial, Example example) {
    ToDoubleFunction<double[]> crossentropy =
        voltages -> crossentropy(voltages, example.label(), network.settings().temperature());
    DoubleFunction<ToDoubleFunction<double[]>> lossAt =
        switch (network.pair().loss()) {
          case CROSSENTROPY -> _ -> crossentropy;
          case SQUARE_ERROR -> time -> voltages -> squareError(voltages, example.waves(), time);
          case RELATIVE_SQUARE_ERROR ->
              throw new IllegalArgumentException("needs first spike times");
        };
    return mean(trial, lossAt);
  }

  private static double squareError(double[] voltages, Example.Wave[] waves, double time) {
    double sum = 0;
    for (int neuron = 0; neuron < voltages.length; neuron++) {
      double error = waves[neuron].at(time) - voltages[neuron];
      sum += 0.5 * error * error;
    }
    return sum;
  }

  private static double mean(Trajectory trial, DoubleFunction<ToDoubleFunction<double[]>> lossAt) {
    SortedSet<Double> bounds = new TreeSet<>(List.of(trial.duration()));
    for (double time = 0; time < trial.duration(); time += STRETCH) {
      bounds.add(time);
    }
    trial.pieces().forEach(pieces -> pieces.forEach(piece -> bounds.add(piece.start())));
    int[] piece = new int[trial.pieces().size()];
    double[] voltages = new double[piece.length];
    double sum = 0;
    double start = 0;
    for (double end : bounds) {
      for (int node = 0; node < NODES.length; node++) {
        double time = 0.5 * (start + end + NODES[node] * (end - start));
        for (int neuron = 0; neuron < piece.length; neuron++) {
          while (time > trial.end(neuron, piece[neuron])) {
            piece[neuron]++;
          }
          voltages[neuron] = trial.pieces().get(neuron).get(piece[neuron]).voltage(time);
        }
        sum +=
            0.5 * (end - start) * NODE_WEIGHTS[node] * lossAt.apply(time).applyAsDouble(voltages);
      }
      start = end;
    }
    return sum / trial.duration();
  }
}
