package org.mlgenn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Feature("DAT-08")
class SpikeDatasetTest {
  private static final SpikeTrain BUSY = SpikeTrain.ofSteps(3, new int[] {2}, new int[] {0, 1});
  private static final SpikeTrain QUIET = SpikeTrain.empty(3, 2);

  @Test
  void givesInputsAndLabelsByExample() {
    SpikeDataset data = SpikeDataset.of(List.of(BUSY, QUIET), new int[] {3, 0}, 4);

    assertEquals(2, data.size());
    assertEquals(3, data.neurons());
    assertEquals(2, data.timesteps());
    assertEquals(4, data.classes());
    assertSame(BUSY, data.input(0));
    assertEquals(3, data.label(0));
    assertEquals(3, data.maxSpikes());
    assertEquals(1, data.latestStep());
    assertEquals(List.of(BUSY, QUIET), data.inputs());
    assertSame(data, data.inEpoch(7));
    assertEquals(
        "SpikeDataset[size=2, neurons=3, timesteps=2, targets=Labels[size=2, classes=4]]",
        data.toString());
  }

  @Test
  void selectsInAnyOrder() {
    SpikeDataset data = numbered(5).select(4, 0, 4);

    assertEquals(3, data.size());
    assertEquals(List.of(4, 0, 4), labels(data));
    assertEquals(4, data.input(0).ids()[0]);
    assertEquals(numbered(5).select(4, 0, 4), data);
    assertNotEquals(numbered(5).select(4, 0, 0), data);
  }

  @Test
  void subsetTakesARange() {
    assertEquals(List.of(1, 2), labels(numbered(5).subset(1, 3)));
  }

  // Expected: Python's int(round((1.0 - split) * size)), which rounds half to even.
  @ParameterizedTest
  @CsvSource({"10, 0.1, 9", "5, 0.5, 2", "7, 0.5, 4", "3, 0.4, 2", "60, 0.99, 1"})
  void splitKeepsTheFirstPartForTraining(int size, double share, int training) {
    Examples.Split split = numbered(size).split(share);

    assertEquals(training, split.training().size());
    assertEquals(size - training, split.validation().size());
    assertEquals(0, split.training().input(0).ids()[0]);
    assertEquals(training, split.validation().input(0).ids()[0]);
  }

  @Test
  void splitThatLeavesNothingIsRefused() {
    assertRefused(
        "validation split: a share of 0.1 of 1 examples leaves 1 for training and 0 for validation,"
            + " expected at least one each",
        () -> numbered(1).split(0.1));
    assertRefused(
        "validation split: expected a share between 0 and 1, got 1.5",
        () -> numbered(10).split(1.5));
    assertRefused(
        "validation split: expected a share between 0 and 1, got NaN",
        () -> numbered(10).split(Double.NaN));
  }

  @Test
  void timesAreEncodedPerExample() {
    float[][] times = {{0.5f}, {}};
    int[][] ids = {{1}, {}};
    SpikeDataset data =
        SpikeDataset.ofTimes(times, ids, 3, 2, 1, new Targets.Labels(new int[] {1, 0}, 2));

    assertEquals(SpikeTrain.ofSteps(3, new int[0], new int[] {1}), data.input(0));
    assertEquals(QUIET, data.input(1));
  }

  @Test
  void wrongSpikeIsReportedWithItsExample() {
    Targets labels = new Targets.Labels(new int[] {1, 0}, 2);

    assertRefused(
        "example 1: spike 0 (neuron 2) at 7.0 ms lies beyond the example, whose last step (4) is at"
            + " 4.0 ms",
        () ->
            SpikeDataset.ofTimes(new float[][] {{}, {7}}, new int[][] {{}, {2}}, 3, 5, 1, labels));
    assertRefused(
        "example 0: spike 0 (neuron 2) has time -0.5 ms, expected a finite time that is not"
            + " negative",
        () ->
            SpikeDataset.ofTimes(
                new float[][] {{-0.5f}, {}}, new int[][] {{2}, {}}, 3, 5, 1, labels));
    assertRefused(
        "example 0: 1 spike times but 2 neuron ids",
        () ->
            SpikeDataset.ofTimes(
                new float[][] {{1}, {}}, new int[][] {{2, 1}, {}}, 3, 5, 1, labels));
    assertRefused(
        "data set: spike times of 1 examples but neuron ids of 2",
        () -> SpikeDataset.ofTimes(new float[][] {{1}}, new int[][] {{2}, {}}, 3, 5, 1, labels));
  }

  @Test
  void lateSpikesCanBeDropped() {
    SpikeDataset data =
        SpikeDataset.ofTimes(
            new float[][] {{1, 9}},
            new int[][] {{0, 2}},
            3,
            2,
            1,
            LateSpikes.DROP,
            new Targets.None(1));

    assertEquals(1, data.maxSpikes());
  }

