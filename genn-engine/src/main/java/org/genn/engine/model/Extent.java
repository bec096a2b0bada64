package org.genn.engine.model;

/// Type and dimensions of a variable that is referred to.
///
/// @param owner synapse group of synapse variables, or empty
/// @param size neurons, where there is one value per neuron
/// @param isPerExample whether each example has values of its own
/// @param isPerElement whether each neuron or synapse has a value of its own
record Extent(String type, String owner, int size, boolean isPerExample, boolean isPerElement) {
  boolean isSynaptic() {
    return !owner.isEmpty();
  }
}
