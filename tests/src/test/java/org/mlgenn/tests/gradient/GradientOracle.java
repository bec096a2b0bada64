package org.mlgenn.tests.gradient;

import java.util.Arrays;

/// Differentiates the exact loss of a [NetworkCase] by central differences.
///
/// Two step widths `h` and `h/2` give a value that is extrapolated to `h = 0` and an estimate of
/// its error. All four networks of a derivative must fire the same number of spikes, else the loss
/// is not smooth there.
public final class GradientOracle {
  private static final double STEP = 3e-5;

  /// Difference of the two step widths that is allowed, relative to the largest gradient.
  static final double STEP_TOLERANCE = 1e-6;

  private final NetworkCase network;
  private final ContinuousLoss loss;
  private final int[][][] spikeCounts;

  private GradientOracle(NetworkCase network, double dt) {
    this.network = network;
    loss = new ContinuousLoss(network, dt);
    spikeCounts = new int[network.examples().size()][][];
    double[][][] weights = network.circuit().weights();
    for (int example = 0; example < spikeCounts.length; example++) {
      spikeCounts[example] = run(weights, example).spikeCounts();
    }
  }

  /// The gradient of the mean loss over the examples, `(projection, source, target)`.
  ///
  /// @param dt the time step whose sums [Pair.ReadoutKind#SUM_VAR] stands for (ms)
  /// @throws IllegalStateException if a spike appears or vanishes between the two sides, or the
  ///   step matters
  public static double[][][] gradients(NetworkCase network, double dt) {
    return new GradientOracle(network, dt).gradients();
  }

  private double[][][] gradients() {
    double[][][] weights = network.circuit().weights();
    double[][][] gradients = network.circuit().weights();
    double largest = 0;
    double largestDoubt = 0;
    for (int projection = 0; projection < weights.length; projection++) {
      for (int source = 0; source < weights[projection].length; source++) {
        double[] row = weights[projection][source];
        for (int target = 0; target < row.length; target++) {
          double coarse = difference(weights, row, target, STEP);
          double fine = difference(weights, row, target, STEP / 2);
          double value = (4 * fine - coarse) / 3;
          gradients[projection][source][target] = value;
          largest = Math.max(largest, Math.abs(value));
          largestDoubt = Math.max(largestDoubt, Math.abs(value - fine));
        }
      }
    }
    if (largestDoubt > STEP_TOLERANCE * largest) {
      throw new IllegalStateException(
          "%s: halving the step changes a gradient by %g of the largest, %g"
              .formatted(network, largestDoubt, largest));
    }
    return gradients;
  }

  private double difference(double[][][] weights, double[] row, int target, double step) {
    double weight = row[target];
    row[target] = weight + step;
    double above = meanLoss(weights);
    row[target] = weight - step;
    double below = meanLoss(weights);
    row[target] = weight;
    return (above - below) / (2 * step);
  }

  private double meanLoss(double[][][] weights) {
    double sum = 0;
    for (int example = 0; example < spikeCounts.length; example++) {
      Trajectory trial = run(weights, example);
      if (!Arrays.deepEquals(trial.spikeCounts(), spikeCounts[example])) {
        throw new IllegalStateException(
            network + ": a spike appears or vanishes within the difference");
      }
      sum += loss.of(trial, network.examples().get(example));
    }
    return sum / spikeCounts.length;
  }

  private Trajectory run(double[][][] weights, int example) {
    return new ContinuousNetwork(network.circuit(), weights)
        .run(network.examples().get(example).spikes(), network.duration());
  }
}
