package org.mlgenn.tests.gradient;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Measures how the error of a [GradientUnderTest] falls with the time step.
///
/// The errors are those of single weights, relative to the exact gradient; weights whose gradient
/// is below [#NEGLIGIBLE] of the largest of their projection are left out.
final class GradientCheck {
  static final double NEGLIGIBLE = 0.02;

  private final NetworkCase network;
  private final DoubleFunction<double[][][]> exact;
  private final GradientUnderTest underTest;
  private final Map<Double, double[][]> errors = new HashMap<>();

  /// @param exact the exact gradients of the network with a time step (ms)
  GradientCheck(
      NetworkCase network, DoubleFunction<double[][][]> exact, GradientUnderTest underTest) {
    this.network = network;
    this.exact = exact;
    this.underTest = underTest;
  }

  /// How the gradient converges.
  ///
  /// @param timesteps time steps (ms)
  /// @param medians per time step the median relative error over the weights, averaged over the
  ///   phases
  /// @param slope of the logarithm of the medians over that of the time steps: 1 for first order
  record Convergence(double[] timesteps, double[] medians, double slope) {
    static Convergence of(double[] timesteps, double[] medians) {
      return new Convergence(timesteps, medians, logarithmicSlope(timesteps, medians));
    }

    @Override
    public String toString() {
      return "slope %.2f, median errors %s at %s ms"
          .formatted(slope, Arrays.toString(medians), Arrays.toString(timesteps));
    }
  }

  /// Compares on grids of several time steps, each at the same phases.
  ///
  /// @param phases shifts of the grid, as fractions of the time step
  Convergence convergence(double[] timesteps, double[] phases) {
    double[] medians = new double[timesteps.length];
    for (int index = 0; index < timesteps.length; index++) {
      medians[index] =
          Arrays.stream(errors(timesteps[index], phases))
              .mapToDouble(own -> quantile(own, 0.5))
              .average()
              .orElseThrow();
    }
    return Convergence.of(timesteps, medians);
  }

  /// The error that this fraction of all weights at all phases does not exceed.
  double quantile(double dt, double[] phases, double fraction) {
    return quantile(
        Arrays.stream(errors(dt, phases)).flatMapToDouble(Arrays::stream).toArray(), fraction);
  }

  /// `(phase, weight)`; computed once per time step.
  private double[][] errors(double dt, double[] phases) {
    return errors.computeIfAbsent(
        dt,
        _ -> {
          double[][][] wanted = exact.apply(dt);
          return Arrays.stream(phases)
              .mapToObj(
                  phase -> relativeErrors(wanted, underTest.gradients(network, dt, phase * dt)))
              .toArray(double[][]::new);
        });
  }

  /// The relative errors of all weights whose gradient is not negligible.
  static double[] relativeErrors(double[][][] wanted, double[][][] found) {
    return IntStream.range(0, wanted.length)
        .mapToObj(projection -> relativeErrors(flat(wanted[projection]), flat(found[projection])))
        .flatMapToDouble(errors -> errors)
        .toArray();
  }

  private static DoubleStream relativeErrors(double[] wanted, double[] found) {
    double largest = Arrays.stream(wanted).map(Math::abs).max().orElse(0);
    return IntStream.range(0, wanted.length)
        .filter(weight -> Math.abs(wanted[weight]) > NEGLIGIBLE * largest)
        .mapToDouble(weight -> Math.abs(found[weight] - wanted[weight]) / Math.abs(wanted[weight]));
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double quantile(double[] values, double fraction) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(fraction * sorted.length) - 1)];
  }

  /// Least squares through the logarithms.
  private static double logarithmicSlope(double[] timesteps, double[] errors) {
    double meanX = Arrays.stream(timesteps).map(Math::log).average().orElseThrow();
    double meanY = Arrays.stream(errors).map(Math::log).average().orElseThrow();
    double covariance = 0;
    double variance = 0;
    for (int index = 0; index < errors.length; index++) {
      double x = Math.log(timesteps[index]) - meanX;
      covariance += x * (Math.log(errors[index]) - meanY);
      variance += x * x;
    }
    return covariance / variance;
  }
}
