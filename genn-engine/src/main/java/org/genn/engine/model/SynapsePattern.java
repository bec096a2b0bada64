package org.genn.engine.model;

/// Which pairs of neurons are connected.
public sealed interface SynapsePattern permits SynapsePairs, BuiltSynapses {

  /// The same synapses, with room for `length` of each source.
  SynapsePattern maxRowLength(int length);

  /// The same synapses, with room for `length` of each target.
  SynapsePattern maxColumnLength(int length);
}
