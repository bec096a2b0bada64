package org.mlgenn.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/// What a network is to answer, for each example of a data set.
public sealed interface Targets {
  /// Number of examples.
  int size();

  /// The targets of the given examples in the given order.
  Targets select(int... examples);

  /// Adds the content to a hash.
  void addTo(Sha256 hash);

  /// One class per example.
  final class Labels implements Targets {
    private final int[] labels;
    private final int classes;

    /// @throws IllegalArgumentException for a label outside `0` to `classes - 1`
    public Labels(int[] labels, int classes) {
      this.labels = labels.clone();
      this.classes = classes;
      for (int example = 0; example < labels.length; example++) {
        if (labels[example] < 0 || labels[example] >= classes) {
          throw new IllegalArgumentException(
              "example %d: label %d is outside the classes 0 to %d"
                  .formatted(example, labels[example], classes - 1));
        }
      }
    }

    public int classes() {
      return classes;
    }

    public int label(int example) {
      return labels[example];
    }

    public int[] toArray() {
      return labels.clone();
    }

    /// How many examples each class has.
    public int[] classCounts() {
      int[] counts = new int[classes];
      for (int label : labels) {
        counts[label]++;
      }
      return counts;
    }

    @Override
    public int size() {
      return labels.length;
    }

    @Override
    public Labels select(int... examples) {
      return new Labels(IntStream.of(examples).map(example -> labels[example]).toArray(), classes);
    }

    @Override
    public void addTo(Sha256 hash) {
      hash.add("labels").add(classes).add(labels);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Labels that
          && classes == that.classes
          && Arrays.equals(labels, that.labels);
    }

    @Override
    public int hashCode() {
      return 31 * classes + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
      return "Labels[size=%d, classes=%d]".formatted(labels.length, classes);
    }
  }

  /// Values for every step and output neuron, `(steps, neurons)` per example; `steps` is 1 where
  /// the target holds for the whole example.
  final class Values implements Targets {
    private final float[][] values;
    private final int steps;
    private final int neurons;

    /// @param values per example the values, flat and row-major `(steps, neurons)`
    public Values(float[][] values, int steps, int neurons) {
      this.values = new float[values.length][];
      this.steps = steps;
      this.neurons = neurons;
      for (int example = 0; example < values.length; example++) {
        this.values[example] = check(example, values[example].clone());
      }
    }

    /// @param values `(example, step, neuron)`
    public Values(float[][][] values) {
      this(
          flatten(values),
          values.length == 0 ? 1 : values[0].length,
          values.length == 0 || values[0].length == 0 ? 1 : values[0][0].length);
    }

    private static float[][] flatten(float[][][] values) {
      float[][] flat = new float[values.length][];
      for (int example = 0; example < values.length; example++) {
        int neurons = values[0].length == 0 ? 0 : values[0][0].length;
        flat[example] = new float[values[example].length * neurons];
        for (int step = 0; step < values[example].length; step++) {
          if (values[example][step].length != neurons) {
            throw new IllegalArgumentException(
                "example %d: step %d has target values for %d neurons, expected %d"
                    .formatted(example, step, values[example][step].length, neurons));
          }
          System.arraycopy(values[example][step], 0, flat[example], step * neurons, neurons);
        }
      }
      return flat;
    }

    private float[] check(int example, float[] target) {
      if (target.length != steps * neurons) {
        throw new IllegalArgumentException(
            "example %d: %d target values, expected %d (%d steps of %d neurons)"
                .formatted(example, target.length, steps * neurons, steps, neurons));
      }
      for (int index = 0; index < target.length; index++) {
        if (!Float.isFinite(target[index])) {
          throw new IllegalArgumentException(
              "example %d: the target of step %d and neuron %d is %s, expected a finite number"
                  .formatted(example, index / neurons, index % neurons, target[index]));
        }
      }
      return target;
    }

    public int steps() {
      return steps;
    }

    public int neurons() {
      return neurons;
    }

    /// The values of one example, row-major `(steps, neurons)`. The array itself: read only.
    public float[] values(int example) {
      return values[example];
    }

    public float value(int example, int step, int neuron) {
      return values[example][step * neurons + neuron];
    }

    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Values select(int... examples) {
      return new Values(
          IntStream.of(examples).mapToObj(example -> values[example]).toArray(float[][]::new),
          steps,
          neurons);
    }

    @Override
    public void addTo(Sha256 hash) {
      hash.add("values").add(steps).add(neurons);
      for (float[] target : values) {
        hash.add(target);
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Values that
          && steps == that.steps
          && neurons == that.neurons
          && Arrays.deepEquals(values, that.values);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * steps + neurons) + Arrays.deepHashCode(values);
    }

    @Override
    public String toString() {
      return "Values[size=%d, steps=%d, neurons=%d]".formatted(values.length, steps, neurons);
    }
  }

  /// No targets: data to predict from.
  record None(int size) implements Targets {
    @Override
    public None select(int... examples) {
      return new None(examples.length);
    }

    @Override
    public void addTo(Sha256 hash) {
      hash.add("none");
    }
  }
}
