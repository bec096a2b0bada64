package org.mlgenn.datasets;

import java.util.Arrays;
import org.mlgenn.data.SpikeDataset;
import org.mlgenn.data.SplitMix64;
import org.mlgenn.data.Targets;

/// Points in the Yin-Yang symbol, to be told apart: 0 yang, 1 yin, 2 either dot.
///
/// A class is drawn, each equally likely, then points of the symbol until one has that class. A
/// point becomes one spike of each input: `x, y, 1 − x, 1 − y`, with a bias a leading 0, at the
/// times `offset + value · scale`.
///
/// ```java
/// SpikeDataset training = new YinYang(5000, 15).seed(1234).generate(30, 1);
/// ```
///
/// @param size number of points
/// @param scale time per unit of length (ms)
/// @param offset time of the value 0 (ms)
/// @param bias whether a first input fires at the offset
/// @param radius radius of the symbol, whose centre is at (radius, radius)
/// @param dotRadius radius of the dots
/// @see <a href="https://doi.org/10.1145/3517343.3517380">Kriener, Göltz & Petrovici (2022), The
///   Yin-Yang dataset</a>
public record YinYang(
    int size,
    double scale,
    double offset,
    boolean bias,
    double radius,
    double dotRadius,
    long seed) {
  private static final int CLASSES = 3;

  public YinYang {
    if (size < 1) {
      throw new IllegalArgumentException("YinYang: size must be at least 1, got " + size);
    }
    if (!(dotRadius > 0 && radius >= 2 * dotRadius && Double.isFinite(radius))) {
      throw new IllegalArgumentException(
          ("YinYang: expected a positive dotRadius up to half the radius, got radius %s and"
                  + " dotRadius %s")
              .formatted(radius, dotRadius));
    }
  }

  public YinYang(int size, double scale) {
    this(size, scale, 0.0, true, 0.5, 0.1, 0);
  }

  public YinYang offset(double offset) {
    return new YinYang(size, scale, offset, bias, radius, dotRadius, seed);
  }

  public YinYang bias(boolean bias) {
    return new YinYang(size, scale, offset, bias, radius, dotRadius, seed);
  }

  public YinYang radius(double radius) {
    return new YinYang(size, scale, offset, bias, radius, dotRadius, seed);
  }

  public YinYang dotRadius(double dotRadius) {
    return new YinYang(size, scale, offset, bias, radius, dotRadius, seed);
  }

  public YinYang seed(long seed) {
    return new YinYang(size, scale, offset, bias, radius, dotRadius, seed);
  }

  /// Draws the points and encodes them as spikes.
  ///
  /// @param dt length of a step (ms)
  /// @throws IllegalArgumentException if a spike lies beyond the example
  public SpikeDataset generate(int timesteps, double dt) {
    SplitMix64 random = new SplitMix64(seed);
    int inputs = bias ? 5 : 4;
    int[] labels = new int[size];
    float[][] times = new float[size][];
    int[][] ids = new int[size][];
    int[] channels = new int[inputs];
    Arrays.setAll(channels, channel -> channel);
    for (int example = 0; example < size; example++) {
      labels[example] = random.nextInt(CLASSES);
      times[example] = times(point(random, labels[example]));
      ids[example] = channels;
    }
    var targets = new Targets.Labels(labels, CLASSES);
    return SpikeDataset.ofTimes(times, ids, inputs, timesteps, dt, targets);
  }

  private double[] point(SplitMix64 random, int wanted) {
    while (true) {
      double x = random.nextDouble() * 2 * radius;
      double y = random.nextDouble() * 2 * radius;
      if (Math.hypot(x - radius, y - radius) <= radius && classOf(x, y) == wanted) {
        return new double[] {x, y};
      }
    }
  }

  private float[] times(double[] point) {
    double[] values = {point[0], point[1], 1 - point[0], 1 - point[1]};
    float[] times = new float[bias ? 5 : 4];
    times[0] = (float) offset;
    for (int value = 0; value < values.length; value++) {
      times[value + (bias ? 1 : 0)] = (float) (offset + values[value] * scale);
    }
    return times;
  }

  /// The class of a point of the symbol: 0 yang, 1 yin, 2 dot.
  public int classOf(double x, double y) {
    double toRight = Math.hypot(x - 1.5 * radius, y - radius);
    double toLeft = Math.hypot(x - 0.5 * radius, y - radius);
    if (toRight < dotRadius || toLeft < dotRadius) {
      return 2;
    }
    boolean yin =
        toRight <= dotRadius
            || (toLeft > dotRadius && toLeft <= radius / 2)
            || (y > radius && toRight > radius / 2);
    return yin ? 1 : 0;
  }
}
