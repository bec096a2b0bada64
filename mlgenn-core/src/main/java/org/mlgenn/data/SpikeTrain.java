package org.mlgenn.data;

import java.util.Arrays;

/// The input spikes of one example, sorted by (step, neuron).
///
/// A spike with time `t` (ms) is emitted in the first step with `step · dt ≥ t`, computed in
/// `float32`. A neuron emits at most one spike per step: later ones of the same step queue and are
/// emitted in the steps that follow.
///
/// ```
/// offsets   0 0 2 2 5        timesteps + 2 entries
/// ids       3 7 0 1 7        segment k is ids[offsets[k]] … ids[offsets[k + 1] - 1]
/// ```
///
/// Segment 0 holds spikes that are in flight from before the trial (normally none) and segment
/// `step + 1` the spikes of that step. An engine reads both arrays in place as its spike list and
/// as its tape, which is why [#offsets()] and [#ids()] hand out the arrays themselves: **read
/// only**.
public final class SpikeTrain {
  private static final int[] NO_SPIKES = {};

  private final int neurons;
  private final int[] offsets;
  private final int[] ids;

  private SpikeTrain(int neurons, int[] offsets, int[] ids) {
    this.neurons = neurons;
    this.offsets = offsets;
    this.ids = ids;
  }

  /// Visits spikes in the order in which they are emitted.
  @FunctionalInterface
  public interface SpikeVisitor {
    void spike(int step, int neuron);
  }

  /// Spikes given as times (ms) and neuron ids, in any order.
  ///
  /// @throws IllegalArgumentException for a time that is negative, not finite or beyond the
  ///   example, and for an id outside the neurons
  public static SpikeTrain ofTimes(
      float[] times, int[] ids, int neurons, int timesteps, double dt) {
    return ofTimes(times, ids, neurons, timesteps, dt, LateSpikes.REFUSE);
  }

  /// As above with times of type `double`, which are rounded to `float32` first.
  public static SpikeTrain ofTimes(
      double[] times, int[] ids, int neurons, int timesteps, double dt) {
    return ofTimes(toFloats(times), ids, neurons, timesteps, dt, LateSpikes.REFUSE);
  }

  /// As above, saying what becomes of spikes after the last step.
  public static SpikeTrain ofTimes(
      float[] times, int[] ids, int neurons, int timesteps, double dt, LateSpikes late) {
    return ofTimes("spike train", times, ids, new StepGrid(neurons, timesteps, dt), late);
  }

  static SpikeTrain ofTimes(
      String where, float[] times, int[] ids, StepGrid grid, LateSpikes late) {
    if (times.length != ids.length) {
      throw new IllegalArgumentException(
          "%s: %d spike times but %d neuron ids".formatted(where, times.length, ids.length));
    }
    // (neuron, step) in one long, so that one sort brings the spikes of a neuron together in order
    long[] keys = new long[times.length];
    int count = 0;
    for (int spike = 0; spike < times.length; spike++) {
      grid.checkId(where, spike, ids[spike]);
      grid.checkTime(where, spike, ids[spike], times[spike]);
      int step = grid.stepOf(times[spike]);
      if (step < grid.timesteps()) {
        keys[count++] = (long) ids[spike] << Integer.SIZE | step;
      } else if (late == LateSpikes.REFUSE) {
        throw grid.lateSpike(where, spike, ids[spike], times[spike]);
      }
    }
    Arrays.sort(keys, 0, count);
    count = queue(where, keys, count, grid, late);
    return sortBySteps(keys, count, grid);
  }

  /// Moves spikes that meet an earlier one of their neuron to the next free step.
  private static int queue(String where, long[] keys, int count, StepGrid grid, LateSpikes late) {
    int kept = 0;
    int lastNeuron = -1;
    int lastStep = -1;
    for (int spike = 0; spike < count; spike++) {
      int neuron = (int) (keys[spike] >>> Integer.SIZE);
      int step = (int) keys[spike];
      if (neuron == lastNeuron && step <= lastStep) {
        step = lastStep + 1;
      }
      if (step < grid.timesteps()) {
        keys[kept++] = (long) neuron << Integer.SIZE | step;
      } else if (late == LateSpikes.REFUSE) {
        throw new IllegalArgumentException(
            ("%s: neuron %d has more spikes at the end of the example than steps to emit them in"
                    + " (one per step, later ones queue beyond step %d)")
                .formatted(where, neuron, grid.timesteps() - 1));
      }
      lastNeuron = neuron;
      lastStep = step;
    }
    return kept;
  }

  /// Counting sort by step; stable, so that neurons stay in ascending order.
  private static SpikeTrain sortBySteps(long[] keys, int count, StepGrid grid) {
    int[] next = new int[grid.timesteps() + 2];
    for (int spike = 0; spike < count; spike++) {
      next[(int) keys[spike] + 2]++;
    }
    for (int segment = 1; segment < next.length; segment++) {
      next[segment] += next[segment - 1];
    }
    int[] offsets = next.clone();
    int[] sorted = count == 0 ? NO_SPIKES : new int[count];
    for (int spike = 0; spike < count; spike++) {
      sorted[next[(int) keys[spike] + 1]++] = (int) (keys[spike] >>> Integer.SIZE);
    }
    return new SpikeTrain(grid.neurons(), offsets, sorted);
  }

