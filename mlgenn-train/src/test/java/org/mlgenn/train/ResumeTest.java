package org.mlgenn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.InferenceCompiler;
import org.mlgenn.compilers.SimulationSettings;
import org.mlgenn.compilers.eventprop.TrainingOrder;
import org.mlgenn.data.Examples;
import org.mlgenn.data.SpikeDataset;
import org.mlgenn.optimisers.Adam;
import org.mlgenn.serialisers.NumpyArray;
import org.mlgenn.train.callbacks.Checkpoint;
import org.mlgenn.train.callbacks.EarlyStopping;
import org.mlgenn.train.callbacks.LearningRateSchedule;
import org.mlgenn.train.checkpoints.Checkpoints;
import org.mlgenn.train.checkpoints.IncompatibleCheckpointException;

@Feature("CBK-09")
class ResumeTest {
  private static final int EPOCHS = 2;
  private static final SpikeDataset DATA = Toy.data(21, 1);
  private static final int BATCH = 8;

  @TempDir private Path folder;

  /// What is compared: everything that training leaves behind.
  private record Outcome(
      Map<String, NumpyArray> state, List<Scores> training, List<Scores> validation) {}

  private static TrainingOptions options() {
    return new TrainingOptions().validation(Toy.data(5, 2));
  }

  private static Outcome outcome(Trainer trainer, TrainingReport report) {
    return new Outcome(
        Toy.state(trainer),
        report.epochs().stream().map(EpochReport::training).toList(),
        report.epochs().stream().map(each -> each.validation().orElseThrow()).toList());
  }

  private static TrainingCallback[] callbacks(TrainingCallback... more) {
    var all = new ArrayList<TrainingCallback>(List.of(more));
    all.add(LearningRateSchedule.cosine(1e-2, 1e-4, EPOCHS));
    all.add(new EarlyStopping(5));
    return all.toArray(TrainingCallback[]::new);
  }

  private static Outcome notKilled() {
    try (Trainer trainer = Toy.trainer(BATCH)) {
      return outcome(trainer, trainer.train(DATA, EPOCHS, options(), callbacks()));
    }
  }

  /// Stands for a process that is killed after a number of batches.
  private static final class Kill implements TrainingCallback {
    private int batchesLeft;

    Kill(int batches) {
      batchesLeft = batches;
    }

    @Override
    public void onBatchBegin(Progress progress) {
      if (batchesLeft-- == 0) {
        throw new IllegalStateException("killed");
      }
    }
  }

  @Test
  void trainingKilledBetweenAnyTwoBatchesEndsAsIfItHadNotBeen() throws IOException {
    Outcome expected = notKilled();
    for (int batches = 1; batches < EPOCHS * 3; batches++) {
      Path own = folder.resolve("after-" + batches);
      int kill = batches;
      try (Trainer trainer = Toy.trainer(BATCH)) {
        assertThrows(
            CallbackException.class,
            () ->
                trainer.train(
                    DATA,
                    EPOCHS,
                    options(),
                    callbacks(new Kill(kill), new Checkpoint(own).everyBatches(1))));
      }
      assertEquals(expected, resumed(own, 1), "killed after " + batches);
    }
  }

  private static Outcome resumed(Path from, int threads) throws IOException {
    RuntimeSettings settings = Toy.settings().threads(threads);
    try (Trainer trainer = Trainer.open(Toy.training(BATCH), settings)) {
      trainer.resume(from);
      return outcome(
          trainer,
          trainer.train(DATA, EPOCHS, options(), callbacks(new Checkpoint(from).everyBatches(1))));
    }
  }

  private void trainOneEpochOfTwo() {
    try (Trainer trainer = Toy.trainer(BATCH)) {
      assertThrows(
          CallbackException.class,
          () ->
              trainer.train(
                  DATA, EPOCHS, options(), callbacks(new Kill(3), new Checkpoint(folder))));
    }
  }

  @Test
  void anotherNumberOfThreadsMayGoOn() throws IOException {
    trainOneEpochOfTwo();
    assertEquals(notKilled(), resumed(folder, 2));
  }

