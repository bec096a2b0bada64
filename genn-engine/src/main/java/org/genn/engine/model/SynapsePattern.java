package org.genn.engine.model;

/// Which pairs of neurons are connected.
public sealed interface SynapsePattern permits SynapsePairs, BuiltSynapses {}
