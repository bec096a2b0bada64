package org.genn.engine.model;

/// What synapses do when their postsynaptic neuron spikes, or meets the condition of a spike-like
/// event.
///
/// @param spike code that runs once per synapse of each neuron that spiked in the step before
/// @param eventThreshold condition, in terms of the postsynaptic neuron; empty for none
/// @param event code that runs for spike-like events
public record PostsynapticCode(String spike, String eventThreshold, String event) {
  public static final PostsynapticCode NONE = new PostsynapticCode("", "", "");

  boolean isEmpty() {
    return spike.isBlank() && event.isBlank();
  }
}