  @Test
  void requestToStopFinishesTheBatchAndSaves() throws IOException {
    try (Trainer trainer = Toy.trainer(BATCH)) {
      TrainingReport report =
          trainer.train(
              DATA, EPOCHS, options(), callbacks(new StopIn(trainer, 1), new Checkpoint(folder)));
      assertTrue(report.isInterrupted());
      assertEquals("interrupted in epoch 0 after batch 2 of 3", report.endingReason());
      assertEquals(0, report.epochs().size());
    }
    assertEquals(List.of(folder.resolve("epoch-0000-batch-00002.npz")), Checkpoints.list(folder));
    assertEquals(notKilled(), resumed(folder, 1));
  }

  private record StopIn(Trainer trainer, int batch) implements TrainingCallback {
    @Override
    public void onBatchBegin(Progress progress) {
      if (progress.batch() == batch) {
        trainer.requestStop();
      }
    }
  }

  private record StopInValidation(Trainer trainer) implements TrainingCallback {
    @Override
    public void onBatchBegin(Progress progress) {
      trainer.requestStop();
    }
  }

  @Test
  void requestToStopInValidationSavesTheEpochBeforeIt() throws IOException {
    try (Trainer trainer = Toy.trainer(BATCH)) {
      TrainingReport report =
          trainer.train(
              DATA,
              EPOCHS,
              options().validationCallbacks(new StopInValidation(trainer)),
              callbacks(new Checkpoint(folder)));
      assertTrue(report.isInterrupted());
    }
    assertEquals(List.of(folder.resolve("epoch-0000-batch-00003.npz")), Checkpoints.list(folder));
    assertEquals(notKilled(), resumed(folder, 1));
  }

  @Test
  void trainerCanBeUsedAfterItWasStopped() {
    try (Trainer trainer = Toy.trainer(BATCH)) {
      trainer.train(DATA, 1, new StopIn(trainer, 0));
      assertFalse(trainer.train(DATA, 1).isInterrupted());
    }
  }

  @Test
  void finishedTrainingIsResumedWithNothingToDo() throws IOException {
    Outcome expected;
    try (Trainer trainer = Toy.trainer(BATCH)) {
      expected =
          outcome(
              trainer, trainer.train(DATA, EPOCHS, options(), callbacks(new Checkpoint(folder))));
    }
    assertEquals(expected, resumed(folder, 1));
  }

  @Test
  void overlappedTrainingIsResumedBetweenEpochs() throws IOException {
    CompiledNetwork compiled =
        Toy.compiler(BATCH).order(TrainingOrder.OVERLAPPED).compile(Toy.NETWORK);
    Outcome expected;
    try (Trainer trainer = Trainer.open(compiled, Toy.settings())) {
      expected = outcome(trainer, trainer.train(DATA, EPOCHS, options(), callbacks()));
    }
    try (Trainer trainer = Trainer.open(compiled, Toy.settings())) {
      assertThrows(
          CallbackException.class,
          () ->
              trainer.train(
                  DATA, EPOCHS, options(), callbacks(new Kill(4), new Checkpoint(folder))));
    }
    try (Trainer trainer = Trainer.open(compiled, Toy.settings())) {
      trainer.resume(folder);
      assertEquals(expected, outcome(trainer, trainer.train(DATA, EPOCHS, options(), callbacks())));
    }
  }

  @Test
  void overlappedTrainingStoppedWithinAnEpochIsNotSavedThere() throws IOException {
    CompiledNetwork compiled =
        Toy.compiler(BATCH).order(TrainingOrder.OVERLAPPED).compile(Toy.NETWORK);
    try (Trainer trainer = Trainer.open(compiled, Toy.settings())) {
      assertTrue(
          trainer
              .train(DATA, EPOCHS, new StopIn(trainer, 1), new Checkpoint(folder))
              .isInterrupted());
      assertEquals(List.of(), Checkpoints.list(folder));
      var failure =
          assertThrows(
              CallbackException.class,
              () -> trainer.train(DATA, EPOCHS, new Checkpoint(folder).everyBatches(1)));
      assertEquals(
          "callback Checkpoint failed in onTrainBegin, epoch 0, batch 0: Checkpoint: overlapped"
              + " training can be saved only between epochs; leave out everyBatches",
          failure.getMessage());
    }
  }

