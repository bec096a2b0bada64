package org.genn.engine.kernel;

import java.util.List;

/// Where the synapses of a sparse group are.
///
/// @param indices array of ragged rows of targets, one per source, ascending
/// @param lengths array of one `int32` row: synapses of each source
/// @param capacity synapses that a source may have
/// @param values arrays of the group's variables: rows beside those of the targets, one set of rows
///   per copy
/// @param kernelIds array of places in the kernel, needed until there are initial values; or -1
/// @param columns array of ragged rows of sources, one per target, that column code writes; or -1
/// @param columnLengths array of one row: room, then number of synapses of each target; or -1
/// @param columnCapacity synapses that a target may have
public record SparseGroup(
    int indices,
    int lengths,
    int capacity,
    List<Integer> values,
    int kernelIds,
    int columns,
    int columnLengths,
    int columnCapacity) {
  public SparseGroup {
    values = List.copyOf(values);
  }
}
