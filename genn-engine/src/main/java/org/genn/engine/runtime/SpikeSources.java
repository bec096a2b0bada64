package org.genn.engine.runtime;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.Symbol;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.SpikeTimeCheck;
import org.genn.engine.model.VariableReference;

/*
 * The host sets times, starts and ends one after the other, in any order, and what is wrong between two of these calls is
 * none of its business. So a group is looked at before the next step; and in no step that nothing was set before.
 */

/// The spike times of `SpikeSourceArray` groups: after the host has set some, they are checked
/// before the next step.
final class SpikeSources {
  private final LoweredModel model;
  private final Map<Integer, NeuronGroup> groups = new HashMap<>();
  private final Map<String, NeuronGroup> unchecked = new LinkedHashMap<>();

  SpikeSources(LoweredModel model) {
    this.model = model;
    for (NeuronGroup group : model.spec().neuronGroups()) {
      if (SpikeTimeCheck.concerns(group)) {
        groups.put(times(group).array(), group);
        groups.put(variable(group, SpikeTimeCheck.START).array(), group);
        groups.put(variable(group, SpikeTimeCheck.END).array(), group);
      }
    }
  }

  private Symbol times(NeuronGroup group) {
    return model
        .extraGlobalParameters()
        .get(VariableReference.neuron(group.name(), SpikeTimeCheck.TIMES));
  }

  private Symbol variable(NeuronGroup group, String name) {
    return model.variables().get(VariableReference.neuron(group.name(), name));
  }

  /// All are to be checked: code may have computed initial values.
  void initialised() {
    groups.values().forEach(group -> unchecked.put(group.name(), group));
  }

  /// The host has set something in an array.
  void written(int array) {
    if (!groups.isEmpty() && groups.containsKey(array)) {
      NeuronGroup group = groups.get(array);
      unchecked.put(group.name(), group);
    }
  }

  /// @throws IllegalStateException when the spikes of a group cannot be at the times that were set
  void requireOrder(Memory memory) {
    if (unchecked.isEmpty()) {
      return;
    }
    for (NeuronGroup group : unchecked.values()) {
      problem(memory, group)
          .ifPresent(
              problem -> {
                throw new IllegalStateException(
                    "model '%s', %s".formatted(model.spec().name(), problem));
              });
    }
    unchecked.clear();
  }

  private Optional<String> problem(Memory memory, NeuronGroup group) {
    Symbol starts = variable(group, SpikeTimeCheck.START);
    Symbol ends = variable(group, SpikeTimeCheck.END);
    Symbol times = times(group);
    var cells = new Cells(memory, times);
    int count = memory.rowLength(times.array(), 0);
    for (int example = 0; example < model.spec().batchSize(); example++) {
      for (int neuron = 0; neuron < group.size(); neuron++) {
        long start = memory.getLong(starts.array(), row(starts, example), neuron);
        long end = memory.getLong(ends.array(), row(ends, example), neuron);
        var problem =
            SpikeTimeCheck.problem(group, neuron, start, end, count, at -> cells.get(0, at));
        if (problem.isPresent()) {
          return problem;
        }
      }
    }
    return Optional.empty();
  }

  private static int row(Symbol symbol, int example) {
    return symbol.copies() == Symbol.Copies.EXAMPLES ? example : 0;
  }
}
