package org.genn.engine.kernel;

/// Where the synapses of each target of a sparse group are: rows per target, all of equal length.
///
/// @param sources source of each synapse
/// @param positions its place in the row of the source
/// @param lengths one `int32` row with the number of synapses of each target
record Columns(Rows sources, Rows positions, Rows lengths) {}