  private IncompatibleCheckpointException refused(CompiledNetwork compiled, int slices) {
    try (Trainer trainer = Trainer.open(compiled, Toy.settings().slices(slices))) {
      return assertThrows(IncompatibleCheckpointException.class, () -> trainer.resume(folder));
    }
  }

  @Test
  void anotherBatchSizeIsRefused() {
    trainOneEpochOfTwo();
    assertEquals(
        "checkpoint %s cannot be used here:\n  - batch size: saved 8, now 9; compile with the saved one"
            .formatted(folder.resolve("epoch-0000.npz")),
        refused(Toy.training(9), 8).getMessage());
  }

  @Test
  void otherSlicesAreRefused() {
    trainOneEpochOfTwo();
    assertEquals(
        List.of("slices: saved 8, now 4; open with RuntimeSettings.slices as saved"),
        refused(Toy.training(BATCH), 4).differences());
  }

  @Test
  void anotherSeedIsRefused() {
    trainOneEpochOfTwo();
    var compiled =
        Toy.compiler(BATCH)
            .simulation(new SimulationSettings().batchSize(BATCH).seed(8))
            .compile(Toy.NETWORK);
    assertEquals(
        List.of("seed: saved 7, now 8; compile with the saved one"),
        refused(compiled, 0).differences());
  }

  @Test
  void seedThatIsDrawnIsRefusedWithTheWayOut() {
    trainOneEpochOfTwo();
    var compiled =
        Toy.compiler(BATCH)
            .simulation(new SimulationSettings().batchSize(BATCH))
            .compile(Toy.NETWORK);
    List<String> differences = refused(compiled, 0).differences();
    assertTrue(differences.getFirst().startsWith("seed: saved 7, now "));
    assertEquals("seed 0 draws another one each time; resume with seed 7", differences.getLast());
  }

  @Test
  void anotherOptimiserIsRefused() {
    trainOneEpochOfTwo();
    var compiled = Toy.compiler(BATCH).optimiser(new Adam(0.5)).compile(Toy.NETWORK);
    String difference = refused(compiled, 0).differences().getFirst();
    assertTrue(difference.startsWith("training: saved EventPropCompiler, output: "), difference);
    assertTrue(difference.contains("alpha=0.5"), difference);
    assertTrue(difference.endsWith("]; compile the network as it was"), difference);
  }

  @Test
  void anotherNetworkIsRefused() {
    trainOneEpochOfTwo();
    assertEquals(
        List.of(
            "'Conn_input_hidden-g' was saved with shape (12, 16), here it has (12, 17); populations"
                + " must have the sizes that they had",
            "'Conn_hidden_output-g' was saved with shape (16, 3), here it has (17, 3); populations"
                + " must have the sizes that they had"),
        refused(Toy.compiler(BATCH).compile(Toy.network(17)), 0).differences());
  }

  @Test
  void aNetworkOfTheSameShapesWithOtherWeightsIsTheSame() throws IOException {
    trainOneEpochOfTwo();
    try (Trainer trainer = Trainer.open(Toy.compiler(BATCH).compile(Toy.busyNetwork()))) {
      trainer.resume(folder);
    }
  }

  @Test
  void otherNeuronsAreRefused() {
    trainOneEpochOfTwo();
    assertEquals(
        List.of(
            "network: the weights have the shapes that were saved, but neurons, synapses or"
                + " connectivity have other names or parameters; build it as it was"),
        refused(Toy.compiler(BATCH).compile(Toy.slowNetwork()), 0).differences());
  }

  @Test
  void anotherModelOfTheSameTrainingIsRefused() {
    trainOneEpochOfTwo();
    var compiled =
        Toy.compiler(BATCH)
            .simulation(new SimulationSettings().batchSize(BATCH).seed(Toy.SEED).dt(0.5))
            .compile(Toy.NETWORK);
    assertEquals(
        List.of(
            "training: the model has other code or parameters than the one that was saved, with the"
                + " same compiler, losses and optimisers; compile the network with the settings"
                + " that it had"),
        refused(compiled, 0).differences());
  }

