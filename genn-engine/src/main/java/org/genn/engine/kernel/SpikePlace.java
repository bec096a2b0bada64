package org.genn.engine.kernel;

import java.util.Map;
import java.util.Optional;

/// Where the spikes of a neuron group are, as kernels see it; see `SpikeList` for the layout.
///
/// @param fields values taped with each spike, by name
/// @param taped whether each spike was recorded for replay; empty when all are
/// @param overflow counts of spikes that did not fit on the tape; empty when the tape cannot
///   overflow
/// @param limit spikes of an example that the tape keeps
record SpikePlace(
    Rows ids,
    Rows offsets,
    Map<String, Rows> fields,
    Optional<Rows> taped,
    Optional<Rows> overflow,
    boolean isTaped,
    boolean isExternal,
    int limit) {}
