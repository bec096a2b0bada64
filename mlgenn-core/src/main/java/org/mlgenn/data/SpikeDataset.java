package org.mlgenn.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Spike trains with their targets, all of the same neurons and steps. Immutable.
///
/// ```java
/// var data = SpikeDataset.of(List.of(first, second), new int[] {0, 2}, 3);
/// ```
public final class SpikeDataset implements Examples {
  private final SpikeTrain[] inputs;
  private final Targets targets;
  private volatile @Nullable String sha256;

  private SpikeDataset(SpikeTrain[] inputs, Targets targets) {
    this.inputs = inputs;
    this.targets = targets;
  }

  /// Spike trains with one of `classes` labels each.
  ///
  /// @throws IllegalArgumentException for no example, a label outside the classes, another number
  ///   of labels than of inputs, or inputs of different neurons or steps
  public static SpikeDataset of(List<SpikeTrain> inputs, int[] labels, int classes) {
    return of(inputs, new Targets.Labels(labels, classes));
  }

  /// Spike trains with targets of any kind.
  public static SpikeDataset of(List<SpikeTrain> inputs, Targets targets) {
    return of(inputs.toArray(SpikeTrain[]::new), targets);
  }

  private static SpikeDataset of(SpikeTrain[] inputs, Targets targets) {
    if (inputs.length == 0) {
      throw new IllegalArgumentException("data set: no examples, expected at least one");
    }
    if (inputs.length != targets.size()) {
      throw new IllegalArgumentException(
          "data set: %d inputs but targets for %d examples"
              .formatted(inputs.length, targets.size()));
    }
    SpikeTrain first = inputs[0];
    for (int example = 1; example < inputs.length; example++) {
      SpikeTrain input = inputs[example];
      if (input.neurons() != first.neurons() || input.timesteps() != first.timesteps()) {
        throw new IllegalArgumentException(
            "example %d: input of %d neurons and %d steps, expected %d and %d as in example 0"
                .formatted(
                    example,
                    input.neurons(),
                    input.timesteps(),
                    first.neurons(),
                    first.timesteps()));
      }
    }
    return new SpikeDataset(inputs, targets);
  }

  /// Spikes given as times (ms) and neuron ids per example; errors name the example.
  ///
  /// @see SpikeTrain#ofTimes(float[], int[], int, int, double)
  public static SpikeDataset ofTimes(
      float[][] times, int[][] ids, int neurons, int timesteps, double dt, Targets targets) {
    return ofTimes(times, ids, neurons, timesteps, dt, LateSpikes.REFUSE, targets);
  }

  /// As above, saying what becomes of spikes after the last step.
  public static SpikeDataset ofTimes(
      float[][] times,
      int[][] ids,
      int neurons,
      int timesteps,
      double dt,
      LateSpikes late,
      Targets targets) {
    if (times.length != ids.length) {
      throw new IllegalArgumentException(
          "data set: spike times of %d examples but neuron ids of %d"
              .formatted(times.length, ids.length));
    }
    StepGrid grid = new StepGrid(neurons, timesteps, dt);
    SpikeTrain[] inputs =
        IntStream.range(0, times.length)
            .mapToObj(
                example ->
                    SpikeTrain.ofTimes(
                        "example " + example, times[example], ids[example], grid, late))
            .toArray(SpikeTrain[]::new);
    return of(inputs, targets);
  }

  @Override
  public int size() {
    return inputs.length;
  }

  @Override
  public int neurons() {
    return inputs[0].neurons();
  }

  @Override
  public int timesteps() {
    return inputs[0].timesteps();
  }

  @Override
  public SpikeTrain input(int example) {
    return inputs[example];
  }

  /// All inputs, unmodifiable.
  public List<SpikeTrain> inputs() {
    return List.of(inputs);
  }

  @Override
  public Targets targets() {
    return targets;
  }

  /// Number of classes.
  ///
  /// @throws IllegalStateException if the targets are not labels
  public int classes() {
    return labels().classes();
  }

  /// The class of an example.
  ///
  /// @throws IllegalStateException if the targets are not labels
  public int label(int example) {
    return labels().label(example);
  }

  private Targets.Labels labels() {
    if (targets instanceof Targets.Labels labels) {
      return labels;
    }
    throw new IllegalStateException("data set: targets are %s, expected labels".formatted(targets));
  }

  /// The largest number of spikes of one example.
  public int maxSpikes() {
    return Arrays.stream(inputs).mapToInt(SpikeTrain::spikeCount).max().orElse(0);
  }

  /// The last step in which any example has a spike, or -1.
  public int latestStep() {
    return Arrays.stream(inputs).mapToInt(SpikeTrain::latestStep).max().orElse(-1);
  }

  @Override
  public SpikeDataset select(int... examples) {
    for (int example : examples) {
      if (example < 0 || example >= inputs.length) {
        throw new IllegalArgumentException(
            "example %d: expected one of the examples 0 to %d"
                .formatted(example, inputs.length - 1));
      }
    }
    return of(
        IntStream.of(examples).mapToObj(example -> inputs[example]).toArray(SpikeTrain[]::new),
        targets.select(examples));
  }

  @Override
  public SpikeDataset subset(int from, int to) {
    return (SpikeDataset) Examples.super.subset(from, to);
  }

  @Override
  public String sha256() {
    String known = sha256;
    if (known == null) {
      known = hash();
      sha256 = known;
    }
    return known;
  }

  private String hash() {
    Sha256 hash = new Sha256().add("spikes").add(inputs.length).add(neurons()).add(timesteps());
    for (SpikeTrain input : inputs) {
      hash.add(input.offsets()).add(input.ids());
    }
    targets.addTo(hash);
    return hash.hex();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SpikeDataset data
        && Arrays.equals(inputs, data.inputs)
        && targets.equals(data.targets);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(inputs) + targets.hashCode();
  }

  @Override
  public String toString() {
    return "SpikeDataset[size=%d, neurons=%d, timesteps=%d, targets=%s]"
        .formatted(inputs.length, neurons(), timesteps(), targets);
  }
}
