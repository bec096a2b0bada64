package org.mlgenn.parts;

import java.util.Set;

/// What a neuron's adjoint system is part of.
///
/// @param dt duration of a timestep, in ms
/// @param synapse the adjoint factor of the synapses that reach the neuron, the same for all
/// @param isDriven whether a readout drives the adjoint voltage in every step, through the local
///   `Drive`
/// @param quirks of ml_genn that are asked for
public record AdjointContext(
    double dt, SynapseAdjoint synapse, boolean isDriven, Set<Quirk> quirks) {
  public AdjointContext {
    quirks = Set.copyOf(quirks);
  }

  public boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }
}