  /// Spikes given as the neurons that fire in each step, in any order.
  public static SpikeTrain ofSteps(int neurons, int[]... neuronsPerStep) {
    int[] offsets = new int[neuronsPerStep.length + 2];
    for (int step = 0; step < neuronsPerStep.length; step++) {
      offsets[step + 2] = offsets[step + 1] + neuronsPerStep[step].length;
    }
    int[] ids = new int[offsets[offsets.length - 1]];
    for (int step = 0; step < neuronsPerStep.length; step++) {
      int length = neuronsPerStep[step].length;
      System.arraycopy(neuronsPerStep[step], 0, ids, offsets[step + 1], length);
      Arrays.sort(ids, offsets[step + 1], offsets[step + 2]);
    }
    return owning(neurons, offsets, ids);
  }

  /// A train without spikes.
  public static SpikeTrain empty(int neurons, int timesteps) {
    return owning(neurons, new int[timesteps + 2], NO_SPIKES);
  }

  /// Takes over arrays that are laid out already: **they are not copied** and must not change.
  ///
  /// @throws IllegalArgumentException if they do not keep the layout described at the top
  public static SpikeTrain owning(int neurons, int[] offsets, int[] ids) {
    if (neurons < 1 || offsets.length < 3) {
      throw new IllegalArgumentException(
          "spike train: expected at least 1 neuron and 1 step, got %d neurons and %d steps"
              .formatted(neurons, offsets.length - 2));
    }
    if (offsets[0] != 0 || offsets[offsets.length - 1] != ids.length) {
      throw new IllegalArgumentException(
          "spike train: offsets run from %d to %d, expected 0 to %d (the number of ids)"
              .formatted(offsets[0], offsets[offsets.length - 1], ids.length));
    }
    for (int segment = 0; segment < offsets.length - 1; segment++) {
      checkSegment(neurons, offsets, ids, segment);
    }
    return new SpikeTrain(neurons, offsets, ids);
  }

  private static void checkSegment(int neurons, int[] offsets, int[] ids, int segment) {
    int end = offsets[segment + 1];
    if (end < offsets[segment] || end > ids.length) {
      throw new IllegalArgumentException(
          "spike train: offsets[%d] is %d, expected a number from %d to %d"
              .formatted(segment + 1, end, offsets[segment], ids.length));
    }
    int previous = -1;
    for (int spike = offsets[segment]; spike < end; spike++) {
      int id = ids[spike];
      if (id <= previous || id >= neurons) {
        throw new IllegalArgumentException(
            ("spike train: neuron id %d in step %d; expected ascending ids from 0 to %d, each at"
                    + " most once per step")
                .formatted(id, segment - 1, neurons - 1));
      }
      previous = id;
    }
  }

  public int neurons() {
    return neurons;
  }

  public int timesteps() {
    return offsets.length - 2;
  }

  /// The array itself, of length `timesteps + 2`: read only.
  public int[] offsets() {
    return offsets;
  }

  /// The array itself, of length [#spikeCount()]: read only.
  public int[] ids() {
    return ids;
  }

  public int spikeCount() {
    return ids.length;
  }

  /// Number of spikes of one step.
  public int spikeCount(int step) {
    checkStep(step);
    return offsets[step + 2] - offsets[step + 1];
  }

  public boolean isEmpty() {
    return ids.length == 0;
  }

  /// The neurons that fire in a step, ascending.
  public int[] neuronsAt(int step) {
    checkStep(step);
    return Arrays.copyOfRange(ids, offsets[step + 1], offsets[step + 2]);
  }

  /// The last step with a spike, or -1 for an empty train.
  public int latestStep() {
    int step = timesteps() - 1;
    while (step >= 0 && offsets[step + 1] == offsets[step + 2]) {
      step--;
    }
    return step;
  }

  /// Visits every spike by (step, neuron); spikes in flight from before the trial have step -1.
  public void forEach(SpikeVisitor visitor) {
    for (int segment = 0; segment < offsets.length - 1; segment++) {
      for (int spike = offsets[segment]; spike < offsets[segment + 1]; spike++) {
        visitor.spike(segment - 1, ids[spike]);
      }
    }
  }

  /// The step of each spike, in the order of [#ids()].
  public int[] steps() {
    int[] steps = new int[ids.length];
    for (int segment = 0; segment < offsets.length - 1; segment++) {
      Arrays.fill(steps, offsets[segment], offsets[segment + 1], segment - 1);
    }
    return steps;
  }

  /// The time of each spike (ms), `step · dt`, in the order of [#ids()].
  public float[] times(double dt) {
    int[] steps = steps();
    float[] times = new float[steps.length];
    for (int spike = 0; spike < times.length; spike++) {
      times[spike] = steps[spike] * (float) dt;
    }
    return times;
  }

  private void checkStep(int step) {
    if (step < 0 || step >= timesteps()) {
      throw new IndexOutOfBoundsException(
          "step %d is outside the example of %d steps".formatted(step, timesteps()));
    }
  }

  static float[] toFloats(double[] times) {
    float[] floats = new float[times.length];
    for (int spike = 0; spike < times.length; spike++) {
      floats[spike] = (float) times[spike];
    }
    return floats;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SpikeTrain train
        && neurons == train.neurons
        && Arrays.equals(offsets, train.offsets)
        && Arrays.equals(ids, train.ids);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * neurons + Arrays.hashCode(offsets)) + Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return "SpikeTrain[neurons=%d, timesteps=%d, spikes=%d]"
        .formatted(neurons, timesteps(), ids.length);
  }
}
