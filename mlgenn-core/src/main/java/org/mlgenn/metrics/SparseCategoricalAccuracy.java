package org.mlgenn.metrics;

import org.mlgenn.data.Targets;

/// Share of the examples whose largest answer belongs to the labelled class, between 0 and 1. Of
/// equal answers the first counts.
public record SparseCategoricalAccuracy() implements Metric {
  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public int sums() {
    return 2;
  }

  @Override
  public void add(float[] answer, Targets targets, int example, double[] sums) {
    if (!(targets instanceof Targets.Labels labels)) {
      throw new IllegalArgumentException("accuracy: expected labels, got " + targets);
    }
    int label = labels.label(example);
    if (label >= answer.length) {
      throw new IllegalArgumentException(
          "accuracy: example %d has label %d, the output has the classes 0 to %d"
              .formatted(example, label, answer.length - 1));
    }
    sums[0] += largest(answer) == label ? 1 : 0;
    sums[1] += 1;
  }

  private static int largest(float[] answer) {
    int largest = 0;
    for (int neuron = 1; neuron < answer.length; neuron++) {
      if (answer[neuron] > answer[largest]) {
        largest = neuron;
      }
    }
    return largest;
  }

  @Override
  public double result(double[] sums) {
    return sums[0] / sums[1];
  }
}
