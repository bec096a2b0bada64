package org.genn.engine.kernel;

import java.util.List;
import java.util.Optional;

/// Where the synapses of a sparse group are.
///
/// @param indices array of ragged rows of targets, one per source: ascending, unless updates may
///   change them
/// @param lengths array of one `int32` row: synapses of each source
/// @param capacity synapses that a source may have
/// @param expectedSynapses of all sources; what memory is planned with
/// @param values arrays of the group's variables: rows beside those of the targets, one set of rows
///   per copy
/// @param kernelIds array of places in the kernel, needed until there are initial values; or -1
/// @param columns array of ragged rows of sources, one per target, that column code writes; or -1
/// @param columnLengths array of one row: room, then number of synapses of each target; or -1
/// @param columnCapacity synapses that a target may have
/// @param bits array of bit rows that the connections are turned into, and then listed no more; or
///   -1
/// @param partStarts array of rows: where in each source's row the targets of a part begin, one row
///   more than there are parts; or -1. They are told by `PartStarts` whenever rows change
/// @param order array of ragged rows: places in each source's row in ascending order of targets,
///   which parts go by where rows are not ascending themselves; or -1
/// @param remap where the synapses of each target are, if any code asks for them
public record SparseGroup(
    int indices,
    int lengths,
    int capacity,
    long expectedSynapses,
    List<Integer> values,
    int kernelIds,
    int columns,
    int columnLengths,
    int columnCapacity,
    int partStarts,
    int order,
    Optional<Remap> remap,
    int bits) {

  /// Arrays of the synapses of each target, for code that handles its spikes.
  ///
  /// @param sources ragged rows: source of each synapse
  /// @param positions ragged rows: its place in the row of the source
  /// @param lengths one row: synapses of each target
  public record Remap(int sources, int positions, int lengths) {}

  public SparseGroup {
    values = List.copyOf(values);
  }
}
