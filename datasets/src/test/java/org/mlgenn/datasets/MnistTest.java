package org.mlgenn.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.genn.feature.Feature;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mlgenn.data.SpikeDataset;
import org.mlgenn.data.SpikeTrain;

/// The bundled files, against counts that are published and values that NumPy computed from them.
class MnistTest {
  private static ImageCollection mnist;

  @BeforeAll
  static void load() {
    mnist = Mnist.load();
  }

  @Test
  void labelsHaveTheKnownCounts() {
    assertArrayEquals(
        new int[] {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949},
        mnist.train().labels().classCounts());
    assertArrayEquals(
        new int[] {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009},
        mnist.test().labels().classCounts());
    assertArrayEquals(
        new int[] {5, 0, 4, 1, 9, 2, 1, 3, 1, 4},
        IntStream.range(0, 10).map(mnist.train()::label).toArray());
    assertEquals(
        "ImageDataset[size=60000, rows=28, columns=28, classes=10]", mnist.train().toString());
  }

  @Test
  @Feature("DAT-04")
  void latencyEncodingAgreesWithNumpy() {
    SpikeDataset spikes = mnist.train().latencyEncoded(18, 2);

    assertEquals(20, spikes.timesteps());
    assertEquals(784, spikes.neurons());
    assertEquals(351, spikes.maxSpikes());
    assertEquals(18, spikes.latestStep());
    assertEquals(8_971_260, spikes.inputs().stream().mapToInt(SpikeTrain::spikeCount).sum());
    assertEquals(164, spikes.input(0).spikeCount());
    assertArrayEquals(new int[] {161}, spikes.input(0).neuronsAt(2));
    assertEquals(
        598502030365865L,
        IntStream.range(0, 1000)
            .mapToLong(example -> (example + 1) * checksum(spikes.input(example)))
            .sum());
  }

  private static long checksum(SpikeTrain train) {
    int[] steps = train.steps();
    long sum = 0;
    for (int spike = 0; spike < steps.length; spike++) {
      sum += steps[spike] * 1_000_003L + train.ids()[spike] * 7L * (spike + 1);
    }
    return sum;
  }

  @Test
  @Feature("DAT-05")
  void logarithmicEncodingAgreesWithNumpy() {
    SpikeDataset spikes = mnist.train().subset(0, 1).encoded(LatencyEncoder.logarithmic(20, 51));
    int[] steps = spikes.input(0).steps();

    assertEquals(134, steps.length);
    assertEquals(5, steps[0]);
    assertEquals(53, steps[133]);
    assertEquals(1169, IntStream.of(steps).sum());
  }
}
