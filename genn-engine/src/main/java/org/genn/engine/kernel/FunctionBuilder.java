package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.snippet.BinaryOperator;
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
  private final Optional<Expr.Name> part;
  private final Map<Integer, Range> ranges = new HashMap<>();
  private final Map<String, Owner> owned = new HashMap<>();

  private record Hoisted(Rows rows, Expr index) {}

  /// Neurons `begin` (inclusive) to `end` (exclusive) of a group.
  record Range(Expr begin, Expr end) {
    Expr contains(Expr neuron) {
      return Build.and(
          Build.binary(BinaryOperator.GREATER_EQUAL, neuron, begin),
          Build.binary(BinaryOperator.LESS, neuron, end));
    }
  }

  /// Builds a function that handles everything.
  FunctionBuilder(Layout layout) {
    this(layout, false);
  }

  /// @param ofPart whether the function handles one part, which is its last parameter
  FunctionBuilder(Layout layout, boolean ofPart) {
    this.layout = layout;
    time = Build.name(layout.timepoint, names.fresh("t"));
    part = ofPart ? Optional.of(Build.integer(names.fresh("part"))) : Optional.empty();
    part.ifPresent(name -> own(name, Owner.part(layout.partition.parts())));
  }

  Layout layout() {
    return layout;
  }

  /// The part that the function handles; empty where it handles everything.
  Optional<Expr.Name> part() {
    return part;
  }

  /// The neurons of a group that the function handles.
  Range range(int size) {
    if (part.isEmpty()) {
      return new Range(Build.integer(0), Build.integer(size));
    }
    return ranges.computeIfAbsent(
        size, _ -> new Range(bound("low", size, 0), bound("high", size, 1)));
  }

  private Expr bound(String wanted, int size, int distance) {
    Expr.Name bound = Build.integer(names.fresh(wanted));
    Expr number = Build.add(part.orElseThrow(), Build.integer(distance));
    run(Build.declare(NumericType.INT32, bound.name(), layout.partition.bound(size, number)));
    return bound;
  }

  /// Notes that a name stands for something that belongs to the part, wherever it is used as an
  /// index.
  void own(Expr.Name name, Owner owner) {
    owned.put(name.name(), owner);
  }

  Map<String, Owner> owned() {
    return owned;
  }

  /// Index of the scratch row that this function has for itself.
  Expr scratchRow() {
    return part.isPresent() ? part.get() : slice;
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
    fill(label, row, type, new Range(Build.integer(0), length), value, Owner.ANYONE);
  }

  /// Sets the elements of a row that belong to the part to a value.
  void fill(
      String label, String row, NumericType type, Range range, Expr value, Owner ownerOfElements) {
    Expr.Name index = Build.integer(names.fresh("word"));
    own(index, ownerOfElements);
    ops.add(
        new Op.Elements(
            label,
            index.name(),
            range.begin(),
            range.end(),
            List.of(Build.assign(Build.element(type, row, index), value))));
  }

  /// @param name what it is called, unless another one is: groups of two kinds may share a name
  Function function(String name, String comment) {
    var parameters = new ArrayList<>(List.of(example, slice, step, time));
    part.ifPresent(parameters::add);
    return new Function(layout.functions.fresh(name), comment, parameters, ops);
  }
}
