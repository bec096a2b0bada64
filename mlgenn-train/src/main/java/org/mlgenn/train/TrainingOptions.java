package org.mlgenn.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.mlgenn.Population;
import org.mlgenn.data.Examples;
import org.mlgenn.metrics.Metric;

/// How a training is done, apart from the data.
///
/// @param startEpoch number of the first epoch, for those who call `train` once per epoch
/// @param shuffles whether examples come in another order in each epoch
/// @param shuffleSeed seed of that order; the simulation's if empty
/// @param validation what the network is tested with after each epoch
/// @param validationCallbacks watch the validation
/// @param metrics by output population; others are scored by what suits their targets
public record TrainingOptions(
    int startEpoch,
    boolean shuffles,
    OptionalLong shuffleSeed,
    Validation validation,
    List<TrainingCallback> validationCallbacks,
    Map<String, Metric> metrics) {
  public TrainingOptions {
    if (startEpoch < 0) {
      throw new IllegalArgumentException(
          "TrainingOptions: startEpoch must not be negative, got " + startEpoch);
    }
    validationCallbacks = List.copyOf(validationCallbacks);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /// From epoch 0, shuffled, without validation.
  public TrainingOptions() {
    this(0, true, OptionalLong.empty(), new Validation.None(), List.of(), Map.of());
  }

  public TrainingOptions startEpoch(int startEpoch) {
    return new TrainingOptions(
        startEpoch, shuffles, shuffleSeed, validation, validationCallbacks, metrics);
  }

  public TrainingOptions shuffles(boolean shuffles) {
    return new TrainingOptions(
        startEpoch, shuffles, shuffleSeed, validation, validationCallbacks, metrics);
  }

  public TrainingOptions shuffleSeed(long shuffleSeed) {
    return new TrainingOptions(
        startEpoch,
        shuffles,
        OptionalLong.of(shuffleSeed),
        validation,
        validationCallbacks,
        metrics);
  }

  public TrainingOptions validation(Validation validation) {
    return new TrainingOptions(
        startEpoch, shuffles, shuffleSeed, validation, validationCallbacks, metrics);
  }

  /// Validates with the last examples of the training data, which are then not trained with.
  public TrainingOptions validationSplit(double share) {
    return validation(new Validation.Split(share));
  }

  /// Validates with data of its own.
  public TrainingOptions validation(Examples examples) {
    return validation(new Validation.Single(examples));
  }

  /// Validates with data of its own.
  public TrainingOptions validation(NetworkExamples examples) {
    return validation(new Validation.Data(examples));
  }

  public TrainingOptions validationCallbacks(TrainingCallback... callbacks) {
    return new TrainingOptions(
        startEpoch, shuffles, shuffleSeed, validation, List.of(callbacks), metrics);
  }

  /// Scores an output by a metric, in training and validation.
  public TrainingOptions metric(Population output, Metric metric) {
    var extended = new LinkedHashMap<>(metrics);
    extended.put(output.name(), metric);
    return new TrainingOptions(
        startEpoch, shuffles, shuffleSeed, validation, validationCallbacks, extended);
  }
}
