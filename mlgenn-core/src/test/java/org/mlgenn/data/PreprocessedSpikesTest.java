package org.mlgenn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PreprocessedSpikesTest {
  private static final PreprocessedSpikes SPIKES =
      PreprocessedSpikes.of(new float[] {5, 1.5f, 0, 3}, new int[] {2, 0, 2, 2}, 4);

  @Test
  @Feature("DAT-01")
  void spikesAreSortedByNeuronThenTime() {
    assertArrayEquals(new int[] {1, 1, 4, 4}, SPIKES.endSpikes());
    assertArrayEquals(new int[] {0, 1, 1, 4}, SPIKES.startSpikes());
    assertArrayEquals(new float[] {1.5f, 0, 3, 5}, SPIKES.spikeTimes());
    assertArrayEquals(new int[] {0, 2, 2, 2}, SPIKES.ids());
    assertEquals(4, SPIKES.spikeCount());
    assertEquals("PreprocessedSpikes[neurons=4, spikes=4]", SPIKES.toString());
  }

  @Test
  @Feature("DAT-01")
  void sortedArraysAreTakenAsTheyAre() {
    assertEquals(
        SPIKES, PreprocessedSpikes.ofSorted(new int[] {1, 1, 4, 4}, new float[] {1.5f, 0, 3, 5}));
  }

  @Test
  @Feature({"DAT-01", "INP-01"})
  void spikesArePlacedInSteps() {
    assertEquals(
        SpikeTrain.ofTimes(new float[] {0, 1.5f, 3, 5}, new int[] {2, 0, 2, 2}, 4, 6, 1),
        SPIKES.toSpikeTrain(6, 1));
  }

  @Test
  @Feature("DAT-07")
  void maximumAndLatestAreOverAllExamples() {
    PreprocessedSpikes empty = PreprocessedSpikes.of(new float[0], new int[0], 4);
    PreprocessedSpikes late = PreprocessedSpikes.of(new float[] {7.25f}, new int[1], 4);

    assertEquals(4, PreprocessedSpikes.calcMaxSpikes(List.of(late, SPIKES, empty)));
    assertEquals(7.25f, PreprocessedSpikes.calcLatestSpikeTime(List.of(late, SPIKES, empty)));
    assertEquals(0, PreprocessedSpikes.calcMaxSpikes(List.of(empty)));
    assertEquals(0, PreprocessedSpikes.calcLatestSpikeTime(List.of(empty)));
  }

  @Test
  void wrongSpikesAreRefused() {
    assertRefused(
        "spikes: spike 0 has neuron id 4, expected 0 to 3",
        () -> PreprocessedSpikes.of(new float[] {0}, new int[] {4}, 4));
    assertRefused(
        "spikes: spike 0 (neuron 3) has time NaN ms, expected a finite time that is not negative",
        () -> PreprocessedSpikes.of(new float[] {Float.NaN}, new int[] {3}, 4));
    assertRefused(
        "spikes: 2 spike times but 1 neuron ids",
        () -> PreprocessedSpikes.of(new float[2], new int[1], 4));
    assertRefused(
        "spikes: those of neuron 1 end at 1, expected 2 to 3",
        () -> PreprocessedSpikes.ofSorted(new int[] {2, 1}, new float[3]));
    assertRefused(
        "spikes: those of the last neuron end at 2, expected 3 (the number of times)",
        () -> PreprocessedSpikes.ofSorted(new int[] {2}, new float[3]));
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }
}
