package org.mlgenn.metrics;

import org.mlgenn.data.Targets;

/// Mean of `(answer - target)²` over examples and output neurons.
///
/// The target has one value per output neuron. A data set with a target for every step is compared
/// in its last step, since that is when the answer is read.
// ml_genn: metrics/mean_square_error.py divides a sum of means over batches by the number of
// examples, so its result is too small by about the batch size.
public record MeanSquareError() implements Metric {
  @Override
  public String name() {
    return "meanSquareError";
  }

  @Override
  public int sums() {
    return 2;
  }

  @Override
  public void add(float[] answer, Targets targets, int example, double[] sums) {
    if (!(targets instanceof Targets.Values values)) {
      throw new IllegalArgumentException("meanSquareError: expected target values, got " + targets);
    }
    if (values.neurons() != answer.length) {
      throw new IllegalArgumentException(
          "meanSquareError: targets for %d neurons, the output has %d"
              .formatted(values.neurons(), answer.length));
    }
    double sum = 0;
    for (int neuron = 0; neuron < answer.length; neuron++) {
      double error = answer[neuron] - values.value(example, values.steps() - 1, neuron);
      sum += error * error;
    }
    sums[0] += sum / answer.length;
    sums[1] += 1;
  }

  @Override
  public double result(double[] sums) {
    return sums[0] / sums[1];
  }
}
