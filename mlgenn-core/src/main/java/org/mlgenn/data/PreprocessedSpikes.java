package org.mlgenn.data;

import java.util.Arrays;
import java.util.List;

/// The spikes of one example as ml_genn keeps them: times sorted by neuron, then by time, and for
/// each neuron where its spikes end.
///
/// For exchange with ml_genn and for data whose length is not fixed yet; [#toSpikeTrain] places the
/// spikes in steps.
public final class PreprocessedSpikes {
  private final int[] endSpikes;
  private final float[] spikeTimes;

  private PreprocessedSpikes(int[] endSpikes, float[] spikeTimes) {
    this.endSpikes = endSpikes;
    this.spikeTimes = spikeTimes;
  }

  /// Sorts spikes given as times (ms) and neuron ids.
  ///
  /// @throws IllegalArgumentException for a time that is negative or not finite and for an id
  ///   outside the neurons
  public static PreprocessedSpikes of(float[] times, int[] ids, int neurons) {
    String where = "spikes";
    if (times.length != ids.length) {
      throw new IllegalArgumentException(
          "%s: %d spike times but %d neuron ids".formatted(where, times.length, ids.length));
    }
    StepGrid grid = new StepGrid(neurons, Integer.MAX_VALUE - 2, 1.0);
    int[] ends = new int[neurons];
    long[] keys = new long[times.length];
    for (int spike = 0; spike < times.length; spike++) {
      grid.checkId(where, spike, ids[spike]);
      grid.checkTime(where, spike, ids[spike], times[spike]);
      ends[ids[spike]]++;
      // bits of floats that are not negative sort as their values do; + 0 turns -0 into 0
      keys[spike] = (long) ids[spike] << Integer.SIZE | Float.floatToIntBits(times[spike] + 0.0f);
    }
    Arrays.sort(keys);
    Arrays.parallelPrefix(ends, Integer::sum);
    float[] sorted = new float[times.length];
    for (int spike = 0; spike < sorted.length; spike++) {
      sorted[spike] = Float.intBitsToFloat((int) keys[spike]);
    }
    return new PreprocessedSpikes(ends, sorted);
  }

  /// Takes over arrays that ml_genn made, copying them.
  ///
  /// @param endSpikes per neuron the end of its spikes, cumulative
  public static PreprocessedSpikes ofSorted(int[] endSpikes, float[] spikeTimes) {
    int start = 0;
    int[] ids = new int[spikeTimes.length];
    for (int neuron = 0; neuron < endSpikes.length; neuron++) {
      int end = endSpikes[neuron];
      if (end < start || end > ids.length) {
        throw new IllegalArgumentException(
            "spikes: those of neuron %d end at %d, expected %d to %d"
                .formatted(neuron, end, start, ids.length));
      }
      Arrays.fill(ids, start, end, neuron);
      start = end;
    }
    if (start != ids.length) {
      throw new IllegalArgumentException(
          "spikes: those of the last neuron end at %d, expected %d (the number of times)"
              .formatted(start, ids.length));
    }
    return of(spikeTimes, ids, endSpikes.length);
  }

  public int neurons() {
    return endSpikes.length;
  }

  public int spikeCount() {
    return spikeTimes.length;
  }

  /// Per neuron the end of its spikes in [#spikeTimes()].
  public int[] endSpikes() {
    return endSpikes.clone();
  }

  /// Per neuron the start of its spikes in [#spikeTimes()].
  public int[] startSpikes() {
    int[] starts = new int[endSpikes.length];
    System.arraycopy(endSpikes, 0, starts, 1, starts.length - 1);
    return starts;
  }

  /// The times (ms), by neuron, then by time.
  public float[] spikeTimes() {
    return spikeTimes.clone();
  }

  /// The neuron of each of [#spikeTimes()].
  public int[] ids() {
    int[] ids = new int[spikeTimes.length];
    int[] starts = startSpikes();
    for (int neuron = 0; neuron < endSpikes.length; neuron++) {
      Arrays.fill(ids, starts[neuron], endSpikes[neuron], neuron);
    }
    return ids;
  }

  /// Places the spikes in steps.
  ///
  /// @see SpikeTrain#ofTimes(float[], int[], int, int, double)
  public SpikeTrain toSpikeTrain(int timesteps, double dt) {
    return SpikeTrain.ofTimes(spikeTimes, ids(), neurons(), timesteps, dt);
  }

  /// The largest number of spikes of one example.
  public static int calcMaxSpikes(List<PreprocessedSpikes> examples) {
    return examples.stream().mapToInt(PreprocessedSpikes::spikeCount).max().orElse(0);
  }

  /// The latest time of all examples (ms); 0 if none has a spike.
  // ml_genn: utils/data.py fails if an example has no spike.
  public static float calcLatestSpikeTime(List<PreprocessedSpikes> examples) {
    float latest = 0;
    for (PreprocessedSpikes example : examples) {
      for (float time : example.spikeTimes) {
        latest = Math.max(latest, time);
      }
    }
    return latest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PreprocessedSpikes spikes
        && Arrays.equals(endSpikes, spikes.endSpikes)
        && Arrays.equals(spikeTimes, spikes.spikeTimes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(endSpikes) + Arrays.hashCode(spikeTimes);
  }

  @Override
  public String toString() {
    return "PreprocessedSpikes[neurons=%d, spikes=%d]".formatted(neurons(), spikeTimes.length);
  }
}
