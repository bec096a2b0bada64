package org.mlgenn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlgenn.Network;
import org.mlgenn.NetworkBuilder;
import org.mlgenn.Population;
import org.mlgenn.compilers.Compatibility;
import org.mlgenn.compilers.InferenceCompiler;
import org.mlgenn.compilers.SimulationSettings;
import org.mlgenn.compilers.eventprop.EventPropCompiler;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.data.SpikeDataset;
import org.mlgenn.data.SpikeTrain;
import org.mlgenn.data.Targets;
import org.mlgenn.initializers.Constant;
import org.mlgenn.initializers.Normal;
import org.mlgenn.losses.MeanSquareError;
import org.mlgenn.losses.SparseCategoricalCrossentropy;
import org.mlgenn.metrics.Metric;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.readouts.AvgVar;
import org.mlgenn.readouts.FirstSpikeTime;
import org.mlgenn.readouts.SpikeCount;
import org.mlgenn.serialisers.NumpySerialiser;
import org.mlgenn.synapses.Exponential;

class EvaluatorTest {
  @TempDir private Path folder;

  @Test
  @Feature({"INF-01", "INF-04"})
  void accuracyIsThatOfThePredictions() {
    SpikeDataset data = Toy.data(21, 1);
    try (Evaluator evaluator = Evaluator.open(Toy.inference(8), Toy.settings())) {
      Predictions predictions = evaluator.predict(data);
      int[] classes = predictions.classes(Toy.OUTPUT);
      int right = 0;
      for (int example = 0; example < data.size(); example++) {
        right += classes[example] == data.label(example) ? 1 : 0;
      }
      EvaluationReport report = evaluator.evaluate(data);
      assertEquals(right / 21.0, report.accuracy(Toy.OUTPUT));
      assertEquals(21, report.examples());
      assertEquals(OptionalDouble.empty(), report.loss());
    }
  }

  @Test
  @Feature("INF-04")
  void answersDontDependOnTheBatch() {
    SpikeDataset data = Toy.data(13, 1);
    try (Evaluator one = Evaluator.open(Toy.inference(1), Toy.settings());
        Evaluator several = Evaluator.open(Toy.inference(5), Toy.settings().threads(2))) {
      assertArrayEquals(one.predict(data).values(), several.predict(data).values());
    }
  }

  @Test
  void trainedNetworksAnswerAsThoseThatOnlyAnswer() throws IOException {
    SpikeDataset data = Toy.data(13, 1);
    try (Evaluator inference = Evaluator.open(Toy.inference(4), Toy.settings());
        Trainer training = Trainer.open(Toy.training(4), Toy.settings())) {
      training.save(new NumpySerialiser(folder));
      inference.load(new NumpySerialiser(folder));
      assertArrayEquals(training.predict(data).values(), inference.predict(data).values());
    }
  }

  @Test
  void predictionsNeedNoTargets() {
    var trains = Toy.data(3, 1).inputs();
    var data = SpikeDataset.of(trains, new Targets.None(3));
    try (Evaluator evaluator = Evaluator.open(Toy.inference(2), Toy.settings())) {
      assertEquals(3, evaluator.predict(data).values().length);
      assertEquals(Scores.NONE, evaluator.evaluate(data).scores());
    }
  }

  @Test
  @Feature({"SER-01", "TRN-07", "NET-12"})
  void weightsAreExchangedUnderNamesOfMlGenn() throws IOException {
    SpikeDataset data = Toy.data(13, 1);
    var serialiser = new NumpySerialiser(folder);
    float[][] expected;
    try (Trainer trainer = Toy.trainer(8)) {
      trainer.train(data, 1);
      trainer.save(serialiser, 9);
      expected = trainer.predict(data).values();
    }
    assertTrue(Files.exists(folder.resolve("9-Conn_input_hidden-g.npy")));
    assertTrue(Files.exists(folder.resolve("9-Conn_hidden_output-g.npy")));
    try (Evaluator evaluator = Evaluator.open(Toy.inference(8), Toy.settings())) {
      evaluator.load(serialiser, 9);
      assertArrayEquals(expected, evaluator.predict(data).values());
    }
  }

  @Test
  @Feature("MET-04")
  void metricsCanBeYourOwn() {
    record LargestAnswer() implements Metric {
      @Override
      public int sums() {
        return 1;
      }

      @Override
      public void add(float[] answer, Targets targets, int example, double[] sums) {
        for (float each : answer) {
          sums[0] = Math.max(sums[0], each);
        }
      }

      @Override
      public double result(double[] sums) {
        return sums[0];
      }
    }
    SpikeDataset data = Toy.data(5, 1);
    try (Evaluator evaluator =
        Evaluator.open(Toy.inference(2), Toy.settings()).metric(Toy.OUTPUT, new LargestAnswer())) {
      double largest = 0;
      for (float[] answers : evaluator.predict(data).values()) {
        for (float answer : answers) {
          largest = Math.max(largest, answer);
        }
      }
      assertEquals(
          List.of(new MetricResult("output", "LargestAnswer", largest)),
          evaluator.evaluate(data).scores().metrics());
    }
  }

