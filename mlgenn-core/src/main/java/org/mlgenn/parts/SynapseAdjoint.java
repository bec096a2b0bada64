package org.mlgenn.parts;

/// The synapse's factor of the chain rule.
///
/// A weight's gradient is `dL/dw = -tau · gain · Σ λI` over the spikes of its source, with the
/// adjoint current `λI` of its target; a spike feeds `gain · w (λV - λI)` back to its source.
///
/// @param tau synaptic time constant (ms)
/// @param gain what a spike adds to the current of the continuous-time neuron, relative to its
///   weight
/// @param currentPerInput the current of the continuous-time neuron right after a step's spikes,
///   relative to the input `Isyn` of the step: the input is the current's mean over the step
public record SynapseAdjoint(double tau, double gain, double currentPerInput) {}
