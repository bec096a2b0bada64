package org.genn.engine.kernel;

import java.util.List;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;

/// Input that is still on its way through the dendrites of the targets.
///
/// @param sums a row per example: `targets` elements for each of `slots` steps
/// @param front a row of one element per example: the slot that this step's neurons get
record DendriteRing(Rows sums, Rows front, int slots, int targets) {

  /// Moves on by a step.
  void advance(FunctionBuilder builder) {
    Expr at =
        Build.element(NumericType.INT32, builder.row(front, builder.example), Build.integer(0));
    builder.run(
        Build.assign(
            at,
            Build.binary(
                BinaryOperator.REMAINDER, Build.add(at, Build.integer(1)), Build.integer(slots))));
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
  /// @param now local with the front
  /// @param slot local to compute with
  Expr add(String row, Expr.Name now, Expr.Name slot, Expr target, Expr value, Expr delay) {
    Expr last = Build.convert(NumericType.UINT32, Build.integer(slots - 1));
    Expr cut =
        new Expr.Call(
            SnippetType.UINT32,
            "min",
            new SnippetType.Function(
                SnippetType.UINT32, List.of(SnippetType.UINT32, SnippetType.UINT32), false),
            List.of(delay, last));
    Expr sum = Build.add(now, Build.convert(NumericType.INT32, cut));
    Expr wrapped =
        new Expr.Conditional(
            SnippetType.INT32,
            Build.binary(BinaryOperator.GREATER_EQUAL, slot, Build.integer(slots)),
            Build.subtract(slot, Build.integer(slots)),
            slot);
    Expr element =
        Build.element(
            sums.type(), row, Build.add(Build.multiply(slot, Build.integer(targets)), target));
    Expr addition = Build.addTo(element, value);
    Expr second = new Expr.Sequence(addition.type(), assign(slot, wrapped), addition);
    return new Expr.Sequence(second.type(), assign(slot, sum), second);
  }

  private static Expr assign(Expr target, Expr value) {
    return new Expr.Assign(target.type(), target, Expr.Compound.PLAIN, value);
  }
}
