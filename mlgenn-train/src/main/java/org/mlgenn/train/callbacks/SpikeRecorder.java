package org.mlgenn.train.callbacks;

import java.util.Arrays;
import org.genn.engine.runtime.SpikeView;
import org.mlgenn.Population;
import org.mlgenn.train.Progress;
import org.mlgenn.train.TrainingCallback;

/// Records the spikes of a population: a `SpikeRecording` under its key.
///
/// The population must record spikes (`NetworkBuilder.recordSpikes`) or be on tape, as spiking
/// populations of networks compiled for training are.
///
/// @param key of the data in the report
/// @param examples which are recorded, by their index in the data set
/// @param neurons which are recorded, by their flat index
/// @param isCounting whether only the number of spikes of each neuron is recorded
public record SpikeRecorder(
    Population population,
    String key,
    IndexSelection examples,
    IndexSelection neurons,
    boolean isCounting)
    implements TrainingCallback {
  /// All spikes of all examples, under the name of the population.
  public SpikeRecorder(Population population) {
    this(population, population.name(), IndexSelection.all(), IndexSelection.all(), false);
  }

  public SpikeRecorder key(String key) {
    return new SpikeRecorder(population, key, examples, neurons, isCounting);
  }

  public SpikeRecorder examples(IndexSelection examples) {
    return new SpikeRecorder(population, key, examples, neurons, isCounting);
  }

  public SpikeRecorder examples(int... examples) {
    return examples(IndexSelection.of(examples));
  }

  public SpikeRecorder neurons(IndexSelection neurons) {
    return new SpikeRecorder(population, key, examples, neurons, isCounting);
  }

  public SpikeRecorder neurons(int... neurons) {
    return neurons(IndexSelection.of(neurons));
  }

  /// Whether only the number of spikes of each neuron is recorded.
  public SpikeRecorder isCounting(boolean isCounting) {
    return new SpikeRecorder(population, key, examples, neurons, isCounting);
  }

  @Override
  public void onTrainBegin(Progress progress) {
    begin(progress);
  }

  @Override
  public void onTestBegin(Progress progress) {
    begin(progress);
  }

  private void begin(Progress progress) {
    Population own = progress.compiled().network().population(population);
    neurons.indices("population '%s'".formatted(own.name()), own.size());
    if (!own.recordsSpikes() && !isTaped(progress)) {
      throw new IllegalArgumentException(
          "population '%s' does not record spikes; say NetworkBuilder.recordSpikes(…) of it"
              .formatted(own.name()));
    }
    Recordings.start(progress, key, new SpikeRecording());
  }

  private boolean isTaped(Progress progress) {
    return progress.simulation().spikes(population.name()).isTaped();
  }

  // ml_genn: utils/filter.py counts examples in the order in which they are shown
  @Override
  public void onBatchEnd(Progress progress) {
    for (int place = 0; place < progress.batchExamples(); place++) {
      int example = progress.exampleAt(place);
      if (examples.contains(example)) {
        Spikes spikes = spikes(progress, place).select(neurons);
        Recordings.of(progress, key, SpikeRecording.class)
            .add(
                isCounting
                    ? new SpikeRecording.Entry(
                        progress.epoch(),
                        example,
                        new double[0],
                        new int[0],
                        counts(progress, spikes))
                    : new SpikeRecording.Entry(
                        progress.epoch(), example, spikes.times, spikes.ids, new int[0]));
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // lives within one call
  private record Spikes(double[] times, int[] ids) {
    Spikes select(IndexSelection neurons) {
      int count = 0;
      double[] keptTimes = new double[ids.length];
      int[] keptIds = new int[ids.length];
      for (int spike = 0; spike < ids.length; spike++) {
        if (neurons.contains(ids[spike])) {
          keptTimes[count] = times[spike];
          keptIds[count++] = ids[spike];
        }
      }
      return new Spikes(Arrays.copyOf(keptTimes, count), Arrays.copyOf(keptIds, count));
    }
  }

  private Spikes spikes(Progress progress, int place) {
    String group = population.name();
    if (progress.compiled().network().population(group).recordsSpikes()) {
      var recorded = progress.simulation().recordedSpikes(group, place);
      return new Spikes(recorded.times(), recorded.ids());
    }
    SpikeView view = progress.simulation().spikes(group);
    int[] ids = view.ids(place);
    double[] times = new double[ids.length];
    int spike = 0;
    for (int step = 0; step < view.steps(); step++) {
      int count = view.count(place, step);
      Arrays.fill(times, spike, spike + count, step * progress.compiled().dt());
      spike += count;
    }
    return new Spikes(times, ids);
  }

  private int[] counts(Progress progress, Spikes spikes) {
    int size = progress.compiled().network().population(population).size();
    int[] all = new int[size];
    for (int id : spikes.ids) {
      all[id]++;
    }
    return Arrays.stream(neurons.indices("population", size)).map(neuron -> all[neuron]).toArray();
  }
}
