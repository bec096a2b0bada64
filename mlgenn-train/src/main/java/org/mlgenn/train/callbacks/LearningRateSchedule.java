package org.mlgenn.train.callbacks;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.mlgenn.train.Progress;
import org.mlgenn.train.TrainingCallback;

/// Sets the learning rate as a function of how far training is.
///
/// @param rate of the epochs that are done, also of parts of one, e.g. `2.5`
/// @param isPerBatch whether the rate is set for every batch; otherwise for every epoch
public record LearningRateSchedule(DoubleUnaryOperator rate, boolean isPerBatch)
    implements TrainingCallback {
  /// A rate for each epoch.
  public static LearningRateSchedule of(IntToDoubleFunction rateOfEpoch) {
    return new LearningRateSchedule(epoch -> rateOfEpoch.applyAsDouble((int) epoch), false);
  }

  /// Half a cosine from `first` to `last` within `epochs`, and `last` from then on, set for every
  /// batch.
  ///
  /// @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov, Hutter (2017)</a>
  public static LearningRateSchedule cosine(double first, double last, double epochs) {
    requirePositive("epochs", epochs);
    return new LearningRateSchedule(
        epoch ->
            last + (first - last) * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, epoch / epochs))),
        true);
  }

  /// Multiplied by `factor` after every `epochs`.
  public static LearningRateSchedule step(double first, double factor, int epochs) {
    requirePositive("epochs", epochs);
    return new LearningRateSchedule(
        epoch -> first * Math.pow(factor, Math.floor(epoch / epochs)), false);
  }

  /// Multiplied by `factor` in each epoch.
  public static LearningRateSchedule exponential(double first, double factor) {
    return new LearningRateSchedule(epoch -> first * Math.pow(factor, epoch), false);
  }

  /// The same schedule, rising linearly from 0 in the first `epochs`, set for every batch.
  public LearningRateSchedule warmUp(double epochs) {
    requirePositive("epochs", epochs);
    return new LearningRateSchedule(
        epoch -> rate.applyAsDouble(epoch) * Math.min(1, epoch / epochs), true);
  }

  /// Whether the rate is set for every batch.
  public LearningRateSchedule isPerBatch(boolean isPerBatch) {
    return new LearningRateSchedule(rate, isPerBatch);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(
          "LearningRateSchedule: %s must be positive, got %s".formatted(name, value));
    }
  }

  @Override
  public void onEpochBegin(Progress progress) {
    if (!isPerBatch && progress.isTraining()) {
      set(progress, progress.epoch());
    }
  }

  @Override
  public void onBatchBegin(Progress progress) {
    if (isPerBatch && progress.isTraining()) {
      // the end of the batch, so that a rate that rises from 0 is not 0 in the first one
      set(progress, progress.epoch() + (progress.batch() + 1.0) / progress.batches());
    }
  }

  private void set(Progress progress, double epochs) {
    double value = rate.applyAsDouble(epochs);
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "the learning rate of epoch %s is %s, expected a positive number"
              .formatted(epochs, value));
    }
    // optimisers want a positive rate; the end of a cosine to 0 is one that moves nothing
    progress.learningRate(Math.max(value, Double.MIN_NORMAL));
  }
}
