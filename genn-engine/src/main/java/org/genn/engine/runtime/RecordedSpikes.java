package org.genn.engine.runtime;

/// Recorded spikes of one example, ordered by step, then by neuron.
///
/// @param steps step of each spike
/// @param times `step · dt` [ms]
/// @param ids neuron of each spike
@SuppressWarnings("ArrayRecordComponent") // handed over: nobody else has them
public record RecordedSpikes(long[] steps, double[] times, int[] ids) {
  public int count() {
    return ids.length;
  }
}
