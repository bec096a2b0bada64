package org.genn.engine.kernel;

/// Where the earlier values of a delayed variable are.
///
/// The present values, delay 0, are the variable's own. Row `example` of `values` has `slots` slots
/// of `length` elements each; element 0 of that row of `state` is the slot with the values of one
/// step before the present ones, and element 1 is 0 as long as all earlier values are the present
/// ones.
///
/// @param values position in `Program.arrays`
/// @param state position in `Program.arrays`
/// @param slots number of slots: the longest delay plus 1
/// @param length elements of a slot
public record DelaySlots(int values, int state, int slots, int length) {}
