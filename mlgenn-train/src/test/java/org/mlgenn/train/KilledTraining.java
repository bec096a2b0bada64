package org.mlgenn.train;

import java.io.IOException;
import java.nio.file.Path;
import org.mlgenn.data.SpikeDataset;
import org.mlgenn.serialisers.Npz;
import org.mlgenn.train.callbacks.Checkpoint;
import org.mlgenn.train.callbacks.LearningRateSchedule;
import org.mlgenn.train.checkpoints.Checkpoints;

/// A process that trains, goes on from the latest checkpoint if there is one, and prints a line
/// after each batch; for a test that kills it.
final class KilledTraining {
  static final int EPOCHS = 3;
  static final int BATCH = 8;
  static final SpikeDataset DATA = Toy.data(100, 1);

  private KilledTraining() {}

  static TrainingCallback[] callbacks(Path folder) {
    return new TrainingCallback[] {
      LearningRateSchedule.cosine(1e-2, 1e-4, EPOCHS),
      new Checkpoint(folder).everyBatches(2).keepLast(3),
    };
  }

  /// @param arguments folder of the checkpoints, file of the result
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    try (Trainer trainer = Toy.trainer(BATCH)) {
      if (Checkpoints.latest(folder).isPresent()) {
        trainer.resume(folder);
      }
      TrainingCallback[] callbacks = callbacks(folder);
      trainer.train(
          DATA,
          EPOCHS,
          new TrainingOptions().validation(Toy.data(10, 2)),
          callbacks[0],
          callbacks[1],
          new TrainingCallback() {
            @Override
            public void onBatchEnd(Progress progress) {
              IO.println(progress.epoch() + " " + progress.batch());
            }
          });
      Npz.write(Path.of(arguments[1]), Toy.state(trainer));
    }
  }
}
