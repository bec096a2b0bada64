package org.genn.engine.model;

/// Which neurons a synapse group connects, and how that is stored.
public sealed interface Connectivity {

  /// All sources with all targets, each synapse with values of its own; variables are `source ×
  /// target` matrices.
  record Dense() implements Connectivity {}
}
