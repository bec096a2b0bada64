package org.mlgenn.datasets;

/// When a pixel's spike comes: the brighter, the earlier.
public sealed interface LatencyCurve {
  /// Pixels up to this value give no spike.
  int threshold();

  /// The time (ms) of the spike of a pixel above the threshold.
  double time(int pixel);

  /// The same curve with another threshold.
  LatencyCurve threshold(int threshold);

  /// `(255 − x) / 255 · (maxTime − minTime) + minTime`.
  ///
  /// @param maxTime time that a black pixel would have (ms)
  /// @param minTime time of a white pixel (ms)
  record Linear(double maxTime, double minTime, int threshold) implements LatencyCurve {
    public Linear {
      if (!(minTime >= 0 && maxTime >= minTime && Double.isFinite(maxTime))) {
        throw new IllegalArgumentException(
            "LatencyEncoder: expected 0 ≤ minTime ≤ maxTime [ms], got minTime %s and maxTime %s"
                .formatted(minTime, maxTime));
      }
      checkThreshold(threshold);
    }

    @Override
    public Linear threshold(int threshold) {
      return new Linear(maxTime, minTime, threshold);
    }

    @Override
    public double time(int pixel) {
      return (255.0 - pixel) / 255.0 * (maxTime - minTime) + minTime;
    }
  }

  /// `tauEff · ln(x / (x − threshold))`: when a leaky neuron driven by `x` reaches the threshold.
  ///
  /// @param tauEff time constant (ms)
  record Logarithmic(double tauEff, int threshold) implements LatencyCurve {
    public Logarithmic {
      if (!(tauEff > 0 && Double.isFinite(tauEff))) {
        throw new IllegalArgumentException(
            "LatencyEncoder: tauEff must be positive and finite [ms], got " + tauEff);
      }
      checkThreshold(threshold);
    }

    @Override
    public Logarithmic threshold(int threshold) {
      return new Logarithmic(tauEff, threshold);
    }

    @Override
    public double time(int pixel) {
      return tauEff * Math.log(pixel / (double) (pixel - threshold));
    }
  }

  private static void checkThreshold(int threshold) {
    if (threshold < 0 || threshold > 255) {
      throw new IllegalArgumentException(
          "LatencyEncoder: threshold must be from 0 to 255, got " + threshold);
    }
  }
}
