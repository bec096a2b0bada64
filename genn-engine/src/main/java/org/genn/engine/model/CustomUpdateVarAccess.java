package org.genn.engine.model;

/// How a custom update uses one of its own variables, relative to the update's own dimensions.
public enum CustomUpdateVarAccess {
  READ_WRITE,
  READ_ONLY,
  /// Written by `=` only; the value goes to every delay slot. A variable of the update itself has
  /// one.
  BROADCAST_DELAY,
  /// Constant in code, no copy per example.
  READ_ONLY_SHARED,
  /// Constant in code, one value per example.
  READ_ONLY_SHARED_NEURON,
  /// Written by `=`: the sum over the examples.
  REDUCE_BATCH_SUM,
  /// Written by `=`: the largest over the examples.
  REDUCE_BATCH_MAX,
  /// Written by `=`: the sum over the elements of each example.
  REDUCE_NEURON_SUM,
  /// Written by `=`: the largest over the elements of each example.
  REDUCE_NEURON_MAX;

  /// Whether code may change it.
  public boolean isWritable() {
    return switch (this) {
      case READ_ONLY, READ_ONLY_SHARED, READ_ONLY_SHARED_NEURON -> false;
      case READ_WRITE,
          BROADCAST_DELAY,
          REDUCE_BATCH_SUM,
          REDUCE_BATCH_MAX,
          REDUCE_NEURON_SUM,
          REDUCE_NEURON_MAX ->
          true;
    };
  }

  public boolean isBatchReduction() {
    return this == REDUCE_BATCH_SUM || this == REDUCE_BATCH_MAX;
  }

  public boolean isNeuronReduction() {
    return this == REDUCE_NEURON_SUM || this == REDUCE_NEURON_MAX;
  }

  public boolean isReduction() {
    return isBatchReduction() || isNeuronReduction();
  }
}
