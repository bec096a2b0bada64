package org.mlgenn.cli.commands;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.Stream;
import org.genn.engine.runtime.RecordedSpikes;

/// Spikes of one population: all are counted, and those of recent steps are kept for a picture.
final class SpikeStatistics {
  private final int size;
  private final long keptSteps;
  private final Deque<RecordedSpikes> recent = new ArrayDeque<>();
  private long lastStep;
  private long count;

  /// @param size neurons
  /// @param keptSteps how many of the last steps the picture shows
  SpikeStatistics(int size, long keptSteps) {
    this.size = size;
    this.keptSteps = keptSteps;
  }

  /// @param end the step after the last one that was recorded
  /// @param isCounted whether they belong to the time that is measured
  void add(RecordedSpikes spikes, long end, boolean isCounted) {
    count += isCounted ? spikes.count() : 0;
    lastStep = end;
    recent.add(spikes);
    while (recent.size() > 1 && isOld(recent.getFirst())) {
      recent.removeFirst();
    }
  }

  private boolean isOld(RecordedSpikes spikes) {
    return spikes.count() == 0 || spikes.steps()[spikes.count() - 1] < lastStep - keptSteps;
  }

  long count() {
    return count;
  }

  /// Mean over the neurons (Hz).
  double rate(double seconds) {
    return size == 0 || seconds == 0 ? 0 : count / (size * seconds);
  }

  /// Times (ms) and neurons of the kept spikes, of every `stride`-th neuron.
  Sample sample(int stride) {
    Stream<RecordedSpikes> parts = recent.stream();
    var kept =
        parts
            .flatMap(
                part ->
                    java.util.stream.IntStream.range(0, part.count())
                        .filter(spike -> part.ids()[spike] % stride == 0)
                        .filter(spike -> part.steps()[spike] >= lastStep - keptSteps)
                        .mapToObj(spike -> new double[] {part.times()[spike], part.ids()[spike]}))
            .toList();
    return new Sample(
        kept.stream().mapToDouble(spike -> spike[0]).toArray(),
        kept.stream().mapToInt(spike -> (int) spike[1] / stride).toArray());
  }

  /// @param neurons counted in strides
  @SuppressWarnings("ArrayRecordComponent") // handed over: nobody changes them
  record Sample(double[] times, int[] neurons) {
    @Override
    public String toString() {
      return Arrays.toString(times);
    }
  }
}
