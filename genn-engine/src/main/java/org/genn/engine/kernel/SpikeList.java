package org.genn.engine.kernel;

/// Where the spikes of a neuron group are: per example a row of neuron ids and a row of offsets.
///
/// Segment `k` of `ids` is `[offsets[k], offsets[k + 1])`. Segment 0 holds spikes in flight from
/// before the trial, segment `s + 1` those of step `s`. A group that is not on tape has two
/// segments, used in turn: 0 for the step before, 1 for this one.
///
/// @param ids array of ragged `int32` rows, one per example
/// @param offsets array of `int32` rows, one per example; ragged rows bound by the host for
///   external spikes
/// @param isTaped whether all steps of a trial are kept
/// @param isExternal whether the host binds both rows for each trial
/// @param overflow array of one `int32` row with an element per example: spikes that were not taped
///   because the tape was full; -1 when there is no limit
public record SpikeList(int ids, int offsets, boolean isTaped, boolean isExternal, int overflow) {}
