package org.genn.engine.backend.c;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.genn.engine.backend.Reductions;
import org.genn.engine.backend.Routine;
import org.genn.engine.backend.RoutineNames;
import org.genn.engine.kernel.Build;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Stmt;

/*
 *   for each block of 16 { for (lane …) { j = block + lane; …; partial[lane] += value(j); } }
 *
 * The inner loop is one operation on vectors, and C compilers keep the partial results in registers.
 */

/// Makes reductions loops over the lanes of a vector.
final class Lanes {
  /// Label of loops over the lanes of a vector.
  static final String LABEL = "lanes";

  private static final int COUNT = 16;

  private final Set<String> names;
  private final List<Rows> rows = new ArrayList<>();

  private Lanes(Set<String> names) {
    this.names = names;
  }

  static Routine of(Routine routine) {
    var names = new HashSet<>(RoutineNames.all(routine.body()));
    routine.parameters().forEach(parameter -> names.add(parameter.name()));
    routine.ownRows().forEach(row -> names.add(row.name()));
    var lanes = new Lanes(names);
    List<Op> body = lanes.ops(routine.body());
    return lanes.rows.isEmpty() ? routine : routine.body(body).ownRows(lanes.rows);
  }

  private List<Op> ops(List<Op> ops) {
    var changed = new ArrayList<Op>();
    for (Op op : ops) {
      switch (op) {
        case Op.Loop(var index, var begin, var end, var body) ->
            changed.add(new Op.Loop(index, begin, end, ops(body)));
        case Op.When(var condition, var body) -> changed.add(new Op.When(condition, ops(body)));
        case Op.Reduce reduce -> changed.addAll(loops(reduce));
        default -> changed.add(op);
      }
    }
    return changed;
  }

  private List<Op> loops(Op.Reduce reduce) {
    NumericType type = reduce.type();
    var own = new Rows(fresh("partial"), type, 1, COUNT);
    rows.add(own);
    Expr.Name block = Build.integer(fresh("block"));
    Expr.Name lane = Build.integer(fresh("lane"));
    Expr.Name total = Build.integer(fresh("total"));
    Expr.Name whole = Build.integer(fresh("whole"));
    Expr atLane = Build.element(type, own.name(), lane);
    Expr first = Build.element(type, own.name(), Build.integer(0));
    Expr blocks =
        Build.binary(
            BinaryOperator.SHIFT_RIGHT, total, Build.integer(Integer.numberOfTrailingZeros(COUNT)));
    var ops = new ArrayList<Op>();
    ops.add(declare(total, Build.convert(NumericType.INT32, reduce.count())));
    ops.add(declare(whole, blocks));
    Expr start = Reductions.start(reduce.reduction(), type);
    ops.add(lanes(lane, COUNT, List.of(Build.assign(atLane, start))));
    var inner = new ArrayList<Stmt>();
    inner.add(
        Build.declare(
            NumericType.INT32,
            reduce.index(),
            Build.add(Build.multiply(block, Build.integer(COUNT)), lane)));
    inner.addAll(taken(reduce, atLane));
    ops.add(new Op.Loop(block.name(), Build.integer(0), whole, List.of(lanes(lane, COUNT, inner))));
    for (int half = COUNT / 2; half >= 1; half /= 2) {
      Expr other = Build.element(type, own.name(), Build.add(lane, Build.integer(half)));
      ops.add(lanes(lane, half, List.of(combine(reduce, atLane, other))));
    }
    ops.add(
        new Op.Loop(
            reduce.index(),
            Build.multiply(whole, Build.integer(COUNT)),
            total,
            Build.run(taken(reduce, first))));
    ops.add(Build.run(combine(reduce, reduce.target(), first)));
    return ops;
  }

  /// One element, taken into a partial result.
  private static List<Stmt> taken(Op.Reduce reduce, Expr partial) {
    var statements = new ArrayList<Stmt>(reduce.body());
    statements.add(combine(reduce, partial, reduce.value()));
    return statements;
  }

  private static Op lanes(Expr.Name lane, int count, List<Stmt> body) {
    return new Op.Elements(LABEL, lane.name(), Build.integer(count), body);
  }

  private static Stmt combine(Op.Reduce reduce, Expr target, Expr value) {
    return Reductions.combine(reduce.reduction(), target, value);
  }

  private static Op declare(Expr.Name name, Expr value) {
    return Build.run(Build.declare(name.type(), name.name(), value));
  }

  private String fresh(String wanted) {
    String name = wanted;
    for (int k = 2; !names.add(name); k++) {
      name = wanted + k;
    }
    return name;
  }
}