  /// ml_genn's way: a spike of the last step arrives in the next example, whatever that is.
  @Test
  void spikesOfTheLastStepCrossExamplesOnlyWhenAskedTo() {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), 1);
    var output = net.population("output", new LeakyIntegrate().readout(new AvgVar()), 1);
    net.connect(input, output, new Dense(new Constant(1)), new Exponential(5));
    var compiler = new InferenceCompiler(3);
    var data =
        SpikeDataset.of(
            List.of(
                SpikeTrain.ofSteps(1, new int[0], new int[0], new int[] {0}),
                SpikeTrain.empty(1, 3),
                SpikeTrain.ofSteps(1, new int[] {0}, new int[0], new int[0]),
                SpikeTrain.empty(1, 3)),
            new Targets.None(4));
    Network network = net.build();
    try (Evaluator clean = Evaluator.open(compiler.compile(network), Toy.settings());
        Evaluator carrying =
            Evaluator.open(
                compiler.compatibility(Compatibility.SPIKES_CROSS_EXAMPLES).compile(network),
                Toy.settings())) {
      float[][] expected = clean.predict(data).values();
      float[][] found = carrying.predict(data).values();
      assertEquals(0, expected[0][0]);
      assertEquals(0, expected[1][0]);
      assertEquals(0, found[0][0]);
      assertTrue(found[1][0] > expected[2][0], "one step earlier than a spike of step 0");
      assertEquals(expected[2][0], found[2][0]);
      assertEquals(0, found[3][0]);
    }
  }

  /// Two inputs and two outputs.
  private static final class Branched {
    final Population left;
    final Population right;
    final Population category;
    final Population value;
    final Network network;

    Branched() {
      var net = new NetworkBuilder();
      left = net.population("left", new SpikeInput(), 3);
      right = net.population("right", new SpikeInput(), 2);
      category = net.population("category", new LeakyIntegrate().readout(new AvgVar()), 2);
      value = net.population("value", new LeakyIntegrate().readout(new AvgVar()), 1);
      net.connect(left, category, new Dense(new Normal(0, 1)), new Exponential(5));
      net.connect(right, category, new Dense(new Normal(0, 1)), new Exponential(5));
      net.connect(right, value, new Dense(new Normal(0, 1)), new Exponential(5));
      network = net.build();
    }

    NetworkExamples data() {
      var none = new Targets.None(2);
      return NetworkExamples.of(
          Map.of(
              left,
              SpikeDataset.of(
                  List.of(
                      SpikeTrain.ofSteps(3, new int[] {0}, new int[] {1}),
                      SpikeTrain.ofSteps(3, new int[] {2}, new int[0])),
                  none),
              right,
              SpikeDataset.of(
                  List.of(
                      SpikeTrain.ofSteps(2, new int[] {1}, new int[0]),
                      SpikeTrain.ofSteps(2, new int[] {0}, new int[] {0})),
                  none)),
          Map.of(
              category,
              new Targets.Labels(new int[] {0, 1}, 2),
              value,
              new Targets.Values(new float[][] {{0.5f}, {-0.5f}}, 1, 1)));
    }
  }

  @Test
  @Feature({"NET-06", "MET-03", "LOS-04"})
  void severalInputsAndOutputsAreTrainedAndScored() {
    var branched = new Branched();
    var compiled =
        new EventPropCompiler(2)
            .simulation(new SimulationSettings().batchSize(2).seed(3))
            .loss(branched.category, new SparseCategoricalCrossentropy())
            .loss(branched.value, new MeanSquareError())
            .compile(branched.network);
    try (Trainer trainer = Trainer.open(compiled, Toy.settings())) {
      Scores before = trainer.evaluator().evaluate(branched.data()).scores();
      TrainingReport report = trainer.train(branched.data(), 50);
      assertEquals(
          List.of("accuracy", "meanSquareError"),
          before.metrics().stream().map(MetricResult::metric).toList());
      Scores after = trainer.evaluator().evaluate(branched.data()).scores();
      assertTrue(after.loss().orElseThrow() < before.loss().orElseThrow());
      assertTrue(after.metric(branched.value) < before.metric(branched.value));
      assertEquals(2, report.lastEpoch().orElseThrow().training().metrics().size());
    }
  }

  @Test
  void dataMustSayWhichOfSeveralInputsTheyAreFor() {
    var branched = new Branched();
    try (Evaluator evaluator =
        Evaluator.open(new InferenceCompiler(2).compile(branched.network), Toy.settings())) {
      assertEquals(
          "the network has inputs [left, right] and outputs [category, value]: say with"
              + " NetworkExamples.of which one each part of the data is for",
          assertThrows(IllegalArgumentException.class, () -> evaluator.evaluate(Toy.data(2, 1)))
              .getMessage());
      assertEquals(2, evaluator.predict(branched.data()).of(branched.value).length);
    }
  }

  /// Answers that are no `float` variables, or of spiking neurons.
  @Test
  @Feature({"RDO-01", "RDO-07"})
  void numbersAndTimesOfSpikesAreAnswers() {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), 1);
    var count = net.population("count", new LeakyIntegrateFire().readout(new SpikeCount()), 1);
    var first = net.population("first", new LeakyIntegrateFire().readout(new FirstSpikeTime()), 1);
    net.connect(input, count, new Dense(new Constant(30)), new Exponential(5));
    net.connect(input, first, new Dense(new Constant(30)), new Exponential(5));
    int[][] steps = new int[10][0];
    steps[2] = new int[] {0};
    var data =
        NetworkExamples.of(
            Map.of(
                input, SpikeDataset.of(List.of(SpikeTrain.ofSteps(1, steps)), new Targets.None(1))),
            Map.of());
    try (Evaluator evaluator =
        Evaluator.open(new InferenceCompiler(10).compile(net.build()), Toy.settings())) {
      Predictions predictions = evaluator.predict(data);
      assertEquals(-3, predictions.of(first)[0][0]);
      assertTrue(predictions.of(count)[0][0] >= 1);
    }
  }
}
