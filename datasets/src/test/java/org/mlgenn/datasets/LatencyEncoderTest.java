package org.mlgenn.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mlgenn.data.LateSpikes;
import org.mlgenn.data.SpikeTrain;

class LatencyEncoderTest {
  private static final LatencyEncoder LINEAR = LatencyEncoder.linear(18, 2);

  // Times by hand: (255 - x) / 255 * 16 + 2 = 17.87, 17.81, 14.24, 9.97, 2.06, 2
  @ParameterizedTest
  @CsvSource({"0, -1", "1, -1", "2, 18", "3, 18", "60, 15", "128, 10", "254, 3", "255, 2"})
  @Feature("DAT-04")
  void linearTimesFallWithBrightness(int brightness, int step) {
    assertEquals(step, LINEAR.step(brightness));
  }

  // Times by hand: 20 ln(x / (x - 51)) = 79.02, 37.94, 14.27, 4.46
  @ParameterizedTest
  @CsvSource({"51, -1", "52, 80", "60, 38", "100, 15", "255, 5"})
  @Feature("DAT-05")
  void logarithmicTimesFallWithBrightness(int brightness, int step) {
    LatencyEncoder encoder = LatencyEncoder.logarithmic(20, 51);

    assertEquals(81, encoder.timesteps());
    assertEquals(step, encoder.step(brightness));
  }

  @Test
  void lateSpikesCanBeDropped() {
    LatencyEncoder encoder = LatencyEncoder.logarithmic(20, 51).timesteps(38).late(LateSpikes.DROP);

    assertEquals(-1, encoder.step(60));
    assertEquals(15, encoder.step(100));
  }

  @Test
  void stepsFollowTheThresholdAndTheTimestep() {
    LatencyEncoder encoder = LINEAR.threshold(100).dt(0.5).timesteps(40);

    assertEquals(-1, encoder.step(100));
    assertEquals(24, encoder.step(101)); // 11.66 ms
    assertEquals(4, encoder.step(255));
  }

  @Test
  void spikesAreSortedByStepThenNeuron() {
    byte[] image = {0, -1, 60, -1, 1, (byte) 128};
    SpikeTrain train = LINEAR.encode(image, 2, 3);

    assertArrayEquals(new int[] {1, 3, 5, 2}, train.ids());
    assertArrayEquals(new int[] {2, 2, 10, 15}, train.steps());
    assertEquals(20, train.timesteps());
    assertEquals(6, train.neurons());
  }

  @Test
  void shiftMovesRightAndDownAndFillsWithBlack() {
    byte[] pixels = {9, 9, 9, /**/ -1, -1, -1, -1, -1, -1, /**/ 9};

    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, shifted(pixels, 0, 0));
    assertArrayEquals(new int[] {1, 2, 4, 5}, shifted(pixels, 1, 0));
    assertArrayEquals(new int[] {0, 3}, shifted(pixels, -2, 0));
    assertArrayEquals(new int[] {4, 5}, shifted(pixels, 1, 1));
    assertArrayEquals(new int[] {0, 1, 2}, shifted(pixels, 0, -1));
  }

  private static int[] shifted(byte[] pixels, int right, int down) {
    return LINEAR.encode(pixels, 3, 2, 3, right, down).ids();
  }

  @Test
  void longRunsOfBlackAreSkippedRight() {
    byte[] image = new byte[77];
    image[7] = image[40] = image[76] = -1;

    assertArrayEquals(new int[] {7, 40, 76}, LINEAR.encode(image, 7, 11).ids());
    assertTrue(LINEAR.encode(new byte[77], 7, 11).isEmpty());
  }

  @Test
  void timesBeyondTheExampleAreRefused() {
    LatencyEncoder encoder = LatencyEncoder.linear(25, 2);

    assertRefused(
        "LatencyEncoder[Linear[maxTime=25.0, minTime=2.0, threshold=1], timesteps=20, dt=1.0,"
            + " late=REFUSE]: pixels of brightness 2 spike at 24.819609 ms, beyond the example,"
            + " whose last step (19) is at 19.0 ms",
        () -> encoder.encode(new byte[4], 2, 2));
  }

  @Test
  void wrongArgumentsAreRefused() {
    assertRefused(
        "LatencyEncoder: expected 0 ≤ minTime ≤ maxTime [ms], got minTime 5.0 and maxTime 2.0",
        () -> LatencyEncoder.linear(2, 5));
    assertRefused(
        "LatencyEncoder: expected 0 ≤ minTime ≤ maxTime [ms], got minTime -1.0 and maxTime 2.0",
        () -> LatencyEncoder.linear(2, -1));
    assertRefused(
        "LatencyEncoder: tauEff must be positive and finite [ms], got 0.0",
        () -> LatencyEncoder.logarithmic(0, 51));
    assertRefused(
        "LatencyEncoder: threshold must be from 0 to 255, got 256", () -> LINEAR.threshold(256));
    assertRefused("image of 5 pixels, expected 2 × 3", () -> LINEAR.encode(new byte[5], 2, 3));
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }
}
