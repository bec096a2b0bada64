package org.genn.engine.model;

/// Connections that code makes, with the values of its parameters.
public record BuiltSynapses(SparseInit init, Bindings bindings) implements SynapsePattern {

  /// Synapses that a source may have.
  public int maxRowLength(int sources, int targets) {
    return init.maxRowLength()
        .map(bound -> bound.of(sources, targets, bindings.parameters()))
        .orElse(targets);
  }

  /// Synapses that a target may have.
  public int maxColumnLength(int sources, int targets) {
    return init.maxColumnLength()
        .map(bound -> bound.of(sources, targets, bindings.parameters()))
        .orElse(sources);
  }

  public boolean isByColumn() {
    return !init.columnBuildCode().isBlank();
  }

  /// Dimensions of the kernel; none without one.
  public int[] kernelSize() {
    return init.kernelSize().map(size -> size.of(bindings.parameters())).orElse(new int[0]);
  }
}
