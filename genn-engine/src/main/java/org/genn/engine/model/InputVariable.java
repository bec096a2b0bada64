package org.genn.engine.model;

/// An input of a neuron besides `Isyn`: starts each step at `initial`, postsynaptic models add to
/// it.
public record InputVariable(String name, String type, double initial) {}
