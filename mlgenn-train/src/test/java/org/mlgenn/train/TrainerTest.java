package org.mlgenn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlgenn.compilers.eventprop.TrainingOrder;
import org.mlgenn.data.SpikeDataset;
import org.mlgenn.data.SpikeTrain;
import org.mlgenn.serialisers.NumpyArray;

class TrainerTest {
  @Test
  @Feature({"TRN-01", "MET-01"})
  void learnsToTellClassesApart() {
    try (Trainer trainer = Toy.trainer(16)) {
      TrainingReport report = trainer.train(Toy.data(200, 1), 10);
      assertEquals(10, report.epochs().size());
      assertTrue(report.accuracy(Toy.OUTPUT) > 0.95, report::toString);
      assertTrue(report.loss() < 0.2, report::toString);
      assertTrue(trainer.evaluate(Toy.data(100, 2)).accuracy() > 0.95);
      assertEquals(Ending.COMPLETED, report.ending());
    }
  }

  @Test
  void overlappedTrainingLearnsToo() {
    var compiled = Toy.compiler(16).order(TrainingOrder.OVERLAPPED).compile(Toy.NETWORK);
    try (Trainer trainer = Trainer.open(compiled, Toy.settings())) {
      TrainingReport report = trainer.train(Toy.data(100, 1), 20);
      assertTrue(report.accuracy() > 0.95, report::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void weightsDontDependOnThreads(int threads) {
    assertEquals(trained(1), trained(threads));
  }

  private static Map<String, NumpyArray> trained(int threads) {
    try (Trainer trainer = Trainer.open(Toy.training(8), Toy.settings().threads(threads))) {
      trainer.train(Toy.data(52, 1), 2);
      return Toy.state(trainer);
    }
  }

  @Test
  void anotherShuffleSeedGivesOtherWeights() {
    try (Trainer first = Toy.trainer(8);
        Trainer second = Toy.trainer(8)) {
      first.train(Toy.data(52, 1), 1);
      second.train(Toy.data(52, 1), 1, new TrainingOptions().shuffleSeed(99));
      assertNotEquals(Toy.state(first), Toy.state(second));
    }
  }

  @Test
  @Feature("TRN-01")
  void everyEpochShowsEveryExampleOnceInAnotherOrder() {
    var orders = new ArrayList<List<Integer>>();
    try (Trainer trainer = Toy.trainer(8)) {
      trainer.train(Toy.data(21, 1), 3, new OrderRecorder(orders));
    }
    assertEquals(3, orders.size());
    assertEquals(3, new HashSet<>(orders).size());
    for (List<Integer> order : orders) {
      assertEquals(21, order.size());
      assertEquals(21, new HashSet<>(order).size());
    }
  }

  @Test
  void examplesKeepTheirOrderWithoutShuffling() {
    var orders = new ArrayList<List<Integer>>();
    try (Trainer trainer = Toy.trainer(2)) {
      trainer.train(
          Toy.data(3, 1), 1, new TrainingOptions().shuffles(false), new OrderRecorder(orders));
    }
    assertEquals(List.of(List.of(0, 1, 2)), orders);
  }

  private record OrderRecorder(List<List<Integer>> orders) implements TrainingCallback {
    @Override
    public void onEpochBegin(Progress progress) {
      orders.add(new ArrayList<>());
    }

    @Override
    public void onBatchEnd(Progress progress) {
      for (int place = 0; place < progress.batchExamples(); place++) {
        orders.getLast().add(progress.exampleAt(place));
      }
    }
  }

  @Test
  @Feature("TRN-01")
  void callsPerEpochWithStartEpochEqualOneCall() {
    SpikeDataset data = Toy.data(20, 1);
    try (Trainer one = Toy.trainer(8);
        Trainer several = Toy.trainer(8)) {
      one.train(data, 3);
      for (int epoch = 0; epoch < 3; epoch++) {
        several.train(data, 1, new TrainingOptions().startEpoch(epoch));
      }
      assertEquals(Toy.state(one), Toy.state(several));
    }
  }

  @Test
  @Feature("TRN-02")
  void validationSplitTakesTheLastExamples() {
    SpikeDataset data = Toy.data(40, 1);
    try (Trainer split = Toy.trainer(8);
        Trainer separate = Toy.trainer(8)) {
      TrainingReport report = split.train(data, 2, new TrainingOptions().validationSplit(0.25));
      TrainingReport expected =
          separate.train(
              data.subset(0, 30), 2, new TrainingOptions().validation(data.subset(30, 40)));
      assertEquals(Toy.state(separate), Toy.state(split));
      for (int epoch = 0; epoch < 2; epoch++) {
        assertEquals(
            expected.epochs().get(epoch).validation(), report.epochs().get(epoch).validation());
      }
    }
  }

  @Test
  @Feature("TRN-03")
  void validationScoresThoseOfAnEvaluation() {
    SpikeDataset validation = Toy.data(21, 2);
    try (Trainer trainer = Toy.trainer(8)) {
      EpochReport report =
          trainer
              .train(Toy.data(40, 1), 1, new TrainingOptions().validation(validation))
              .lastEpoch()
              .orElseThrow();
      Scores evaluated = trainer.evaluate(validation).scores();
      assertEquals(evaluated, report.validation().orElseThrow());
      assertEquals(evaluated.loss(), report.validationLoss());
      assertEquals(evaluated.accuracy(), report.validationAccuracy());
    }
  }

  @Test
  void validationDoesNotChangeTraining() {
    try (Trainer with = Toy.trainer(8);
        Trainer without = Toy.trainer(8)) {
      with.train(Toy.data(20, 1), 2, new TrainingOptions().validation(Toy.data(10, 2)));
      without.train(Toy.data(20, 1), 2);
      assertEquals(Toy.state(without), Toy.state(with));
    }
  }

  @Test
  void lossIsTheMeanOverTheExamples() {
    SpikeDataset data = Toy.data(13, 1);
    try (Trainer trainer = Toy.trainer(8)) {
      double expected = 0;
      float[][] answers = trainer.predict(data).of(Toy.OUTPUT);
      for (int example = 0; example < data.size(); example++) {
        double sum = 0;
        for (float answer : answers[example]) {
          sum += Math.exp(answer);
        }
        expected += Math.log(sum) - answers[example][data.label(example)];
      }
      assertEquals(
          expected / data.size(), trainer.evaluate(data).loss().orElseThrow(), 1e-6 * expected);
    }
  }

  @Test
  @Feature("TRN-05")
  void examplesCanDifferFromEpochToEpoch() {
    try (Trainer perEpoch = Toy.trainer(8);
        Trainer byHand = Toy.trainer(8)) {
      perEpoch.train(PerEpochExamples.of(epoch -> Toy.data(20, 10 + epoch)), 2);
      for (int epoch = 0; epoch < 2; epoch++) {
        byHand.train(Toy.data(20, 10 + epoch), 1, new TrainingOptions().startEpoch(epoch));
      }
      assertEquals(Toy.state(byHand), Toy.state(perEpoch));
    }
  }

  @Test
  void examplesWithoutSpikesAreLearntFrom() {
    var silent = SpikeTrain.empty(Toy.NEURONS, Toy.TIMESTEPS);
    var data = SpikeDataset.of(List.of(silent, silent), new int[] {0, 1}, Toy.CLASSES);
    try (Trainer trainer = Toy.trainer(2)) {
      TrainingReport report = trainer.train(data, 1);
      assertEquals(Math.log(3), report.loss(), 1e-6);
    }
  }

  @Test
  void oneExampleIsEnough() {
    try (Trainer trainer = Toy.trainer(8)) {
      assertEquals(1, trainer.train(Toy.data(1, 1), 1).epochs().size());
    }
  }

  @Test
  void reportTellsWhereResultsComeFrom() {
    SpikeDataset data = Toy.data(8, 1);
    try (Trainer trainer = Toy.trainer(8)) {
      Provenance provenance = trainer.train(data, 1).provenance();
      assertEquals(Toy.NETWORK.identity(), provenance.networkHash());
      assertEquals(Toy.SEED, provenance.seed());
      assertEquals("jvm", provenance.backend());
      assertEquals(1, provenance.threads());
      assertEquals(8, provenance.slices());
      assertEquals(data.sha256(), provenance.dataSha256());
      assertTrue(provenance.compiled().startsWith("EventPropCompiler"));
    }
  }

  @Test
  void epochsAreTimed() {
    try (Trainer trainer = Toy.trainer(8)) {
      EpochReport report = trainer.train(Toy.data(100, 1), 1).lastEpoch().orElseThrow();
      assertTrue(report.seconds() > 0);
      assertFalse(Double.isNaN(report.cpuSeconds()));
    }
  }

  @Test
  @Feature("TRN-08")
  void kernelsAreTimedWhenAskedFor() {
    try (Trainer trainer = Trainer.open(Toy.training(8), Toy.settings().isTimed(true))) {
      trainer.train(Toy.data(20, 1), 1);
      var steps = trainer.simulation().times().steps();
      assertTrue(steps.get("FORWARD") > 0, steps::toString);
      assertTrue(steps.get("BACKWARD") > 0, steps::toString);
    }
  }

  @Test
  void networksThatOnlyAnswerAreNotTrained() {
    var failure =
        assertThrows(IllegalArgumentException.class, () -> Trainer.open(Toy.inference(1)));
    assertEquals(
        "InferenceCompiler makes networks that only answer; train one of EventPropCompiler",
        failure.getMessage());
  }
}
