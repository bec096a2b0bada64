package org.genn.engine.kernel;

import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;

/// The spikes (or spike-like events) of the last steps, for delayed synapses.
///
/// @param ids rows of neurons: row `example * slots + slot`
/// @param counts a row per example with the number of spikes in each slot
/// @param pointer a row of one element per example: the slot of the step before
record DelayRing(Rows ids, Rows counts, Rows pointer, int slots) {

  /// Where the spikes of `delay` steps before the last one are.
  SpikeRange range(FunctionBuilder builder, int delay) {
    Expr.Name now = builder.scalar("newest", pointer, builder.example, Build.integer(0));
    Expr.Name slot = Build.integer(builder.names.fresh("slot"));
    builder.run(
        Build.declare(
            NumericType.INT32,
            slot.name(),
            Build.binary(
                BinaryOperator.REMAINDER,
                Build.add(now, Build.integer(slots - delay)),
                Build.integer(slots))));
    String row =
        builder.row(ids, Build.add(Build.multiply(builder.example, Build.integer(slots)), slot));
    Expr count = Build.element(NumericType.INT32, builder.row(counts, builder.example), slot);
    return new SpikeRange(row, Build.integer(0), count);
  }

  /// Moves on by a step and keeps the spikes of the step before.
  void keep(FunctionBuilder builder, SpikeRange spikes) {
    Expr at =
        Build.element(NumericType.INT32, builder.row(pointer, builder.example), Build.integer(0));
    builder.run(
        Build.assign(
            at,
            Build.binary(
                BinaryOperator.REMAINDER, Build.add(at, Build.integer(1)), Build.integer(slots))));
    Expr.Name slot = Build.integer(builder.names.fresh("slot"));
    builder.run(Build.declare(NumericType.INT32, slot.name(), at));
    String row =
        builder.row(ids, Build.add(Build.multiply(builder.example, Build.integer(slots)), slot));
    Expr.Name size = spikes.copy(builder, row);
    builder.run(
        Build.assign(
            Build.element(NumericType.INT32, builder.row(counts, builder.example), slot), size));
  }

  /// Forgets all spikes.
  void clear(FunctionBuilder builder, String label) {
    builder.fill(
        label,
        builder.row(counts, builder.example),
        SnippetType.INT32.numeric(),
        slots,
        Build.integer(0));
  }
}
