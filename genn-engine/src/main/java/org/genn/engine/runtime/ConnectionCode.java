package org.genn.engine.runtime;

import java.util.Arrays;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.Instance;
import org.genn.engine.backend.Memory;
import org.genn.engine.backend.RowBuilder;
import org.genn.engine.kernel.RowMistake;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.SynapseGroup;

/// The code of a group that makes the synapses of one source, or of one target, after the other.
///
/// @param kernel that runs it
/// @param lists array of ragged rows where it puts the neurons at the other end
/// @param kernelIds array of ragged rows beside them for places in the kernel, or -1
/// @param lengths array of one row: room, then number of synapses
/// @param capacity synapses that it may make of one neuron
record ConnectionCode(
    ModelSpec spec,
    SynapseGroup group,
    BuiltSynapses built,
    Instance instance,
    int kernel,
    int lists,
    int kernelIds,
    int lengths,
    int capacity) {
  private static final int LENT_ELEMENTS = 1 << 13;

  /// Neurons whose synapses are made at the same time.
  int batch() {
    return Math.clamp(LENT_ELEMENTS / room(), 1, 256);
  }

  private int room() {
    return Math.max(1, capacity);
  }

  private Memory memory() {
    return instance.memory();
  }

  /// Makes the synapses of some neurons, in rows that are lent.
  void run(int begin, int end, RowBuilder builder) {
    builder.lend(lists, begin, end - begin, room());
    if (kernelIds >= 0) {
      builder.lend(kernelIds, begin, end - begin, room());
    }
    int[] rooms = new int[end - begin];
    Arrays.fill(rooms, room());
    memory().writeIntegers(lengths, 0, begin, rooms, 0, rooms.length);
    try {
      instance.run(kernel, begin, end, 0, 0, 0);
    } catch (RuntimeException e) {
      throw new BackendException(
          "%s failed for %s %d to %d: %s".formatted(owner(), end(), begin, end - 1, e), e);
    }
  }

  /// Numbers of synapses that were made of some neurons.
  ///
  /// @throws IllegalArgumentException when these are too many, lead nowhere, or have no place in
  ///   the kernel
  int[] lengths(int begin, int end) {
    int[] made = new int[end - begin];
    memory().readIntegers(lengths, 0, begin, made, 0, made.length);
    for (int k = 0; k < made.length; k++) {
      check(begin + k, made[k]);
    }
    return made;
  }

  private void check(int neuron, int length) {
    if (length == -RowMistake.OUTSIDE_KERNEL) {
      throw new IllegalArgumentException(
          ("%s adds a synapse to %s %d whose place is outside of the kernel, which has the size %s;"
                  + " test the indices before addSynapse")
              .formatted(owner(), end(), neuron, Arrays.toString(built.kernelSize())));
    }
    if (length < 0) {
      throw new IllegalArgumentException(
          ("%s adds a synapse to %s %d that leads to no neuron; '%s' has %d, '%s' has %d; test the"
                  + " index before addSynapse")
              .formatted(
                  owner(),
                  end(),
                  neuron,
                  group.source(),
                  spec.neuronGroup(group.source()).size(),
                  group.target(),
                  spec.neuronGroup(group.target()).size()));
    }
    requireAtMost(capacity, length, end(), neuron);
  }

  void requireAtMost(int bound, int length, String end, int neuron) {
    if (length > bound) {
      throw new IllegalArgumentException(
          "%s makes %d synapses of %s %d, more than its bound of %d; give it a larger maximal %s length"
              .formatted(
                  owner(), length, end, neuron, bound, end.equals("source") ? "row" : "column"));
    }
  }

  private String end() {
    return built.isByColumn() ? "target" : "source";
  }

  private String owner() {
    return "model '%s', synapse group '%s': connectivity %s"
        .formatted(spec.name(), group.name(), built.init().name());
  }
}
