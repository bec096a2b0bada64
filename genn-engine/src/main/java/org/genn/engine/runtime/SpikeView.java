package org.genn.engine.runtime;

import java.util.Arrays;
import org.genn.engine.kernel.SpikeList;
import org.genn.engine.model.Given;

/// Spikes of a neuron group, or spike-like events of the neurons at one end of a synapse group: of
/// all steps of the last trial where the group is on tape, of the last step otherwise. Those of the
/// last step can be replaced before the next one delivers them.
public final class SpikeView {
  private final Simulation simulation;
  private final String group;
  private final SpikeList list;

  /// @param group neuron group, or the name of events
  SpikeView(Simulation simulation, String group, SpikeList list) {
    this.simulation = simulation;
    this.group = group;
    this.list = list;
  }

  /// Whether all steps of the last trial are kept.
  public boolean isTaped() {
    return list.isTaped();
  }

  /// Steps that are kept: 1, or those of a trial.
  public int steps() {
    return list.isTaped() ? simulation.trialTimesteps() : 1;
  }

  /// Spikes of an example in all steps that are kept.
  public int count(int example) {
    int steps = steps();
    return steps < 1 ? 0 : offset(checkedExample(example), steps + 1) - offset(example, 1);
  }

  /// Spikes of an example in a step; step 0 is the last one where only that is kept.
  public int count(int example, int step) {
    checkStep(step);
    return offset(checkedExample(example), step + 2) - offset(example, step + 1);
  }

  /// Neurons that spiked in a step, in the order in which they did.
  public int[] ids(int example, int step) {
    checkStep(step);
    return ids(checkedExample(example), offset(example, step + 1), offset(example, step + 2));
  }

  /// Neurons that spiked in all steps that are kept, step by step.
  public int[] ids(int example) {
    int steps = steps();
    return steps < 1
        ? new int[0]
        : ids(checkedExample(example), offset(example, 1), offset(example, steps + 1));
  }

  /// Replaces the spikes of the last step: the next step delivers these, as if the neurons had
  /// crossed their thresholds. Their state, their spike times and recordings stay as they are.
  ///
  /// Where the time of the last spike but one is kept, the next step counts these as spikes of the
  /// step before, as it does any others.
  ///
  /// @param ids neurons, in any order
  /// @throws IllegalStateException where the group keeps a whole trial
  /// @throws IllegalArgumentException when a neuron is listed twice
  public void set(int example, int... ids) {
    requireReplaceable();
    checkedExample(example);
    Given.all(owner(), "array of neurons", ids);
    int neurons = simulation.neurons(group);
    int[] sorted = ids.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      if (sorted[i] < 0 || sorted[i] >= neurons) {
        throw new IndexOutOfBoundsException(
            "%s: neuron %d of %d".formatted(owner(), sorted[i], neurons));
      }
      if (i > 0 && sorted[i] == sorted[i - 1]) {
        throw new IllegalArgumentException(
            "%s: neuron %d is listed twice".formatted(owner(), sorted[i]));
      }
    }
    // The list has room for two segments of all neurons.
    int begin = offset(example, 1);
    for (int i = 0; i < sorted.length; i++) {
      simulation.memory().setLong(list.ids(), example, begin + i, sorted[i]);
    }
    simulation.memory().setLong(list.offsets(), example, 2, begin + sorted.length);
  }

  /// @throws IllegalStateException where the group keeps a whole trial
  void requireReplaceable() {
    if (list.isTaped()) {
      throw new IllegalStateException(
          "%s cannot be set: %s"
              .formatted(
                  owner(),
                  list.isExternal()
                      ? "they come from outside; give them to its input"
                      : "it is on tape, and its backward phase replays what its neurons did"));
    }
  }

  private int[] ids(int example, int begin, int end) {
    if (end == 0) {
      return new int[0];
    }
    int[] all = new int[end];
    simulation.memory().readInts(simulation.recordedArray(list.ids()), example, all, 0, end);
    return begin == 0 ? all : Arrays.copyOfRange(all, begin, end);
  }

  private int offset(int example, int segment) {
    return (int)
        simulation.memory().getLong(simulation.recordedArray(list.offsets()), example, segment);
  }

  private int checkedExample(int example) {
    if (example < 0 || example >= simulation.batchSize()) {
      throw new IndexOutOfBoundsException(
          "%s: example %d of %d".formatted(owner(), example, simulation.batchSize()));
    }
    return example;
  }

  private void checkStep(int step) {
    if (step < 0 || step >= steps()) {
      throw new IndexOutOfBoundsException(
          "%s: step %d of %d%s"
              .formatted(
                  owner(),
                  step,
                  steps(),
                  isTaped() ? "" : "; only groups on tape keep a whole trial"));
    }
  }

  /// Opens messages.
  private String owner() {
    return (simulation.isOfEvents(group) ? "spike-like events '%s'" : "spikes of neuron group '%s'")
        .formatted(group);
  }
}
