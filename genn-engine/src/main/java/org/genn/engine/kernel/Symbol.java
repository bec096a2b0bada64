package org.genn.engine.kernel;

import org.genn.engine.model.InitialValue;
import org.genn.engine.snippet.NumericType;

/// Where the values of a variable, an extra global parameter or a dynamic parameter are.
///
/// Copy `c` of row `r` is row `c * rows + r` of the array. A neuron variable has one row of
/// `length` neurons per copy; a synapse variable one row per source neuron; a per-step variable one
/// row per step.
///
/// @param array position in `Program.arrays`
/// @param copies what there is a copy for
/// @param rows rows per copy
/// @param length elements per row, or `Rows.RAGGED` where each row has a length of its own; for
///   `EXAMPLE_ELEMENTS` the batch size
/// @param initial value before the first step; random values and `Values` of one copy are the same
///   in every copy
/// @param stream of random numbers for the initial value, unique in the model
public record Symbol(
    int array,
    NumericType type,
    Copies copies,
    int rows,
    int length,
    InitialValue initial,
    int stream) {

  public boolean isRagged() {
    return length == Rows.RAGGED;
  }

  /// What a variable has copies for.
  public enum Copies {
    /// One copy.
    SHARED,
    /// One copy per example.
    EXAMPLES,
    /// One copy per slice of the batch: partial sums that are only added to, and reduced in the
    /// order of the slices.
    SLICES,
    /// One value per example, shared by all elements: a single row, indexed by example.
    EXAMPLE_ELEMENTS
  }
}
