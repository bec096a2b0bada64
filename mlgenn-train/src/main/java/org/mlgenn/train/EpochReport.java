package org.mlgenn.train;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// What came of one epoch.
///
/// @param epoch its number, from 0
/// @param training scores of the training examples, each with the weights that its batch had
/// @param validation scores of the validation examples after the epoch
/// @param learningRate at the end of the epoch
/// @param seconds that training took, without validation
/// @param cpuSeconds that the process used meanwhile, on all cores together
public record EpochReport(
    int epoch,
    Scores training,
    Optional<Scores> validation,
    double learningRate,
    double seconds,
    double cpuSeconds) {
  public double trainLoss() {
    return training.loss().orElse(Double.NaN);
  }

  public OptionalDouble trainAccuracy() {
    return training.accuracy();
  }

  public OptionalDouble validationLoss() {
    return validation.map(Scores::loss).orElse(OptionalDouble.empty());
  }

  public OptionalDouble validationAccuracy() {
    return validation.map(Scores::accuracy).orElse(OptionalDouble.empty());
  }

  /// In one line.
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "epoch %d: %s%s, %.2f s",
        epoch,
        training,
        validation.map(each -> ", validation " + each).orElse(""),
        seconds);
  }
}
