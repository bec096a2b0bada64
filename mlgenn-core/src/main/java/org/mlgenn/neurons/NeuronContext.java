package org.mlgenn.neurons;

/// What a neuron knows of the model that it becomes part of.
///
/// @param population name of the population, for messages
/// @param size number of neurons
/// @param dt duration of a timestep (ms)
public record NeuronContext(String population, int size, double dt) {}
