package org.genn.engine.model;

import java.util.OptionalInt;

/// Delays of a synapse group, in timesteps.
///
/// @param axonal from a spike of the source to its synapses
/// @param backPropagation from a spike of the target to its synapses
/// @param maxDendritic length of the ring that `addToPostDelay` adds to: delays are below it
public record SynapseDelays(int axonal, int backPropagation, OptionalInt maxDendritic) {
  public static final SynapseDelays NONE = new SynapseDelays(0, 0, OptionalInt.empty());
}
