package org.mlgenn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.TrainedVariable;
import org.mlgenn.data.Examples;
import org.mlgenn.data.SpikeDataset;
import org.mlgenn.optimisers.Adam;

@Feature({"TRN-06", "INP-09"})
class PartialBatchTest {
  /// Steps too small to change a weight, so that all gradients are of the same network.
  private static final Adam NO_STEP = new Adam(1e-30);

  private static final double TOLERANCE = 1e-5; // sums in another order, in single precision

  private static double[][] gradients(int batchSize, Examples data) {
    CompiledNetwork compiled = Toy.compiler(batchSize).optimiser(NO_STEP).compile(Toy.NETWORK);
    try (Trainer trainer = Trainer.open(compiled, Toy.settings())) {
      trainer.train(data, 1, new TrainingOptions().shuffles(false));
      return compiled.training().orElseThrow().variables().stream()
          .map(TrainedVariable::gradient)
          .map(gradient -> trainer.simulation().variable(gradient).toDoubles())
          .toArray(double[][]::new);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 8})
  void gradientIsTheMeanOverTheExamplesOfTheBatch(int examples) {
    SpikeDataset data = Toy.data(examples, 1);
    double[][] batch = gradients(8, data);
    for (int variable = 0; variable < batch.length; variable++) {
      double[] mean = new double[batch[variable].length];
      double largest = 0;
      for (int example = 0; example < examples; example++) {
        double[] single = gradients(1, data.subset(example, example + 1))[variable];
        for (int element = 0; element < mean.length; element++) {
          mean[element] += single[element] / examples;
          largest = Math.max(largest, Math.abs(mean[element]));
        }
      }
      assertTrue(largest > 0);
      for (int element = 0; element < mean.length; element++) {
        assertEquals(mean[element], batch[variable][element], TOLERANCE * largest);
      }
    }
  }

  /// What a larger batch before has left in the places that are not used must not matter.
  @Test
  void batchBeforeDoesNotMatter() {
    SpikeDataset data = Toy.data(11, 1);
    double[][] afterFullBatch = gradients(8, data);
    double[][] alone = gradients(8, data.subset(8, 11));
    for (int variable = 0; variable < alone.length; variable++) {
      for (int element = 0; element < alone[variable].length; element++) {
        assertEquals(alone[variable][element], afterFullBatch[variable][element]);
      }
    }
  }

  @Test
  void scoresCountEveryExampleAlike() {
    SpikeDataset data = Toy.data(11, 1);
    try (Trainer large = Toy.trainer(11);
        Trainer small = Toy.trainer(4)) {
      Scores expected = large.evaluate(data).scores();
      Scores found = small.evaluate(data).scores();
      assertEquals(expected.loss().orElseThrow(), found.loss().orElseThrow(), 1e-9);
      assertEquals(expected.metrics(), found.metrics());
    }
  }
}
