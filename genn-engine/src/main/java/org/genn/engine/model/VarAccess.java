package org.genn.engine.model;

/// How a model variable may be used and which copies of it exist.
public enum VarAccess {
  /// One value per example and element, read and written.
  READ_WRITE(true, true, true),
  /// One value per element, shared by the examples; constant in code.
  READ_ONLY(false, true, false),
  /// One value per example and element; constant in code.
  READ_ONLY_DUPLICATE(true, true, false),
  /// One value per example, shared by all elements; constant in code.
  READ_ONLY_SHARED_NEURON(true, false, false);

  private final boolean perExample;
  private final boolean perElement;
  private final boolean writable;

  VarAccess(boolean perExample, boolean perElement, boolean writable) {
    this.perExample = perExample;
    this.perElement = perElement;
    this.writable = writable;
  }

  public boolean isPerExample() {
    return perExample;
  }

  public boolean isPerElement() {
    return perElement;
  }

  public boolean isWritable() {
    return writable;
  }
}
