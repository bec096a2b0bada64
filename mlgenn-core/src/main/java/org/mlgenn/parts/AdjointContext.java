package org.mlgenn.parts;

/// What a neuron's adjoint system is part of.
///
/// @param dt duration of a timestep [ms]
/// @param synapse the adjoint factor of the synapses that reach the neuron, the same for all
/// @param isDriven whether a readout drives the adjoint voltage in every step, through the local
///   `Drive`
/// @param ignoresInputGain whether input that the neuron does not scale is taken as if it did (a
///   quirk)
public record AdjointContext(
    double dt, SynapseAdjoint synapse, boolean isDriven, boolean ignoresInputGain) {}
