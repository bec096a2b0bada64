package org.mlgenn.train.callbacks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Spikes of some neurons in the examples that were recorded, in the order in which those came.
public final class SpikeRecording {
  private final List<Entry> entries = new ArrayList<>();

  SpikeRecording() {}

  /// Spikes of one example.
  ///
  /// @param example its index in the data set
  /// @param times of the spikes (ms); empty where only numbers are recorded
  /// @param ids neuron of each spike; empty where only numbers are recorded
  /// @param counts spikes of each selected neuron; empty where times are recorded
  @SuppressWarnings("ArrayRecordComponent") // handed over: nobody changes them
  public record Entry(int epoch, int example, double[] times, int[] ids, int[] counts) {}

  void add(Entry entry) {
    entries.add(entry);
  }

  public List<Entry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /// Times of the spikes (ms), one array per recorded example.
  public List<double[]> times() {
    return entries.stream().map(Entry::times).toList();
  }

  /// Neurons of the spikes, one array per recorded example.
  public List<int[]> ids() {
    return entries.stream().map(Entry::ids).toList();
  }

  /// Numbers of spikes of the selected neurons, one array per recorded example.
  public List<int[]> counts() {
    return entries.stream().map(Entry::counts).toList();
  }

  @Override
  public String toString() {
    return "SpikeRecording[%d examples]".formatted(entries.size());
  }
}
