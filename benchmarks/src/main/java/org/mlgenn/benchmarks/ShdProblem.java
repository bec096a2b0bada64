package org.mlgenn.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.mlgenn.data.SpikeTrain;

/// A batch of random examples of the size of Spiking Heidelberg Digits, and weights with which the
/// hidden neurons fire about 13 times a second.
///
/// @see <a href="https://doi.org/10.1109/TNNLS.2020.3044364">Cramer, Stradmann, Schemmel & Zenke
///   (2022)</a>
final class ShdProblem {
  static final int INPUTS = 700;
  static final int HIDDEN = 256;
  static final int OUTPUTS = 20;
  static final int TIMESTEPS = 1000;
  static final int BATCH = 32;

  /// Mean number of input spikes per step and example.
  private static final double INPUT_SPIKES = 8;

  private static final double INPUT_MEAN = 0.0226;
  private static final double INPUT_SD = 0.12;
  private static final double RECURRENT_SD = 0.02;
  private static final double OUTPUT_SD = 0.03;

  final float[][] inputWeights;
  final float[][] recurrentWeights;
  final float[][] outputWeights;
  final List<SpikeTrain> examples;
  final int[] labels;

  private ShdProblem(
      float[][] inputWeights,
      float[][] recurrentWeights,
      float[][] outputWeights,
      List<SpikeTrain> examples,
      int[] labels) {
    this.inputWeights = inputWeights;
    this.recurrentWeights = recurrentWeights;
    this.outputWeights = outputWeights;
    this.examples = List.copyOf(examples);
    this.labels = labels;
  }

  static ShdProblem of(long seed) {
    var random = new SplittableRandom(seed);
    float[][] input = normal(random, INPUTS, HIDDEN, INPUT_MEAN, INPUT_SD);
    float[][] recurrent = normal(random, HIDDEN, HIDDEN, 0, RECURRENT_SD);
    float[][] output = normal(random, HIDDEN, OUTPUTS, 0, OUTPUT_SD);
    var examples = new ArrayList<SpikeTrain>();
    for (int example = 0; example < BATCH; example++) {
      examples.add(example(random));
    }
    return new ShdProblem(
        input, recurrent, output, examples, random.ints(BATCH, 0, OUTPUTS).toArray());
  }

  private static float[][] normal(
      SplittableRandom random, int rows, int columns, double mean, double sd) {
    float[][] weights = new float[rows][columns];
    for (float[] row : weights) {
      for (int column = 0; column < columns; column++) {
        row[column] = (float) (mean + sd * random.nextGaussian());
      }
    }
    return weights;
  }

  private static SpikeTrain example(SplittableRandom random) {
    int capacity = (int) (2 * INPUT_SPIKES * TIMESTEPS);
    float[] times = new float[capacity];
    int[] ids = new int[capacity];
    int count = 0;
    for (int step = 0; step < TIMESTEPS; step++) {
      for (int neuron = 0; neuron < INPUTS && count < capacity; neuron++) {
        if (random.nextDouble() < INPUT_SPIKES / INPUTS) {
          times[count] = step;
          ids[count++] = neuron;
        }
      }
    }
    return SpikeTrain.ofTimes(
        java.util.Arrays.copyOf(times, count),
        java.util.Arrays.copyOf(ids, count),
        INPUTS,
        TIMESTEPS,
        1);
  }
}