  @Test
  void aStartAfterTheCheckpointIsRefused() throws IOException {
    trainOneEpochOfTwo();
    try (Trainer trainer = Toy.trainer(BATCH)) {
      trainer.resume(folder);
      var refusal =
          assertThrows(
              IncompatibleCheckpointException.class,
              () -> trainer.train(DATA, EPOCHS, options().startEpoch(5)));
      assertEquals(
          List.of(
              "it is at epoch 1, batch 0, before epoch 5 that training begins with; use a"
                  + " startEpoch of at most 1"),
          refusal.differences());
    }
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    trainOneEpochOfTwo();
    var compiled = new InferenceCompiler(Toy.TIMESTEPS).compile(Toy.network(17));
    try (Evaluator evaluator = Evaluator.open(compiled, Toy.settings())) {
      assertEquals(
          """
          checkpoint %s cannot be used here:
            - 'Conn_input_hidden-g' was saved with shape (12, 16), here it has (12, 17); populations must have the sizes that they had
            - 'Conn_hidden_output-g' was saved with shape (16, 3), here it has (17, 3); populations must have the sizes that they had\
          """
              .formatted(folder.resolve("epoch-0000.npz")),
          assertThrows(IncompatibleCheckpointException.class, () -> evaluator.load(folder))
              .getMessage());
    }
  }

  @Test
  void otherDataAreRefused() throws IOException {
    trainOneEpochOfTwo();
    try (Trainer trainer = Toy.trainer(BATCH)) {
      trainer.resume(folder);
      Examples other = Toy.data(21, 3);
      var refusal =
          assertThrows(
              IncompatibleCheckpointException.class, () -> trainer.train(other, EPOCHS, options()));
      assertEquals(
          List.of(
              "training data: not the examples and targets that were trained with; give the same"
                  + " ones, in the same order"),
          refusal.differences());
    }
  }

  @Test
  void anotherShuffleSeedIsRefused() throws IOException {
    trainOneEpochOfTwo();
    try (Trainer trainer = Toy.trainer(BATCH)) {
      trainer.resume(folder);
      var refusal =
          assertThrows(
              IncompatibleCheckpointException.class,
              () -> trainer.train(DATA, EPOCHS, options().shuffleSeed(3)));
      assertEquals(
          List.of("shuffling: saved seed 7, now seed 3; train with the saved one"),
          refusal.differences());
    }
  }

  @Test
  void folderWithoutCheckpointIsAnError() {
    try (Trainer trainer = Toy.trainer(BATCH)) {
      assertEquals(
          "%s: no checkpoint in this folder, expected files such as epoch-0009.npz"
              .formatted(folder),
          assertThrows(IOException.class, () -> trainer.resume(folder)).getMessage());
      Path missing = folder.resolve("missing");
      assertEquals(
          "%s: no such checkpoint, neither a file nor a folder".formatted(missing),
          assertThrows(IOException.class, () -> trainer.resume(missing)).getMessage());
    }
  }

  @Test
  void damagedCheckpointIsAnErrorAndStays() throws IOException {
    trainOneEpochOfTwo();
    Path file = folder.resolve("epoch-0000.npz");
    byte[] whole = Files.readAllBytes(file);
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    Files.write(file, half);
    try (Trainer trainer = Toy.trainer(BATCH)) {
      var before = Toy.state(trainer);
      var failure = assertThrows(IOException.class, () -> trainer.resume(folder));
      assertTrue(failure.getMessage().startsWith(file + ": "), failure.getMessage());
      assertEquals(before, Toy.state(trainer));
    }
    assertArrayEquals(half, Files.readAllBytes(file));
  }

  @Test
  void weightsOfACheckpointCanBeEvaluated() throws IOException {
    double expected;
    try (Trainer trainer = Toy.trainer(BATCH)) {
      trainer.train(DATA, 1, new Checkpoint(folder));
      expected = trainer.evaluate(DATA).accuracy();
    }
    try (Evaluator evaluator = Evaluator.open(Toy.inference(5), Toy.settings())) {
      evaluator.load(folder);
      assertEquals(expected, evaluator.evaluate(DATA).accuracy());
    }
  }
}
