package org.genn.engine.model;

/// What `scalar` (or `timepoint`) stands for.
public enum Precision {
  FLOAT,
  DOUBLE
}
