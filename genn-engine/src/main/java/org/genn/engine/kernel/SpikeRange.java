package org.genn.engine.kernel;

import java.util.List;
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

  /// Copies the neurons to the front of a row, which may be their own.
  ///
  /// @return the number of entries, a local
  Expr.Name copy(FunctionBuilder builder, String row) {
    Expr.Name first = Build.integer(builder.names.fresh("begin"));
    Expr.Name size = Build.integer(builder.names.fresh("size"));
    Expr.Name entry = Build.integer(builder.names.fresh("entry"));
    builder.run(Build.declare(NumericType.INT32, first.name(), begin));
    builder.run(Build.declare(NumericType.INT32, size.name(), Build.subtract(end, first)));
    Expr id = Build.element(NumericType.INT32, ids, Build.add(first, entry));
    builder.ops.add(
        new Op.Loop(
            entry.name(),
            Build.integer(0),
            size,
            List.of(Build.run(Build.assign(Build.element(NumericType.INT32, row, entry), id)))));
    return size;
  }
}
