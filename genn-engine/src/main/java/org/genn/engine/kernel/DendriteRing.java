package org.genn.engine.kernel;

import java.util.List;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;

/*
 * Scattering over the ring takes most of the time of large networks, and little of it is arithmetic: each addition waits
 * for its place. So where the slot of a delay begins is looked up, in a row that is made anew in each step, instead of
 * being computed for each synapse. The row has an entry for every value of a byte, the usual type of delays, so that
 * compilers leave the test against its end out.
 */

/// Input that is still on its way through the dendrites of the targets.
///
/// @param sums a row per example: `targets` elements for each of `slots` steps
/// @param front a row of one element per example: the slot that this step's neurons get
/// @param starts a row per example: where in `sums` the slot of each delay begins; delays that the
///   ring has no room for are cut
record DendriteRing(Rows sums, Rows front, Rows starts, int slots, int targets) {
  private static final int BYTES = 1 << 8;

  /// @param name of the group
  static DendriteRing of(
      String name, ArrayTable table, NumericType scalar, int batch, int slots, int targets) {
    return new DendriteRing(
        table.add(name + "_inDendrites", scalar, batch, (long) slots * targets),
        table.add(name + "_front", NumericType.INT32, batch, 1),
        table.add(name + "_slotStarts", NumericType.INT32, batch, Math.max(slots, BYTES)),
        slots,
        targets);
  }

  /// Moves on by a step.
  void advance(FunctionBuilder builder) {
    Expr at =
        Build.element(NumericType.INT32, builder.row(front, builder.example), Build.integer(0));
    builder.run(
        Build.assign(
            at,
            Build.binary(
                BinaryOperator.REMAINDER, Build.add(at, Build.integer(1)), Build.integer(slots))));
    Expr.Name now = builder.scalar("front", front, builder.example, Build.integer(0));
    Expr.Name delay = Build.integer(builder.names.fresh("delay"));
    Expr.Name slot = Build.integer(builder.names.fresh("slot"));
    Expr cut = Build.smaller(NumericType.INT32, delay, Build.integer(slots - 1));
    Expr wrapped =
        new Expr.Conditional(
            SnippetType.INT32,
            Build.binary(BinaryOperator.GREATER_EQUAL, slot, Build.integer(slots)),
            Build.subtract(slot, Build.integer(slots)),
            slot);
    Expr start = Build.element(NumericType.INT32, builder.row(starts, builder.example), delay);
    builder.ops.add(
        new Op.Elements(
            starts.name() + "_move",
            delay.name(),
            Build.integer(starts.length()),
            List.of(
                Build.declare(NumericType.INT32, slot.name(), Build.add(now, cut)),
                Build.assign(start, Build.multiply(wrapped, Build.integer(targets))))));
  }

  /// What a target gets in this step.
  Expr arrived(FunctionBuilder builder, Expr target) {
    Expr.Name now = builder.scalar("front", front, builder.example, Build.integer(0));
    Expr.Name first = Build.integer(builder.names.fresh("firstOfFront"));
    builder.run(
        Build.declare(
            NumericType.INT32, first.name(), Build.multiply(now, Build.integer(targets))));
    return Build.element(sums.type(), builder.row(sums, builder.example), Build.add(first, target));
  }

  /// Adds to what a target gets in `delay` steps; longer delays than the ring has room for are cut.
  ///
  /// @param row of sums
  /// @param slotStarts row of starts
  Expr add(String row, String slotStarts, Expr target, Expr value, Expr delay) {
    Expr last = Build.convert(NumericType.UINT32, Build.integer(starts.length() - 1));
    Expr start =
        Build.element(
            NumericType.INT32, slotStarts, Build.smaller(NumericType.UINT32, delay, last));
    return Build.addTo(Build.element(sums.type(), row, Build.add(start, target)), value);
  }
}
