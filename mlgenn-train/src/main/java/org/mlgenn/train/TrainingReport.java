package org.mlgenn.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlgenn.Population;

/// What came of a training.
///
/// @param epochs all that are done, including those before training was resumed
/// @param recorded by key, what callbacks recorded of the training examples
/// @param validationRecorded by key, what callbacks recorded of the validation examples
/// @param tapeOverflows spikes by population that were not learnt from because the tape was full
/// @param ending why it ended
/// @param endingReason the same in words
public record TrainingReport(
    List<EpochReport> epochs,
    Map<String, Object> recorded,
    Map<String, Object> validationRecorded,
    Map<String, Long> tapeOverflows,
    Ending ending,
    String endingReason,
    Provenance provenance) {
  public TrainingReport {
    epochs = List.copyOf(epochs);
    recorded = Collections.unmodifiableMap(new LinkedHashMap<>(recorded));
    validationRecorded = Collections.unmodifiableMap(new LinkedHashMap<>(validationRecorded));
    tapeOverflows = Collections.unmodifiableMap(new LinkedHashMap<>(tapeOverflows));
  }

  public boolean isInterrupted() {
    return ending == Ending.INTERRUPTED;
  }

  public Optional<EpochReport> lastEpoch() {
    return epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.getLast());
  }

  /// The loss in the last epoch.
  public double loss() {
    return last().trainLoss();
  }

  /// The training accuracy, or whatever its metric is, of an output in the last epoch.
  public double accuracy(Population output) {
    return last().training().metric(output);
  }

  /// The training accuracy of the first output in the last epoch.
  public double accuracy() {
    return last()
        .trainAccuracy()
        .orElseThrow(() -> new IllegalStateException("no output is scored by its accuracy"));
  }

  private EpochReport last() {
    return lastEpoch().orElseThrow(() -> new IllegalStateException("no epoch is done"));
  }

  /// What a recorder recorded of the training examples.
  ///
  /// @throws IllegalArgumentException when there is nothing of that key and class
  public <T> T recorded(String key, Class<T> type) {
    return Recorded.get(recorded, key, type);
  }

  /// One line per epoch.
  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    epochs.forEach(epoch -> lines.add(epoch.toString()));
    tapeOverflows.forEach(
        (population, spikes) ->
            lines.add("population '%s': %d spikes not on tape".formatted(population, spikes)));
    lines.add(endingReason);
    return String.join("\n", lines);
  }
}
