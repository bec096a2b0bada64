package org.mlgenn.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.genn.engine.runtime.RuntimeSettings;
import org.genn.feature.Feature;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mlgenn.Network;
import org.mlgenn.NetworkBuilder;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.InferenceCompiler;
import org.mlgenn.compilers.SimulationSettings;
import org.mlgenn.compilers.eventprop.EventPropCompiler;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.data.Examples;
import org.mlgenn.datasets.ImageCollection;
import org.mlgenn.datasets.Mnist;
import org.mlgenn.initializers.Normal;
import org.mlgenn.losses.SparseCategoricalCrossentropy;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.optimisers.Adam;
import org.mlgenn.readouts.AvgVar;
import org.mlgenn.synapses.Exponential;
import org.mlgenn.train.Evaluator;
import org.mlgenn.train.Trainer;

class LatencyMnistTest {
  private static ImageCollection mnist;

  @BeforeAll
  static void load() throws Exception {
    mnist = Mnist.load();
  }

  private static Network network() {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), 784);
    var hidden = net.population("hidden", LeakyIntegrateFire.forEventProp(), 128);
    var output = net.population("output", LeakyIntegrate.forEventProp().readout(new AvgVar()), 10);
    net.connect(input, hidden, new Dense(new Normal(0.078, 0.045)), Exponential.forEventProp());
    net.connect(hidden, output, new Dense(new Normal(0.2, 0.37)), Exponential.forEventProp());
    return net.build();
  }

  private static CompiledNetwork compiled() {
    return new EventPropCompiler(20)
        .loss(new SparseCategoricalCrossentropy())
        .optimiser(new Adam(1e-2))
        .simulation(new SimulationSettings().batchSize(32).seed(1234))
        .compile(network());
  }

  private static Examples train(int images) {
    return mnist.train().subset(0, images).latencyEncoded(18, 2);
  }

  @Test
  @Tag("slow")
  @Feature({"EVP-01", "EVP-05", "TRN-01", "DAT-04"})
  void twoEpochsOnTenThousandImagesRecogniseNineTenthsOfTheTestImages() {
    try (Trainer trainer = Trainer.open(compiled())) {
      trainer.train(train(10_000), 2);
      double accuracy = trainer.evaluate(mnist.test().latencyEncoded(18, 2)).accuracy();
      // ml_genn reaches 0.964 in ten epochs on six times the images; an untrained network 0.1.
      assertTrue(accuracy >= 0.9, () -> "accuracy " + accuracy);
    }
  }

  @Test
  void weightsDoNotDependOnTheNumberOfThreadsNorOnTheRun() {
    float[] one = weightsAfterTraining(1);
    assertArrayEquals(one, weightsAfterTraining(2));
    assertArrayEquals(one, weightsAfterTraining(4));
    assertArrayEquals(one, weightsAfterTraining(1));
  }

  private static float[] weightsAfterTraining(int threads) {
    CompiledNetwork compiled = compiled();
    try (Trainer trainer = Trainer.open(compiled, new RuntimeSettings().threads(threads))) {
      trainer.train(train(650), 1);
      return trainer
          .simulation()
          .variable(compiled.savedVariables().getFirst().variable())
          .toArray();
    }
  }

  @Test
  @Feature("INF-04")
  void predictionsDoNotDependOnThePlaceInTheBatch() {
    Examples test = mnist.test().subset(0, 40).latencyEncoded(18, 2);
    int[] reversed = new int[40];
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = reversed.length - 1 - i;
    }
    float[][] straight = predictions(test, 16);
    float[][] backwards = predictions(test.select(reversed), 16);
    float[][] alone = predictions(test, 1);
    for (int i = 0; i < reversed.length; i++) {
      assertArrayEquals(straight[i], backwards[reversed.length - 1 - i]);
      assertArrayEquals(straight[i], alone[i]);
    }
  }

  private static float[][] predictions(Examples data, int batch) {
    var compiled =
        new InferenceCompiler(20)
            .simulation(new SimulationSettings().batchSize(batch).seed(5))
            .compile(network());
    try (Evaluator evaluator = Evaluator.open(compiled)) {
      return evaluator.predict(data).values();
    }
  }
}
