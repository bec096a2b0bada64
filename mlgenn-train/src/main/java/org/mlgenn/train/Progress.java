package org.mlgenn.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.genn.engine.runtime.Simulation;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.train.checkpoints.TrainingState;

/// A training or an evaluation under way, as callbacks see it.
///
/// Training and the validation that belongs to it are two: each has its own callbacks, scores and
/// recorded data.
public interface Progress {
  /// Whether weights are learnt; otherwise examples are only answered.
  boolean isTraining();

  CompiledNetwork compiled();

  /// The simulation that runs; its variables may be read and set between trials.
  Simulation simulation();

  /// First epoch, counted over the whole training; 0 in an evaluation.
  int firstEpoch();

  /// The epoch after the last one.
  int endEpoch();

  /// The present epoch.
  int epoch();

  /// Whether the present epoch and its validation are done.
  boolean isEpochComplete();

  /// Batches of an epoch.
  int batches();

  /// Batches of this epoch that are done; within a batch, its number from 0.
  int batch();

  /// Examples of an epoch.
  int examples();

  /// Number of examples in the present batch; fewer than the batch size in a last one.
  int batchExamples();

  /// Which example of the data set is at a place of the present batch.
  ///
  /// @param place from 0 to `batchExamples() - 1`
  int exampleAt(int place);

  /// Updates of the weights so far, counted over the whole training.
  long step();

  /// Scores of the examples of this epoch so far.
  Scores scores();

  /// Learning rate of the next update; of the first variable, where several are learnt.
  double learningRate();

  /// Sets the learning rate of all variables from the next update on.
  ///
  /// @throws IllegalStateException when nothing is learnt
  void learningRate(double rate);

  /// Epochs that are done.
  List<EpochReport> epochsDone();

  /// Ends training after the present epoch.
  ///
  /// @param reason for the report
  void stop(String reason);

  /// Whether the user asked to stop: no further batch is run.
  boolean isInterrupted();

  /// Whether no further batch is run, for whatever reason: callbacks can save for the last time.
  boolean isEnding();

  /// Whether training went on from a checkpoint.
  boolean isResumed();

  /// Adds recorded data to the report, replacing what the key had.
  void record(String key, Object data);

  /// What was recorded under a key.
  Optional<Object> recorded(String key);

  /// What a checkpoint holds; a copy of everything, so not for every batch.
  ///
  /// @throws IllegalStateException when training could not go on from here exactly: within an epoch
  ///   of overlapped training, or in an evaluation
  TrainingState state();

  /// Whether `state()` can be had now.
  boolean hasState();

  /// To be told of a file that training can go on from; errors name the last one.
  void saved(Path checkpoint);
}
