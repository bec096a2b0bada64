package org.genn.engine.runtime;

import java.util.Arrays;

/// Recorded spikes of one example, ordered by step, then by neuron.
///
/// @param steps step of each spike
/// @param times `step · dt` (ms)
/// @param ids neuron of each spike
@SuppressWarnings("ArrayRecordComponent") // handed over: nobody else has them
public record RecordedSpikes(long[] steps, double[] times, int[] ids) {
  public int count() {
    return ids.length;
  }

  @Override
  public String toString() {
    return count() == 0
        ? "no spikes"
        : "%d spikes, from step %d to step %d".formatted(count(), steps[0], steps[count() - 1]);
  }

  /// Those of the given step and of later ones.
  public RecordedSpikes since(long step) {
    int first = Arrays.binarySearch(steps, step);
    first = first < 0 ? -first - 1 : first;
    while (first > 0 && steps[first - 1] == step) {
      first--;
    }
    return new RecordedSpikes(
        Arrays.copyOfRange(steps, first, steps.length),
        Arrays.copyOfRange(times, first, times.length),
        Arrays.copyOfRange(ids, first, ids.length));
  }
}
