package org.genn.engine.kernel;

import java.util.List;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;

/// The values that a variable had after the last steps, for delayed synapses.
///
/// Before the first step all are the initial value.
///
/// @param place where the present values are
/// @param rows row `example * slots + slot`
/// @param state a row per example: the slot of the step before, and whether the slots are filled
record History(Place place, Rows rows, Rows state, int slots) {

  /// Moves on by a step and keeps the present values.
  void keep(FunctionBuilder builder) {
    String label = builder.names.fresh(rows.name() + "_keep");
    String pointers = builder.row(state, builder.example);
    Expr newest = Build.element(NumericType.INT32, pointers, Build.integer(0));
    Expr isFilled = Build.element(NumericType.INT32, pointers, Build.integer(1));
    builder.run(
        Build.assign(
            newest,
            Build.binary(
                BinaryOperator.REMAINDER,
                Build.add(newest, Build.integer(1)),
                Build.integer(slots))));
    // The first time, all slots get the values from before the first step.
    Expr.Name first = Build.integer(builder.names.fresh("first"));
    Expr.Name end = Build.integer(builder.names.fresh("end"));
    builder.run(Build.declare(NumericType.INT32, first.name(), newest));
    builder.run(Build.declare(NumericType.INT32, end.name(), Build.add(newest, Build.integer(1))));
    builder.run(
        Build.when(
            Build.binary(BinaryOperator.EQUAL, isFilled, Build.integer(0)),
            List.of(
                Build.assign(first, Build.integer(0)),
                Build.assign(end, Build.integer(slots)),
                Build.assign(isFilled, Build.integer(1)))));
    String from = builder.row(place.rows(), place.rowIndex(builder.example, Build.integer(0)));
    Expr.Name slot = Build.integer(builder.names.fresh("slot"));
    Expr.Name element = Build.integer(builder.names.fresh("element"));
    String to = builder.names.fresh(rows.name());
    builder.ops.add(
        new Op.Loop(
            slot.name(),
            first,
            end,
            List.of(
                new Op.Hoist(
                    to,
                    rows,
                    Build.add(Build.multiply(builder.example, Build.integer(slots)), slot)),
                new Op.Elements(
                    label,
                    element.name(),
                    Build.integer(rows.length()),
                    List.of(
                        Build.assign(
                            Build.element(rows.type(), to, element),
                            Build.element(rows.type(), from, element)))))));
  }

  /// Makes all earlier values the present ones, from the next step on.
  void forget(FunctionBuilder builder) {
    String pointers = builder.row(state, builder.example);
    builder.run(
        Build.assign(
            Build.element(NumericType.INT32, pointers, Build.integer(1)), Build.integer(0)));
  }

  /// The row of the values `delay` steps before those after the last step.
  String row(FunctionBuilder builder, int delay) {
    Expr.Name now = builder.scalar("newest", state, builder.example, Build.integer(0));
    Expr.Name slot = Build.integer(builder.names.fresh("slot"));
    builder.run(
        Build.declare(
            NumericType.INT32,
            slot.name(),
            Build.binary(
                BinaryOperator.REMAINDER,
                Build.add(now, Build.integer(slots - delay)),
                Build.integer(slots))));
    return builder.row(
        rows, Build.add(Build.multiply(builder.example, Build.integer(slots)), slot));
  }
}
