package org.mlgenn;

import org.mlgenn.neurons.Neuron;

/// A group of neurons of one kind.
///
/// What `NetworkBuilder.population` returns stands for the population wherever one is asked for,
/// also after the network was built; its shape is then that of `Network.population(String)`.
///
/// @param name letters, digits and `_`
/// @param shape `Shape.UNKNOWN` while it is to be inferred
/// @param recordsSpikes whether spikes can be recorded
/// @param recordsSpikeEvents whether spike-like events can be recorded
public record Population(
    String name, Neuron neuron, Shape shape, boolean recordsSpikes, boolean recordsSpikeEvents) {
  public Population {
    Names.check("Population", name);
  }

  public Population(String name, Neuron neuron, Shape shape) {
    this(name, neuron, shape, false, false);
  }

  public Population neuron(Neuron neuron) {
    return new Population(name, neuron, shape, recordsSpikes, recordsSpikeEvents);
  }

  public Population shape(Shape shape) {
    return new Population(name, neuron, shape, recordsSpikes, recordsSpikeEvents);
  }

  public Population recordsSpikes(boolean recordsSpikes) {
    return new Population(name, neuron, shape, recordsSpikes, recordsSpikeEvents);
  }

  public Population recordsSpikeEvents(boolean recordsSpikeEvents) {
    return new Population(name, neuron, shape, recordsSpikes, recordsSpikeEvents);
  }

  /// Number of neurons.
  public int size() {
    return shape.size();
  }

  public boolean isInput() {
    return neuron.isInput();
  }

  /// Whether something is read of it at the end of an example.
  public boolean isOutput() {
    return neuron.readout().isPresent();
  }
}
