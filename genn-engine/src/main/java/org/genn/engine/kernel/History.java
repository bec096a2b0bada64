package org.genn.engine.kernel;

import java.util.List;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;

/// The values that a variable had after the last steps, for delayed synapses.
///
/// Before the first step all are the initial value. The slots of an example are one behind the
/// other in a single row, so that each synapse of a loop may take its value from another slot.
///
/// @param place where the present values are
/// @param rows a row per example: `place.length()` elements for each of `slots` steps
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
    String to = builder.row(rows, builder.example);
    Expr.Name slot = Build.integer(builder.names.fresh("slot"));
    Expr.Name begin = Build.integer(builder.names.fresh("begin"));
    Expr.Name element = Build.integer(builder.names.fresh("element"));
    builder.ops.add(
        new Op.Loop(
            slot.name(),
            first,
            end,
            List.of(
                Build.run(
                    Build.declare(
                        NumericType.INT32,
                        begin.name(),
                        Build.multiply(slot, Build.integer(place.length())))),
                new Op.Elements(
                    label,
                    element.name(),
                    Build.integer(place.length()),
                    List.of(
                        Build.assign(
                            Build.element(rows.type(), to, Build.add(begin, element)),
                            Build.element(rows.type(), from, element)))))));
  }

  /// Makes all earlier values the present ones, from the next step on.
  void forget(FunctionBuilder builder) {
    String pointers = builder.row(state, builder.example);
    builder.run(
        Build.assign(
            Build.element(NumericType.INT32, pointers, Build.integer(1)), Build.integer(0)));
  }

  /// Reads values of one delay that all elements share, or of a delay for each.
  Reader reader(FunctionBuilder builder) {
    return new Reader(
        this,
        builder.row(rows, builder.example),
        builder.scalar("newest", state, builder.example, Build.integer(0)));
  }

  /// Earlier values as a function reads them.
  ///
  /// @param row that holds them
  /// @param newest local with the slot of the step before
  record Reader(History history, String row, Expr.Name newest) {

    NumericType type() {
      return history.rows.type();
    }

    /// A local with the position of the first element as it was `delay` steps before the last one.
    Expr.Name begin(FunctionBuilder builder, int delay) {
      Expr.Name begin = Build.integer(builder.names.fresh("begin"));
      builder.run(
          Build.declare(
              NumericType.INT32, begin.name(), first(Build.integer(history.slots - delay))));
      return begin;
    }

    /// The value of an element `delay` steps before the last one; longer delays than `maximum` are
    /// cut.
    Expr at(Expr element, Expr delay, int maximum) {
      Expr longest = Build.convert(NumericType.UINT32, Build.integer(maximum));
      Expr cut =
          Build.smaller(NumericType.UINT32, Build.convert(NumericType.UINT32, delay), longest);
      Expr back =
          Build.subtract(Build.integer(history.slots), Build.convert(NumericType.INT32, cut));
      return Build.element(type(), row, Build.add(first(back), element));
    }

    private Expr first(Expr slotsAhead) {
      Expr slot =
          Build.binary(
              BinaryOperator.REMAINDER,
              Build.add(newest, slotsAhead),
              Build.integer(history.slots));
      return Build.multiply(slot, Build.integer(history.place.length()));
    }
  }
}
