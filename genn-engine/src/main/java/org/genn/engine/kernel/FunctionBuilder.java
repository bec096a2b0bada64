package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Stmt;

/// A function of one example and step while it is being made: its names, its hoisted rows, its
/// operations.
final class FunctionBuilder {
  final Names names = new Names();
  final List<Op> ops = new ArrayList<>();
  final Expr.Name example = Build.integer(names.fresh("example"));
  final Expr.Name slice = Build.integer(names.fresh("slice"));
  final Expr.Name step = Build.integer(names.fresh("step"));
  final Expr.Name time;

  private final Layout layout;
  private final Map<Object, String> hoisted = new HashMap<>();

  private record Hoisted(Rows rows, Expr index) {}

  FunctionBuilder(Layout layout) {
    this.layout = layout;
    time = Build.name(layout.timepoint, names.fresh("t"));
  }

  Layout layout() {
    return layout;
  }

  /// The local name of a row, hoisted here unless it has been before.
  String row(Rows rows, Expr index) {
    return hoisted.computeIfAbsent(
        new Hoisted(rows, index),
        _ -> {
          String name = names.fresh(rows.name());
          ops.add(new Op.Hoist(name, rows, index));
          return name;
        });
  }

  /// Takes the operations from the given one on out of the function, to be put into a loop: rows
  /// that they hoist are hoisted anew by what comes after.
  List<Op> take(int from) {
    var tail = ops.subList(from, ops.size());
    var taken = new ArrayList<>(tail);
    tail.clear();
    for (Op op : taken) {
      if (op instanceof Op.Hoist hoist) {
        hoisted.values().remove(hoist.row());
      }
    }
    return taken;
  }

  /// Reads a single element into a local.
  Expr.Name scalar(String wanted, Rows rows, Expr row, Expr index) {
    Expr.Name local = Build.name(rows.type(), names.fresh(wanted));
    run(
        Build.declare(
            rows.type(), local.name(), Build.element(rows.type(), row(rows, row), index)));
    return local;
  }

  void run(Stmt statement) {
    ops.add(Build.run(statement));
  }

  /// Sets all elements of a row to a value.
  void fill(String label, String row, NumericType type, int length, Expr value) {
    fill(label, row, type, Build.integer(length), value);
  }

  void fill(String label, String row, NumericType type, Expr length, Expr value) {
    Expr.Name index = Build.integer(names.fresh("word"));
    ops.add(
        new Op.Elements(
            label,
            index.name(),
            length,
            List.of(Build.assign(Build.element(type, row, index), value))));
  }

  /// @param name what it is called, unless another one is: groups of two kinds may share a name
  Function function(String name, String comment) {
    return new Function(
        layout.functions.fresh(name), comment, List.of(example, slice, step, time), ops);
  }
}
