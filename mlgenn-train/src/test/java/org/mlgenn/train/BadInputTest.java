package org.mlgenn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.mlgenn.data.Examples;
import org.mlgenn.data.SpikeDataset;
import org.mlgenn.data.SpikeTrain;
import org.mlgenn.data.Targets;
import org.mlgenn.metrics.SparseCategoricalAccuracy;
import org.mlgenn.optimisers.Adam;
import org.mlgenn.serialisers.NumpyArray;
import org.mlgenn.serialisers.NumpySerialiser;
import org.mlgenn.train.callbacks.Checkpoint;

class BadInputTest {
  @TempDir private Path folder;

  private static SpikeDataset data(int neurons, int timesteps, Targets targets) {
    var trains = new SpikeTrain[targets.size()];
    Arrays.fill(trains, SpikeTrain.empty(neurons, timesteps));
    return SpikeDataset.of(List.of(trains), targets);
  }

  private static void refused(String message, Examples data) {
    try (Trainer trainer = Toy.trainer(4)) {
      refused(message, () -> trainer.train(data, 1));
    }
  }

  private static void refused(String message, Executable executable) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, executable).getMessage());
  }

  @Test
  void labelsOutsideTheClassesOfTheOutput() {
    refused(
        "training data: example 2 has label 3, output population 'output' has the classes 0 to 2",
        data(Toy.NEURONS, Toy.TIMESTEPS, new Targets.Labels(new int[] {0, 1, 3}, 4)));
  }

  @Test
  void noTargets() {
    refused(
        "training data: output population 'output' is given no targets",
        data(Toy.NEURONS, Toy.TIMESTEPS, new Targets.None(3)));
  }

  @Test
  void targetsOfAnotherKind() {
    refused(
        "training data: targets of output population 'output' are"
            + " Values[size=1, steps=1, neurons=3];"
            + " SparseCategoricalCrossentropy needs a label per example",
        data(Toy.NEURONS, Toy.TIMESTEPS, new Targets.Values(new float[1][3], 1, 3)));
  }

  @Test
  @Feature("INP-09")
  void spikesOfOtherNeuronsAndTimestepsAreBothNamed() {
    refused(
        "training data:\n"
            + "  - spikes of 5 neurons for population 'input', which has 12\n"
            + "  - spikes of 7 timesteps for population 'input', the network is compiled for"
            + " examples of 20",
        data(5, 7, new Targets.Labels(new int[] {0}, 3)));
  }

  @Test
  void validationDataThatDontFit() {
    try (Trainer trainer = Toy.trainer(4)) {
      refused(
          "validation data: spikes of 5 neurons for population 'input', which has 12",
          () ->
              trainer.train(
                  Toy.data(4, 1),
                  1,
                  new TrainingOptions()
                      .validation(data(5, Toy.TIMESTEPS, new Targets.Labels(new int[] {0}, 3)))));
    }
  }

  @Test
  void validationSplitThatLeavesNothing() {
    try (Trainer trainer = Toy.trainer(4)) {
      refused(
          "validation split: a share of 0.1 of 2 examples leaves 2 for training and 0 for"
              + " validation, expected at least one each",
          () -> trainer.train(Toy.data(2, 1), 1, new TrainingOptions().validationSplit(0.1)));
    }
    refused(
        "validation split: expected a share between 0 and 1, got 1.5",
        () -> new TrainingOptions().validationSplit(1.5));
  }

  @Test
  void metricOfAPopulationThatIsNoOutput() {
    try (Trainer trainer = Toy.trainer(4)) {
      refused(
          "metric for population 'hidden', which is not an output; outputs: [output]",
          () ->
              trainer.train(
                  Toy.data(2, 1),
                  1,
                  new TrainingOptions().metric(Toy.HIDDEN, new SparseCategoricalAccuracy())));
    }
  }

  @Test
  void populationsThatAreNotInputOrOutput() {
    SpikeDataset data = Toy.data(2, 1);
    try (Trainer trainer = Toy.trainer(4)) {
      refused(
          "training data:\n"
              + "  - input population 'input' is given no examples\n"
              + "  - population 'hidden' is not an input; inputs: [input]\n"
              + "  - population 'input' is not an output; outputs: [output]\n"
              + "  - output population 'output' is given no targets",
          () ->
              trainer.train(
                  NetworkExamples.of(Map.of(Toy.HIDDEN, data), Map.of(Toy.INPUT, data.targets())),
                  1));
    }
  }

  @Test
  void targetsOfAnotherNumber() {
    refused(
        "data: targets of population 'output' are of 3 examples, expected 2 as of the first input",
        () ->
            NetworkExamples.of(
                Map.of(Toy.INPUT, Toy.data(2, 1)), Map.of(Toy.OUTPUT, Toy.data(3, 1).targets())));
  }

  @Test
  void noExamples() {
    refused(
        "data set: no examples, expected at least one",
        () -> SpikeDataset.of(List.of(), new int[0], 3));
    refused(
        "data: no input population is given examples",
        () -> NetworkExamples.of(Map.of(), Map.of()));
  }

  @Test
  void weightsThatAreNoNumbers() throws IOException {
    try (Trainer trainer = Toy.trainer(4)) {
      var serialiser = new NumpySerialiser(folder);
      trainer.save(serialiser, "bad");
      float[] weights = new float[Toy.NEURONS * 16];
      weights[5] = Float.NaN;
      serialiser.serialise(
          List.of("bad", "Conn_input_hidden", "g"), NumpyArray.of(weights, Toy.NEURONS, 16));
      var before = Toy.state(trainer);
      assertEquals(
          "files [bad]: variable 'Conn_input_hidden-g': value 5 is NaN, expected a finite number",
          assertThrows(IOException.class, () -> trainer.load(serialiser, "bad")).getMessage());
      assertEquals(before, Toy.state(trainer));
      trainer
          .simulation()
          .variable(trainer.compiled().savedVariables().getFirst().variable())
          .set(weights);
      refused(
          "variable 'Conn_input_hidden-g': value 5 is NaN, expected a finite number",
          () -> trainer.train(Toy.data(2, 1), 1));
    }
  }

  @Test
  void weightsOfAnotherShape() throws IOException {
    try (Trainer trainer = Toy.trainer(4)) {
      var serialiser = new NumpySerialiser(folder);
      trainer.save(serialiser, 0);
      serialiser.serialise(List.of(0, "Conn_hidden_output", "g"), NumpyArray.of(new float[3]));
      assertEquals(
          "files [0]: variable 'Conn_hidden_output-g': got 3 values, expected 48",
          assertThrows(IOException.class, () -> trainer.load(serialiser, 0)).getMessage());
    }
  }

  /// A learning rate that blows the weights up.
  @Test
  void lossThatIsNoNumberStopsTrainingAndNamesTheLastGoodCheckpoint() {
    var compiled = Toy.compiler(4).optimiser(new Adam(1e38)).compile(Toy.NETWORK);
    try (Trainer trainer = Trainer.open(compiled, Toy.settings())) {
      var failure =
          assertThrows(
              TrainingException.class,
              () -> trainer.train(Toy.data(40, 1), 5, new Checkpoint(folder).everyBatches(1)));
      assertTrue(failure.lastCheckpoint().isPresent());
      assertTrue(
          failure
              .getMessage()
              .matches(
                  "epoch \\d, batch \\d: the loss is (NaN|Infinity); last good checkpoint:"
                      + " .*\\.npz"),
          failure.getMessage());
      assertEquals(
          folder.resolve("epoch-%04d-batch-%05d.npz".formatted(failure.epoch(), failure.batch())),
          failure.lastCheckpoint().get());
    }
  }

  @Test
  void withoutCheckpointTheMessageSaysSo() {
    var compiled = Toy.compiler(4).optimiser(new Adam(1e38)).compile(Toy.NETWORK);
    try (Trainer trainer = Trainer.open(compiled, Toy.settings())) {
      var failure = assertThrows(TrainingException.class, () -> trainer.train(Toy.data(40, 1), 5));
      assertTrue(failure.getMessage().endsWith("; no checkpoint was written"));
    }
  }

  @Test
  @Feature("EVP-03")
  void fullTapeIsAnErrorWhereItIsStrict() {
    var compiled = Toy.compiler(4).maxSpikes(1).strictTapes(true).compile(Toy.busyNetwork());
    try (Trainer trainer = Trainer.open(compiled, Toy.settings())) {
      var failure = assertThrows(TrainingException.class, () -> trainer.train(Toy.data(4, 1), 1));
      assertTrue(
          failure
              .getMessage()
              .matches(
                  "epoch 0, batch 0: population 'hidden' has \\d+ spikes more than its tape may"
                      + " hold; raise maxSpikes, lower weights, or allow it with"
                      + " strictTapes\\(false\\); no checkpoint was written"),
          failure.getMessage());
    }
  }

  @Test
  @Feature("EVP-03")
  void fullTapeIsReportedWhereItIsLenient() {
    var compiled = Toy.compiler(4).maxSpikes(1).compile(Toy.busyNetwork());
    try (Trainer trainer = Trainer.open(compiled, Toy.settings())) {
      TrainingReport report = trainer.train(Toy.data(4, 1), 1);
      long spikes = report.tapeOverflows().get("hidden");
      assertTrue(spikes > 0);
      assertTrue(
          report
              .toString()
              .contains("population 'hidden': %d spikes not on tape".formatted(spikes)));
    }
  }
}