  @Test
  void noExamplesAreRefused() {
    assertRefused(
        "data set: no examples, expected at least one",
        () -> SpikeDataset.of(List.of(), new int[0], 10));
    assertRefused(
        "examples 2 to 1: expected at least one of the examples 0 to 4",
        () -> numbered(5).subset(2, 2));
    assertRefused("data set: no examples, expected at least one", () -> numbered(5).select());
  }

  @Test
  void labelOutsideTheClassesIsRefused() {
    assertRefused(
        "example 1: label 10 is outside the classes 0 to 9",
        () -> SpikeDataset.of(List.of(BUSY, BUSY), new int[] {0, 10}, 10));
    assertRefused(
        "example 0: label -1 is outside the classes 0 to 9",
        () -> SpikeDataset.of(List.of(BUSY), new int[] {-1}, 10));
  }

  @Test
  void wrongNumberOfLabelsIsRefused() {
    assertRefused(
        "data set: 2 inputs but targets for 1 examples",
        () -> SpikeDataset.of(List.of(BUSY, BUSY), new int[] {0}, 10));
  }

  @Test
  void inputsOfDifferentShapeAreRefused() {
    assertRefused(
        "example 1: input of 3 neurons and 5 steps, expected 3 and 2 as in example 0",
        () -> SpikeDataset.of(List.of(BUSY, SpikeTrain.empty(3, 5)), new int[2], 10));
  }

  @Test
  void exampleOutsideTheDataIsRefused() {
    assertRefused("example 5: expected one of the examples 0 to 4", () -> numbered(5).select(5));
  }

  @Test
  void askingForLabelsOfOtherTargetsIsRefused() {
    SpikeDataset data = SpikeDataset.of(List.of(BUSY), new Targets.None(1));

    var failure = assertThrows(IllegalStateException.class, data::classes);
    assertEquals("data set: targets are None[size=1], expected labels", failure.getMessage());
  }

  // Expected: hashlib.sha256 over the same numbers, see Sha256 for the form.
  @Test
  void hashCoversSpikesAndLabels() {
    SpikeTrain first = SpikeTrain.owning(3, new int[] {0, 0, 1, 3}, new int[] {2, 0, 1});
    SpikeDataset data = SpikeDataset.of(List.of(first, QUIET), new int[] {3, 0}, 4);

    assertEquals("ec4605212aa9674d8d79ca3a0b0598a620e9e958966d59a6dac159cd48c7aec8", data.sha256());
    assertEquals(data.sha256(), data.sha256());
    assertNotEquals(
        SpikeDataset.of(List.of(first, QUIET), new int[] {3, 1}, 4).sha256(), data.sha256());
  }

  @Test
  void regressionTargetsAreFlatPerExample() {
    var targets = new Targets.Values(new float[][][] {{{1, 2, 3}, {4, 5, 6}}});

    assertEquals(2, targets.steps());
    assertEquals(3, targets.neurons());
    assertEquals(6, targets.value(0, 1, 2));
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, targets.values(0));
    assertEquals(new Targets.Values(new float[][] {{1, 2, 3, 4, 5, 6}}, 2, 3), targets);
    assertEquals(1, SpikeDataset.of(List.of(BUSY), targets).size());
  }

  @Test
  void wrongRegressionTargetsAreRefused() {
    assertRefused(
        "example 1: 5 target values, expected 6 (2 steps of 3 neurons)",
        () -> new Targets.Values(new float[][] {new float[6], new float[5]}, 2, 3));
    assertRefused(
        "example 0: the target of step 1 and neuron 0 is NaN, expected a finite number",
        () -> new Targets.Values(new float[][] {{0, 0, Float.NaN, 0}}, 2, 2));
    assertRefused(
        "example 0: step 1 has target values for 1 neurons, expected 2",
        () -> new Targets.Values(new float[][][] {{{0, 0}, {0}}}));
  }

  @Test
  void classCountsAreCounted() {
    assertArrayEquals(
        new int[] {1, 0, 2}, new Targets.Labels(new int[] {2, 0, 2}, 3).classCounts());
  }

  private static List<Integer> labels(SpikeDataset data) {
    return IntStream.range(0, data.size()).mapToObj(data::label).toList();
  }

  /// Example k has label k and a spike of neuron k.
  private static SpikeDataset numbered(int size) {
    return SpikeDataset.of(
        IntStream.range(0, size)
            .mapToObj(example -> SpikeTrain.ofSteps(size, new int[] {example}))
            .toList(),
        IntStream.range(0, size).toArray(),
        size);
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }
}
