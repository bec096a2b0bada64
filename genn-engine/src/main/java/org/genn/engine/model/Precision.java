package org.genn.engine.model;

import org.genn.engine.snippet.NumericType;

/// What `scalar` (or `timepoint`) stands for.
public enum Precision {
  FLOAT(NumericType.FLOAT),
  DOUBLE(NumericType.DOUBLE);

  private final NumericType type;

  Precision(NumericType type) {
    this.type = type;
  }

  public NumericType type() {
    return type;
  }
}
