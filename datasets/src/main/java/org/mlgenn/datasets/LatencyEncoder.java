package org.mlgenn.datasets;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.mlgenn.data.LateSpikes;
import org.mlgenn.data.SpikeTrain;

/// Encodes the brightness of a pixel as the time of its only spike.
///
/// ```java
/// LatencyEncoder.linear(18, 2).threshold(1).timesteps(20).dt(1);
/// ```
///
/// What a pixel does is looked up in a table of 256 steps, and spikes come out sorted by (step,
/// neuron) by counting: one pass over the image to count, one to place. Immutable.
public final class LatencyEncoder {
  private static final int BRIGHTNESSES = 256;
  private static final int DEFAULT_TIMESTEPS = 20;
  private static final VarHandle EIGHT_PIXELS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final LatencyCurve curve;
  private final int timesteps;
  private final double dt;
  private final LateSpikes late;

  /// Per brightness the segment of its spike ([SpikeTrain#offsets()]), or 0 for none. Made when
  /// first needed: on the way through the withers the times need not fit the steps yet.
  private volatile int @Nullable [] segments;

  private LatencyEncoder(LatencyCurve curve, int timesteps, double dt, LateSpikes late) {
    this.curve = curve;
    this.timesteps = timesteps;
    this.dt = dt;
    this.late = late;
  }

  /// Times that fall linearly with brightness; pixels above 1 spike, in 20 steps of 1 ms.
  ///
  /// @param maxTime time that a black pixel would have (ms)
  /// @param minTime time of a white pixel (ms)
  public static LatencyEncoder linear(double maxTime, double minTime) {
    return of(new LatencyCurve.Linear(maxTime, minTime, 1));
  }

  /// Times `tauEff · ln(x / (x − threshold))`, in as many steps of 1 ms as the darkest pixel needs.
  ///
  /// @param tauEff time constant (ms)
  public static LatencyEncoder logarithmic(double tauEff, int threshold) {
    var curve = new LatencyCurve.Logarithmic(tauEff, threshold);
    double latest = threshold < BRIGHTNESSES - 1 ? curve.time(threshold + 1) : 0;
    return of(curve).timesteps((int) Math.ceil((float) latest) + 1);
  }

  /// Times on any curve, in 20 steps of 1 ms.
  public static LatencyEncoder of(LatencyCurve curve) {
    return new LatencyEncoder(curve, DEFAULT_TIMESTEPS, 1.0, LateSpikes.REFUSE);
  }

  /// Pixels up to this value give no spike.
  public LatencyEncoder threshold(int threshold) {
    return new LatencyEncoder(curve.threshold(threshold), timesteps, dt, late);
  }

  /// Number of steps of an example.
  public LatencyEncoder timesteps(int timesteps) {
    return new LatencyEncoder(curve, timesteps, dt, late);
  }

  /// Length of a step (ms).
  public LatencyEncoder dt(double dt) {
    return new LatencyEncoder(curve, timesteps, dt, late);
  }

  /// What becomes of spikes after the last step; they are refused unless this says otherwise.
  public LatencyEncoder late(LateSpikes late) {
    return new LatencyEncoder(curve, timesteps, dt, late);
  }

  public LatencyCurve curve() {
    return curve;
  }

  public int timesteps() {
    return timesteps;
  }

  public double dt() {
    return dt;
  }

  /// The step of the spike of a pixel of this brightness (0 to 255), or -1 for none.
  public int step(int brightness) {
    return segments()[brightness] - 1;
  }

  /// Encodes an image of unsigned bytes `(row, column)`; neurons are its pixels in that order.
  ///
  /// @throws IllegalArgumentException if a time lies beyond the example
  public SpikeTrain encode(byte[] image, int rows, int columns) {
    if (image.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "image of %d pixels, expected %d × %d".formatted(image.length, rows, columns));
    }
    return encode(image, 0, rows, columns, 0, 0);
  }

  /// Encodes the image that starts at `first`, moved to the right and down by some pixels; what is
  /// uncovered is black.
  SpikeTrain encode(byte[] pixels, int first, int rows, int columns, int right, int down) {
    int[] segments = segments();
    int firstRow = Math.max(0, down);
    int endRow = Math.min(rows, rows + down);
    int firstColumn = Math.max(0, right);
    int width = columns - Math.abs(right);
    int[] offsets = new int[timesteps + 2];
    for (int row = firstRow; row < endRow; row++) {
      int source = first + (row - down) * columns + firstColumn - right;
      count(pixels, source, source + width, segments, offsets);
    }
    // offsets[segment] becomes the start of the segment, and while placing moves on to its end
    int total = 0;
    for (int segment = 1; segment < offsets.length; segment++) {
      int spikes = offsets[segment];
      offsets[segment] = total;
      total += spikes;
    }
    int[] ids = new int[total];
    for (int row = firstRow; row < endRow; row++) {
      int source = first + (row - down) * columns + firstColumn - right;
      int neuron = row * columns + firstColumn;
      place(pixels, source, source + width, segments, offsets, ids, neuron - source);
    }
    System.arraycopy(offsets, 1, offsets, 2, timesteps);
    offsets[1] = 0;
    return SpikeTrain.owning(rows * columns, offsets, ids);
  }

  private static void count(byte[] pixels, int from, int to, int[] segments, int[] counts) {
    for (int block = from; block < to; block += Long.BYTES) {
      int end = Math.min(block + Long.BYTES, to);
      if (isBlack(pixels, block, end)) {
        continue;
      }
      for (int pixel = block; pixel < end; pixel++) {
        int segment = segments[pixels[pixel] & 0xFF];
        if (segment != 0) {
          counts[segment]++;
        }
      }
    }
  }

  private static void place(
      byte[] pixels, int from, int to, int[] segments, int[] next, int[] ids, int toNeuron) {
    for (int block = from; block < to; block += Long.BYTES) {
      int end = Math.min(block + Long.BYTES, to);
      if (isBlack(pixels, block, end)) {
        continue;
      }
      for (int pixel = block; pixel < end; pixel++) {
        int segment = segments[pixels[pixel] & 0xFF];
        if (segment != 0) {
          ids[next[segment]++] = pixel + toNeuron;
        }
      }
    }
  }

  /// Whether eight pixels are black at once, as most are; black never exceeds a threshold.
  private static boolean isBlack(byte[] pixels, int from, int end) {
    return end - from == Long.BYTES && (long) EIGHT_PIXELS.get(pixels, from) == 0;
  }

  private int[] segments() {
    int[] known = segments;
    if (known == null) {
      known = new int[BRIGHTNESSES];
      for (int pixel = curve.threshold() + 1; pixel < BRIGHTNESSES; pixel++) {
        known[pixel] = segmentOf(pixel);
      }
      segments = known;
    }
    return known;
  }

  /// Goes through [SpikeTrain] so that there is one rule for the step that a time falls in.
  private int segmentOf(int pixel) {
    float[] time = {(float) curve.time(pixel)};
    int step = SpikeTrain.ofTimes(time, new int[1], 1, timesteps, dt, LateSpikes.DROP).latestStep();
    if (step < 0 && late == LateSpikes.REFUSE) {
      throw new IllegalArgumentException(
          ("%s: pixels of brightness %d spike at %s ms, beyond the example, whose last step (%d) is"
                  + " at %s ms")
              .formatted(this, pixel, time[0], timesteps - 1, (timesteps - 1) * (float) dt));
    }
    return step + 1;
  }

  @Override
  public String toString() {
    return "LatencyEncoder[%s, timesteps=%d, dt=%s, late=%s]".formatted(curve, timesteps, dt, late);
  }
}
