package org.mlgenn.train.callbacks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Values of a variable in all steps of the examples that were recorded, in the order in which
/// those came.
public final class VarRecording {
  private final List<Entry> entries = new ArrayList<>();

  VarRecording() {}

  /// Values in one example.
  ///
  /// @param example its index in the data set
  /// @param values `(step, neuron)`, of the selected neurons
  @SuppressWarnings("ArrayRecordComponent") // handed over: nobody changes them
  public record Entry(int epoch, int example, float[][] values) {}

  void add(Entry entry) {
    entries.add(entry);
  }

  public List<Entry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /// `(step, neuron)`, one array per recorded example.
  public List<float[][]> values() {
    return entries.stream().map(Entry::values).toList();
  }

  @Override
  public String toString() {
    return "VarRecording[%d examples]".formatted(entries.size());
  }
}
