package org.mlgenn.train.callbacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlgenn.data.SpikeDataset;
import org.mlgenn.train.CallbackException;
import org.mlgenn.train.Ending;
import org.mlgenn.train.Progress;
import org.mlgenn.train.Toy;
import org.mlgenn.train.Trainer;
import org.mlgenn.train.TrainingCallback;
import org.mlgenn.train.TrainingOptions;
import org.mlgenn.train.TrainingReport;
import org.mlgenn.train.checkpoints.Checkpoints;

class CallbacksTest {
  private static final SpikeDataset DATA = Toy.data(10, 1);

  @TempDir private Path folder;

  private static TrainingReport train(int epochs, TrainingCallback... callbacks) {
    return train(epochs, new TrainingOptions(), callbacks);
  }

  private static TrainingReport train(
      int epochs, TrainingOptions options, TrainingCallback... callbacks) {
    try (Trainer trainer = Toy.trainer(4)) {
      return trainer.train(DATA, epochs, options, callbacks);
    }
  }

  private static double[] rates(int epochs, LearningRateSchedule schedule) {
    var rates = new ArrayList<Double>();
    train(
        epochs,
        schedule,
        new TrainingCallback() {
          @Override
          public void onBatchEnd(Progress progress) {
            rates.add(progress.learningRate());
          }
        });
    return rates.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  @Feature("CBK-10")
  void scheduleSetsTheRateOfEachEpoch() {
    assertArrayEquals(
        new double[] {0.1, 0.1, 0.1, 0.05, 0.05, 0.05},
        rates(2, LearningRateSchedule.of(epoch -> 0.1 / (epoch + 1))));
    assertArrayEquals(
        new double[] {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05},
        rates(3, LearningRateSchedule.step(0.1, 0.5, 2)));
    assertArrayEquals(
        new double[] {0.1, 0.1, 0.1, 0.05, 0.05, 0.05},
        rates(2, LearningRateSchedule.exponential(0.1, 0.5)));
  }

  @Test
  @Feature("CBK-10")
  void scheduleSetsTheRateOfEachBatch() {
    double[] rates = rates(2, LearningRateSchedule.cosine(0.1, 0.02, 2));
    for (int batch = 0; batch < 6; batch++) {
      double expected = 0.02 + 0.08 * (1 + Math.cos(Math.PI * (batch + 1) / 6)) / 2;
      assertEquals(expected, rates[batch], 1e-15);
    }
    assertArrayEquals(
        new double[] {0.1 / 6, 0.1 / 3, 0.05, 0.1 * 2 / 3, 0.1 * 5 / 6, 0.1},
        rates(2, LearningRateSchedule.of(_ -> 0.1).warmUp(2)),
        1e-15);
  }

  @Test
  void rateOfAScheduleDecidesTheStep() {
    try (Trainer still = Toy.trainer(4);
        Trainer untrained = Toy.trainer(4)) {
      still.train(DATA, 1, LearningRateSchedule.of(_ -> 0));
      var weights = still.compiled().savedVariables().getFirst().variable();
      assertArrayEquals(
          untrained.simulation().variable(weights).toArray(),
          still.simulation().variable(weights).toArray());
    }
  }

  @Test
  void negativeRateIsRefused() {
    assertTrue(
        assertThrows(CallbackException.class, () -> train(1, LearningRateSchedule.of(_ -> -1)))
            .getMessage()
            .endsWith("the learning rate of epoch 0.0 is -1.0, expected a positive number"));
  }

  @Test
  void trainingIsStoppedEarlyWhenNothingImproves() {
    TrainingReport report =
        train(
            10,
            LearningRateSchedule.of(_ -> 0),
            new EarlyStopping(2).monitored(Monitored.ACCURACY));
    assertEquals(3, report.epochs().size());
    assertEquals(Ending.STOPPED, report.ending());
    assertEquals("stopped early: no improvement of accuracy in 2 epochs", report.endingReason());
    assertFalse(report.isInterrupted());
  }

  @Test
  void trainingGoesOnWhileItImproves() {
    assertEquals(4, train(4, new EarlyStopping(1)).epochs().size());
    assertEquals(2, train(4, new EarlyStopping(1).minimumChange(1e9)).epochs().size());
  }

  /// One that stopped early is not taken up again.
  @Test
  void earlyStoppingIsResumed() throws IOException {
    train(10, LearningRateSchedule.of(_ -> 0), new EarlyStopping(2), new Checkpoint(folder));
    try (Trainer trainer = Toy.trainer(4)) {
      trainer.resume(folder);
      TrainingReport report =
          trainer.train(
              DATA,
              10,
              LearningRateSchedule.of(_ -> 0),
              new EarlyStopping(2),
              new Checkpoint(folder));
      assertEquals(3, report.epochs().size());
      assertEquals(Ending.STOPPED, report.ending());
    }
  }

  @Test
  void tableHasALinePerEpoch() throws IOException {
    Path file = folder.resolve("new").resolve("log.csv");
    TrainingReport report =
        train(2, new TrainingOptions().validation(Toy.data(3, 2)), new CsvLog(file));
    List<String> lines = Files.readAllLines(file);
    assertEquals(
        "epoch,trainLoss,trainAccuracy,validationLoss,validationAccuracy,learningRate,seconds,"
            + "cpuSeconds",
        lines.getFirst());
    assertEquals(3, lines.size());
    String[] second = lines.get(2).split(",");
    assertEquals("1", second[0]);
    assertEquals(report.epochs().get(1).trainLoss(), Double.parseDouble(second[1]));
    assertEquals(
        report.epochs().get(1).validationAccuracy().orElseThrow(), Double.parseDouble(second[4]));
  }

  @Test
  void tableOfAResumedTrainingHasAllEpochs() throws IOException {
    Path file = folder.resolve("log.csv");
    train(1, new CsvLog(file), new Checkpoint(folder));
    try (Trainer trainer = Toy.trainer(4)) {
      trainer.resume(folder);
      trainer.train(DATA, 2, new CsvLog(file), new Checkpoint(folder));
    }
    assertEquals(
        List.of("epoch", "0", "1"),
        Files.readAllLines(file).stream().map(line -> line.split(",")[0]).toList());
  }

  @Test
  @Feature("CBK-02")
  void withoutTerminalThereAreLines() {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    TrainingReport report =
        train(2, new TrainingOptions().validation(Toy.data(3, 2)), new ProgressBar(out));
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(report.epochs().stream().map(Object::toString).toList(), lines);
    assertTrue(
        lines
            .getFirst()
            .matches(
                "epoch 0: loss \\d+\\.\\d{4}, accuracy \\d\\.\\d{4},"
                    + " validation loss \\d+\\.\\d{4}, accuracy \\d\\.\\d{4}, \\d+\\.\\d\\d s"),
        lines.getFirst());
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  @Feature("CBK-09")
  void checkpointsAreWrittenEverySoManyEpochsAndAtTheEnd() throws IOException {
    train(5, new Checkpoint(folder).everyEpochs(2));
    assertEquals(List.of("epoch-0001.npz", "epoch-0003.npz", "epoch-0004.npz"), names());
  }

  @Test
  @Feature("CBK-09")
  void latestCheckpointsAndTheBestAreKept() throws IOException {
    TrainingReport report = train(4, new Checkpoint(folder).keepLast(2).keepBest(Monitored.LOSS));
    assertEquals(List.of("best.npz", "epoch-0002.npz", "epoch-0003.npz"), names());
    int best = 0;
    for (int epoch = 1; epoch < 4; epoch++) {
      if (report.epochs().get(epoch).trainLoss() < report.epochs().get(best).trainLoss()) {
        best = epoch;
      }
    }
    assertEquals(best + 1, Checkpoints.read(folder.resolve("best.npz")).position().epoch());
  }

  @Test
  void checkpointsWithinAnEpochAreSteppingStones() throws IOException {
    var seen = new ArrayList<String>();
    train(
        1,
        new Checkpoint(folder).everyBatches(1),
        new TrainingCallback() {
          @Override
          public void onSavePoint(Progress progress) throws IOException {
            seen.addAll(names());
          }
        });
    assertEquals(
        List.of(
            "epoch-0000-batch-00001.npz",
            "epoch-0000-batch-00002.npz",
            "epoch-0000-batch-00003.npz",
            "epoch-0000.npz"),
        seen);
  }

  @Test
  void checkpointsOfAnotherTrainingAreNotMixedWithNewOnes() throws IOException {
    train(2, new Checkpoint(folder));
    byte[] before = Files.readAllBytes(folder.resolve("epoch-0001.npz"));
    assertEquals(
        ("callback Checkpoint failed in onTrainBegin, epoch 0, batch 0: %s: there are checkpoints"
                + " of an earlier training up to epoch-0001.npz, and this one begins at epoch 0,"
                + " batch 0; resume that one, or take another folder")
            .formatted(folder),
        assertThrows(CallbackException.class, () -> train(1, new Checkpoint(folder))).getMessage());
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("epoch-0001.npz")));
    train(1, new Checkpoint(folder).replaces(true));
    assertEquals(List.of("epoch-0000.npz"), names());
  }

  @Test
  void foldersThatCannotBeMadeAreErrors() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertFolderIsRefused("Checkpoint", file, new Checkpoint(file));
    assertFolderIsRefused("CsvLog", file, new CsvLog(file.resolve("log.csv")));
  }

  private static void assertFolderIsRefused(String name, Path file, TrainingCallback callback) {
    var failure = assertThrows(CallbackException.class, () -> train(1, callback));
    assertEquals(
        "callback %s failed in onTrainBegin, epoch 0, batch 0: %s: the folder cannot be made: %s is a file"
            .formatted(name, file, file),
        failure.getMessage());
  }
}
