package org.genn.engine.model;

/// Connections that code makes, with the values of its parameters.
public record BuiltSynapses(SparseInit init, Bindings bindings) implements SynapsePattern {

  public BuiltSynapses {
    Given.all("connectivity", "snippet", init);
    Given.to("connectivity", init.name(), "bindings", bindings);
  }

  /// Synapses that a source may have.
  public int maxRowLength(int sources, int targets) {
    return init.maxRowLength()
        .map(bound -> bound.of(sources, targets, bindings.parameters()))
        .orElse(targets);
  }

  /// The same connections with room for more synapses of a source, for updates that add some.
  @Override
  public BuiltSynapses maxRowLength(int length) {
    return new BuiltSynapses(
        init.maxRowLength(
            (sources, targets, parameters) -> {
              int needed =
                  init.maxRowLength().map(b -> b.of(sources, targets, parameters)).orElse(targets);
              if (length < needed) {
                throw new IllegalArgumentException(
                    "a source may have %d synapses, so room for %d is too little; make room for %d"
                        .formatted(needed, length, needed));
              }
              return length;
            }),
        bindings);
  }

  /// The same connections with room for more synapses of a target.
  @Override
  public BuiltSynapses maxColumnLength(int length) {
    return new BuiltSynapses(
        init.maxColumnLength(
            (sources, targets, parameters) -> {
              int needed =
                  init.maxColumnLength()
                      .map(b -> b.of(sources, targets, parameters))
                      .orElse(sources);
              if (length < needed) {
                throw new IllegalArgumentException(
                    "a target may have %d synapses, so room for %d is too little; make room for %d"
                        .formatted(needed, length, needed));
              }
              return length;
            }),
        bindings);
  }

  /// Synapses that a target may have.
  public int maxColumnLength(int sources, int targets) {
    return init.maxColumnLength()
        .map(bound -> bound.of(sources, targets, bindings.parameters()))
        .orElse(sources);
  }

  /// Synapses that the matrix has, or has on average, or may have.
  public long expectedSynapses(int sources, int targets) {
    return init.expectedSynapses()
        .map(count -> (long) Math.ceil(count.of(sources, targets, bindings.parameters())))
        .orElseGet(
            () ->
                Math.min(
                    (long) sources * maxRowLength(sources, targets),
                    (long) targets * maxColumnLength(sources, targets)));
  }

  public boolean isByColumn() {
    return !init.columnBuildCode().isBlank();
  }

  /// Dimensions of the kernel; none without one.
  public int[] kernelSize() {
    return init.kernelSize().map(size -> size.of(bindings.parameters())).orElse(new int[0]);
  }
}
