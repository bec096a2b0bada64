package org.mlgenn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Feature("INP-01")
class SpikeTrainTest {
  @Test
  void spikesAreSortedByStepThenNeuron() {
    SpikeTrain train =
        SpikeTrain.ofTimes(new float[] {2, 0.5f, 0, 2}, new int[] {3, 1, 2, 0}, 4, 4, 1);

    assertArrayEquals(new int[] {0, 0, 1, 2, 4, 4}, train.offsets());
    assertArrayEquals(new int[] {2, 1, 0, 3}, train.ids());
  }

  // Expected: numpy.searchsorted(arange(T, dtype=float32) * float32(dt), float32(time))
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0",
    "1, 0.1, 1",
    "1, 1, 1",
    "1, 1.0000001, 2",
    "1, 5.9, 6",
    "0.1, 0.3, 3",
    "0.1, 1.0000001, 11",
    "0.1, 5.9, 59",
    "0.5, 0.7, 2",
    "0.5, 1, 2",
    "0.5, 4.1, 9",
    "0.01, 0.1, 11",
    "0.01, 0.3, 31",
    "0.01, 0.7, 70",
    "0.01, 5.9, 590"
  })
  void spikeIsEmittedInFirstStepNotBeforeItsTime(double dt, float time, int step) {
    SpikeTrain train = SpikeTrain.ofTimes(new float[] {time}, new int[1], 1, 3000, dt);

    assertEquals(step, train.latestStep());
  }

  @Test
  void spikesOfOneNeuronInOneStepQueue() {
    float[] times = {1.1f, 1.2f, 1.9f, 3, 1.5f};
    SpikeTrain train = SpikeTrain.ofTimes(times, new int[] {0, 0, 0, 0, 1}, 2, 7, 1);

    assertArrayEquals(new int[] {2, 2, 3, 4, 5}, train.steps());
    assertArrayEquals(new int[] {0, 1, 0, 0, 0}, train.ids());
  }

  @Test
  void doubleTimesAreRoundedToFloat() {
    // 0.30000000000000004 is 0.3f as a float, which is not beyond 3 * 0.1f
    SpikeTrain train = SpikeTrain.ofTimes(new double[] {0.1 + 0.2}, new int[1], 1, 10, 0.1);

    assertEquals(3, train.latestStep());
  }

  @Test
  void lateSpikesCanBeDropped() {
    float[] times = {1.5f, 1.6f, 1.7f, 2.5f, Float.MAX_VALUE};
    int[] ids = {0, 0, 0, 1, 1};
    SpikeTrain train = SpikeTrain.ofTimes(times, ids, 2, 4, 1, LateSpikes.DROP);

    assertEquals(
        SpikeTrain.ofSteps(2, new int[0], new int[0], new int[] {0}, new int[] {0, 1}), train);
  }

  @Test
  void stepsCanBeGivenDirectly() {
    SpikeTrain train = SpikeTrain.ofSteps(5, new int[] {4, 1}, new int[] {}, new int[] {2});

    assertEquals(SpikeTrain.ofTimes(new float[] {0, 0, 2}, new int[] {1, 4, 2}, 5, 3, 1), train);
    assertEquals(3, train.timesteps());
    assertEquals(3, train.spikeCount());
    assertEquals(2, train.spikeCount(0));
    assertArrayEquals(new int[] {1, 4}, train.neuronsAt(0));
    assertArrayEquals(new int[] {}, train.neuronsAt(1));
    assertEquals(2, train.latestStep());
  }

  @Test
  void forEachVisitsSpikesInOrder() {
    List<String> seen = new ArrayList<>();
    SpikeTrain.owning(3, new int[] {0, 1, 2, 4}, new int[] {2, 1, 0, 2})
        .forEach((step, neuron) -> seen.add(step + ":" + neuron));

    assertEquals(List.of("-1:2", "0:1", "1:0", "1:2"), seen);
  }

  @Test
  void convertsBackToTimes() {
    float[] times = {0.25f, 1.5f, 1.5f};
    SpikeTrain train = SpikeTrain.ofTimes(times, new int[] {2, 0, 1}, 3, 8, 0.25);

    assertArrayEquals(times, train.times(0.25));
    assertArrayEquals(new int[] {2, 0, 1}, train.ids());
  }

  @Test
  void emptyTrainHasNoSpikes() {
    SpikeTrain train = SpikeTrain.empty(7, 5);

    assertTrue(train.isEmpty());
    assertEquals(-1, train.latestStep());
    assertEquals(SpikeTrain.ofTimes(new float[0], new int[0], 7, 5, 1), train);
    assertFalse(SpikeTrain.ofSteps(1, new int[] {0}).isEmpty());
  }

  @Test
  void equalsByContentAndPrintsSizes() {
    SpikeTrain train = SpikeTrain.ofSteps(3, new int[] {1}, new int[0]);

    assertEquals(train.hashCode(), SpikeTrain.ofSteps(3, new int[] {1}, new int[0]).hashCode());
    assertNotEquals(SpikeTrain.ofSteps(3, new int[0], new int[] {1}), train);
    assertNotEquals(SpikeTrain.ofSteps(4, new int[] {1}, new int[0]), train);
    assertEquals("SpikeTrain[neurons=3, timesteps=2, spikes=1]", train.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-1   | spike train: spike 1 (neuron 4) has time -1.0 ms, expected a finite time that is"
            + " not negative",
        "NaN  | spike train: spike 1 (neuron 4) has time NaN ms, expected a finite time that is"
            + " not negative",
        "Infinity | spike train: spike 1 (neuron 4) has time Infinity ms, expected a finite time"
            + " that is not negative",
        "9.75 | spike train: spike 1 (neuron 4) at 9.75 ms lies beyond the example, whose last"
            + " step (19) is at 9.5 ms",
      })
  void wrongTimeIsRefused(float time, String message) {
    assertRefused(
        message, () -> SpikeTrain.ofTimes(new float[] {0, time}, new int[] {0, 4}, 5, 20, 0.5));
  }

  @Test
  void queueBeyondTheExampleIsRefused() {
    assertRefused(
        "spike train: neuron 0 has more spikes at the end of the example than steps to emit them in"
            + " (one per step, later ones queue beyond step 3)",
        () -> SpikeTrain.ofTimes(new float[] {2.5f, 2.6f}, new int[2], 1, 4, 1));
  }

  @Test
  void idOutsideTheNeuronsIsRefused() {
    assertRefused(
        "spike train: spike 0 has neuron id 5, expected 0 to 4",
        () -> SpikeTrain.ofTimes(new float[] {0}, new int[] {5}, 5, 20, 1));
    assertRefused(
        "spike train: spike 0 has neuron id -1, expected 0 to 4",
        () -> SpikeTrain.ofTimes(new float[] {0}, new int[] {-1}, 5, 20, 1));
  }

  @Test
  void differentNumbersOfTimesAndIdsAreRefused() {
    assertRefused(
        "spike train: 2 spike times but 1 neuron ids",
        () -> SpikeTrain.ofTimes(new float[2], new int[1], 5, 20, 1));
  }

  @Test
  void emptyGridIsRefused() {
    assertRefused(
        "spike train: expected at least 1 neuron and 1 step, got 0 neurons and 20 steps",
        () -> SpikeTrain.ofTimes(new float[0], new int[0], 0, 20, 1));
    assertRefused(
        "spike train: expected at least 1 neuron and 1 step, got 3 neurons and 0 steps",
        () -> SpikeTrain.ofSteps(3));
    assertRefused(
        "spike train: dt must be positive and finite [ms], got 0.0",
        () -> SpikeTrain.ofTimes(new float[0], new int[0], 1, 20, 0));
  }

  @Test
  void wrongLayoutIsRefused() {
    assertRefused(
        "spike train: offsets run from 0 to 2, expected 0 to 1 (the number of ids)",
        () -> SpikeTrain.owning(3, new int[] {0, 0, 2}, new int[1]));
    assertRefused(
        "spike train: offsets[2] is 1, expected a number from 2 to 3",
        () -> SpikeTrain.owning(3, new int[] {0, 2, 1, 3}, new int[] {0, 1, 2}));
    assertRefused(
        "spike train: neuron id 1 in step 0; expected ascending ids from 0 to 2, each at most once"
            + " per step",
        () -> SpikeTrain.ofSteps(3, new int[] {1, 1}));
    assertRefused(
        "spike train: neuron id 3 in step 0; expected ascending ids from 0 to 2, each at most once"
            + " per step",
        () -> SpikeTrain.ofSteps(3, new int[] {3}));
  }

  @Test
  void stepOutsideTheExampleIsRefused() {
    var failure =
        assertThrows(IndexOutOfBoundsException.class, () -> SpikeTrain.empty(3, 20).neuronsAt(20));

    assertEquals("step 20 is outside the example of 20 steps", failure.getMessage());
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }
}
