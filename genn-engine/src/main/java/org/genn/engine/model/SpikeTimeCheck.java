package org.genn.engine.model;

import org.genn.engine.model.builtin.NeuronModels;
import org.jspecify.annotations.Nullable;

/// Checks the times of `SpikeSourceArray` neurons, where they are given with the model: each
/// neuron's must lie within the array and ascend, or else spikes would come late or never.
final class SpikeTimeCheck {
  private final Problems problems;

  SpikeTimeCheck(Problems problems) {
    this.problems = problems;
  }

  void check(NeuronGroup group) {
    InitialValue.Values times = group.bindings().extraGlobalParameters().get("spikeTimes");
    if (!group.model().equals(NeuronModels.SPIKE_SOURCE_ARRAY) || times == null) {
      return;
    }
    InitialValue starts = group.bindings().initialValues().get("startSpike");
    InitialValue ends = group.bindings().initialValues().get("endSpike");
    int count = Math.max(group.size(), Math.max(length(starts), length(ends)));
    for (int k = 0; k < count; k++) {
      double start = value(starts, k);
      double end = value(ends, k);
      if (Double.isNaN(start) || Double.isNaN(end)) {
        return;
      }
      if (!check(group, k % Math.max(1, group.size()), (long) start, (long) end, times)) {
        return;
      }
    }
  }

  private boolean check(
      NeuronGroup group, int neuron, long start, long end, InitialValue.Values times) {
    if (start < 0 || start > end || end > times.length()) {
      problems.add(
          "neuron group '%s': the spikes of neuron %s are from %s to %s of 'spikeTimes', which has"
              + " %s",
          group.name(), neuron, start, end, times.length());
      return false;
    }
    for (int k = (int) start + 1; k < end; k++) {
      if (!(times.get(k - 1) <= times.get(k))) {
        problems.add(
            "neuron group '%s': the spike times of neuron %s must ascend, but spikeTimes[%s] is %s"
                + " and spikeTimes[%s] is %s; sort them",
            group.name(), neuron, k - 1, times.get(k - 1), k, times.get(k));
        return false;
      }
    }
    return true;
  }

  private static int length(@Nullable InitialValue value) {
    return value instanceof InitialValue.Values values ? values.length() : 0;
  }

  /// NaN where code computes it.
  private static double value(@Nullable InitialValue value, int k) {
    return switch (value) {
      case null -> 0;
      case InitialValue.Constant(double constant) -> constant;
      case InitialValue.Values values ->
          values.length() == 0 ? Double.NaN : values.get(k % values.length());
      case InitialValue.Normal _, InitialValue.Uniform _, InitialValue.Snippet _ -> Double.NaN;
    };
  }
}
