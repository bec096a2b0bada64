package org.genn.engine.kernel;

import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;

/// Some entries of a spike list.
///
/// @param ids row of neurons
/// @param begin first entry
/// @param end after the last entry
record SpikeRange(String ids, Expr begin, Expr end) {

  /// A segment of a spike list of an example.
  static SpikeRange segment(FunctionBuilder builder, SpikePlace place, Expr segment) {
    String offsets = builder.row(place.offsets(), builder.example);
    String ids = builder.row(place.ids(), builder.example);
    return new SpikeRange(
        ids,
        Build.element(NumericType.INT32, offsets, segment),
        Build.element(NumericType.INT32, offsets, Build.add(segment, Build.integer(1))));
  }
}
