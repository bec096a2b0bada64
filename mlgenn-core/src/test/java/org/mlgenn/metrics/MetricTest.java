package org.mlgenn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.mlgenn.data.Targets;

class MetricTest {
  private static final Targets LABELS = new Targets.Labels(new int[] {1, 0, 2}, 3);

  @Test
  @Feature("MET-01")
  void accuracyIsTheShareOfRightAnswers() {
    var accuracy = new SparseCategoricalAccuracy().start();
    accuracy.add(new float[] {0, 3, 1}, LABELS, 0);
    accuracy.add(new float[] {0, 3, 1}, LABELS, 1);
    accuracy.add(new float[] {-3, -2, -1}, LABELS, 2);
    assertEquals(2.0 / 3, accuracy.result());
  }

  @Test
  @Feature("MET-01")
  void theFirstOfEqualAnswersCounts() {
    var accuracy = new SparseCategoricalAccuracy().start();
    accuracy.add(new float[] {1, 1, 1}, LABELS, 0);
    accuracy.add(new float[] {1, 1, 1}, LABELS, 1);
    assertEquals(0.5, accuracy.result());
  }

  @Test
  void nothingGatheredIsNotANumber() {
    assertEquals(Double.NaN, new SparseCategoricalAccuracy().start().result());
    assertEquals(Double.NaN, new MeanSquareError().start().result());
  }

  @Test
  @Feature("MET-02")
  void meanSquareErrorIsTheMeanOverExamplesAndNeurons() {
    var targets = new Targets.Values(new float[][] {{1, 0}, {2, 2}}, 1, 2);
    var error = new MeanSquareError().start();
    error.add(new float[] {1, 2}, targets, 0);
    error.add(new float[] {5, 2}, targets, 1);
    assertEquals((0 + 4 + 9 + 0) / 4.0, error.result());
  }

  @Test
  @Feature("MET-02")
  void meanSquareErrorOfASeriesLooksAtTheLastStep() {
    var targets = new Targets.Values(new float[][] {{9, 9, 1, 0}}, 2, 2);
    var error = new MeanSquareError().start();
    error.add(new float[] {1, 2}, targets, 0);
    assertEquals(2.0, error.result());
  }

  @Test
  void gatheringGoesOnFromASavedState() {
    var whole = new SparseCategoricalAccuracy().start();
    var first = new SparseCategoricalAccuracy().start();
    whole.add(new float[] {0, 1, 0}, LABELS, 0);
    first.add(new float[] {0, 1, 0}, LABELS, 0);
    var second = new SparseCategoricalAccuracy().start();
    second.restore(first.toArray());
    whole.add(new float[] {0, 1, 0}, LABELS, 1);
    second.add(new float[] {0, 1, 0}, LABELS, 1);
    assertEquals(whole.result(), second.result());
    whole.clear();
    assertEquals(Double.NaN, whole.result());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    var accuracy = new SparseCategoricalAccuracy().start();
    assertEquals(
        "accuracy: example 2 has label 2, the output has the classes 0 to 1",
        assertThrows(IllegalArgumentException.class, () -> accuracy.add(new float[2], LABELS, 2))
            .getMessage());
    assertEquals(
        "accuracy: expected labels, got None[size=1]",
        assertThrows(
                IllegalArgumentException.class,
                () -> accuracy.add(new float[2], new Targets.None(1), 0))
            .getMessage());
    var error = new MeanSquareError().start();
    assertEquals(
        "meanSquareError: targets for 3 neurons, the output has 2",
        assertThrows(
                IllegalArgumentException.class,
                () -> error.add(new float[2], new Targets.Values(new float[1][3], 1, 3), 0))
            .getMessage());
    assertEquals(
        "accuracy: expected 2 sums, got 3",
        assertThrows(IllegalArgumentException.class, () -> accuracy.restore(new double[3]))
            .getMessage());
  }

  @Test
  @Feature("MET-04")
  void usersWriteMetricsOfTheirOwn() {
    record LargestAnswer() implements Metric {
      @Override
      public int sums() {
        return 1;
      }

      @Override
      public void add(float[] answer, Targets targets, int example, double[] sums) {
        sums[0] = Math.max(sums[0], answer[0]);
      }

      @Override
      public double result(double[] sums) {
        return sums[0];
      }
    }
    var largest = new LargestAnswer().start();
    largest.add(new float[] {3}, LABELS, 0);
    largest.add(new float[] {2}, LABELS, 1);
    assertEquals(3, largest.result());
    assertEquals("LargestAnswer", largest.metric().name());
  }
}
