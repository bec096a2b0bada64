package org.genn.engine.model;

/// How a custom update uses a variable that it refers to.
public enum VarAccessMode {
  READ_WRITE,
  READ_ONLY,
  /// Written by `=` only; the value goes to every delay slot.
  BROADCAST,
  /// Written by `=`: the sum over the dimension that the referenced variable lacks.
  REDUCE_SUM,
  /// Written by `=`: the largest over the dimension that the referenced variable lacks.
  REDUCE_MAX
}
