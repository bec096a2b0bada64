package org.genn.engine.model;

/// Neurons of one model.
///
/// @param recordsSpikes whether the spikes of recent steps are kept for the host
public record NeuronGroup(
    String name,
    int size,
    NeuronModel model,
    Bindings bindings,
    boolean recordsSpikes,
    boolean recordsSpikeEvents) {

  public NeuronGroup {
    Given.to("neuron group", name, "model", model, "bindings", bindings);
  }

  public NeuronGroup(String name, int size, NeuronModel model, Bindings bindings) {
    this(name, size, model, bindings, false, false);
  }

  public NeuronGroup recordsSpikes(boolean recordsSpikes) {
    return new NeuronGroup(name, size, model, bindings, recordsSpikes, recordsSpikeEvents);
  }

  public NeuronGroup recordsSpikeEvents(boolean recordsSpikeEvents) {
    return new NeuronGroup(name, size, model, bindings, recordsSpikes, recordsSpikeEvents);
  }
}
