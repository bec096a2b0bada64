package org.mlgenn.train;

import java.io.IOException;
import java.util.Map;

/// Watches a training or an evaluation. Implement the hooks that you need.
///
/// Order of the hooks:
///
/// ```
/// onTrainBegin
///   for each epoch
///     onEpochBegin
///       for each batch
///         onBatchBegin
///           for each step   onTimestepBegin · onTimestepEnd     only if wantsTimesteps
///         onBatchEnd
///         onSavePoint
///     onEpochEnd
///     (validation, with the validation callbacks)
///     onEpochComplete
///     onSavePoint
/// onTrainEnd
/// ```
///
/// In validation and evaluation `onTestBegin` and `onTestEnd` take the place of `onTrainBegin` and
/// `onTrainEnd`; an evaluation on its own is one epoch.
///
/// Of several callbacks, each hook is called in the order in which they were given. A hook that
/// throws ends the training: the others still get the same hook, if it is an end, and `onTrainEnd`
/// or `onTestEnd`; the error names the callback. `onTrainEnd` and `onTestEnd` are called whenever
/// the corresponding begin was.
public interface TrainingCallback {
  /// For messages.
  default String name() {
    String name = getClass().getSimpleName();
    return name.isEmpty() ? "callback" : name;
  }

  default void onTrainBegin(Progress progress) throws IOException {}

  default void onTrainEnd(Progress progress) throws IOException {}

  default void onTestBegin(Progress progress) throws IOException {}

  default void onTestEnd(Progress progress) throws IOException {}

  default void onEpochBegin(Progress progress) throws IOException {}

  /// After the last batch of an epoch, before its validation.
  default void onEpochEnd(Progress progress) throws IOException {}

  /// After an epoch and its validation.
  default void onEpochComplete(Progress progress, EpochReport report) throws IOException {}

  default void onBatchBegin(Progress progress) throws IOException {}

  default void onBatchEnd(Progress progress) throws IOException {}

  /// Whether the timestep hooks are to be called in this batch: its trial then runs in single
  /// steps, which is slow. Asked after `onBatchBegin`.
  default boolean wantsTimesteps(Progress progress) {
    return false;
  }

  /// @param phases that run, `FORWARD` or `BACKWARD` or both
  /// @param step of the trial; a backward run goes from the last to the first
  default void onTimestepBegin(Progress progress, String phases, int step) throws IOException {}

  default void onTimestepEnd(Progress progress, String phases, int step) throws IOException {}

  /// When all callbacks have had their hooks of a batch or an epoch: the state of the training is
  /// complete and may be saved.
  default void onSavePoint(Progress progress) throws IOException {}

  /// Numbers that a checkpoint must hold for this callback to go on as if it had not been
  /// interrupted.
  default Map<String, Double> state() {
    return Map.of();
  }

  /// Goes on from such numbers; called before `onTrainBegin` when training is resumed.
  default void restore(Map<String, Double> state) {}
}
