package org.genn.engine.model;

import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.genn.engine.model.builtin.NeuronModels;
import org.jspecify.annotations.Nullable;

/// Checks the times of `SpikeSourceArray` neurons: each neuron's must lie within the array and
/// ascend, or else spikes would come late or never.
public final class SpikeTimeCheck {
  /// The array of all neurons' times.
  public static final String TIMES = "spikeTimes";

  /// Where a neuron's own times begin.
  public static final String START = "startSpike";

  /// Where they end.
  public static final String END = "endSpike";

  private final Problems problems;

  SpikeTimeCheck(Problems problems) {
    this.problems = problems;
  }

  /// Whether a group has spike times.
  public static boolean concerns(NeuronGroup group) {
    var sources = NeuronModels.SPIKE_SOURCE_ARRAY;
    // Names first: comparing whole models takes the JVM 7 ms at first.
    return group.model().name().equals(sources.name()) && group.model().equals(sources);
  }

  void check(NeuronGroup group) {
    InitialValue.Values times = group.bindings().extraGlobalParameters().get(TIMES);
    if (!concerns(group) || times == null) {
      return;
    }
    InitialValue starts = group.bindings().initialValues().get(START);
    InitialValue ends = group.bindings().initialValues().get(END);
    int count = Math.max(group.size(), Math.max(length(starts), length(ends)));
    for (int k = 0; k < count; k++) {
      double start = value(starts, k);
      double end = value(ends, k);
      if (Double.isNaN(start) || Double.isNaN(end)) {
        return;
      }
      int neuron = k % Math.max(1, group.size());
      var problem = problem(group, neuron, (long) start, (long) end, times.length(), times::get);
      if (problem.isPresent()) {
        problems.add("%s", problem.get());
        return;
      }
    }
  }

  /// What is wrong with the times of a neuron, if anything is.
  ///
  /// @param start position of its first time
  /// @param end position after its last one
  /// @param count times of all neurons
  public static Optional<String> problem(
      NeuronGroup group, int neuron, long start, long end, int count, IntToDoubleFunction times) {
    String where = "neuron group '%s': ".formatted(group.name());
    if (start < 0 || start > end || end > count) {
      return Optional.of(
          where
              + ("the spikes of neuron %d are from %d to %d of '%s', which has %d; set %s and %s to"
                      + " positions within it")
                  .formatted(neuron, start, end, TIMES, count, START, END));
    }
    double before = Double.NEGATIVE_INFINITY;
    for (int k = (int) start; k < end; k++) {
      double time = times.applyAsDouble(k);
      if (Double.isNaN(time)) {
        return Optional.of(
            where
                + "spike time %d of neuron %d, %s[%d], is NaN; give a time in ms"
                    .formatted(k - start, neuron, TIMES, k));
      }
      if (time < before) {
        return Optional.of(
            where
                + ("the spike times of neuron %d must ascend, but %s[%d] is %s and %s[%d] is %s;"
                        + " sort them")
                    .formatted(neuron, TIMES, k - 1, before, TIMES, k, time));
      }
      before = time;
    }
    return Optional.empty();
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
