package org.genn.engine.kernel;

import java.util.List;

/// Where the synapses of a sparse group are.
///
/// @param indices array of ragged rows of targets, one per source, ascending
/// @param lengths array of one `int32` row: synapses of each source
/// @param capacity synapses that a source may have
/// @param values arrays of the group's variables: rows beside those of the targets, one set of rows
///   per copy
public record SparseGroup(int indices, int lengths, int capacity, List<Integer> values) {
  public SparseGroup {
    values = List.copyOf(values);
  }
}
