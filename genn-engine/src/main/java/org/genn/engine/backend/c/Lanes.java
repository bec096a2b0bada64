package org.genn.engine.backend.c;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.backend.Reductions;
import org.genn.engine.backend.Routine;
import org.genn.engine.backend.RoutineNames;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/*
 *   for each block of 16 { for (lane …) { j = block + lane; …; partial[lane] += value(j); } }
 *
 * The inner loop is one operation on vectors, and C compilers keep the partial results in registers.
 */

/// Makes reductions loops over the lanes of a vector.
final class Lanes {
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
    Expr.Name row = new Expr.Name(new SnippetType.Pointer(SnippetType.of(type), false), own.name());
    Expr.Name block = local("block");
    Expr.Name lane = local("lane");
    Expr.Name whole = local("whole");
    Expr.Name total = local("total");
    Expr blocks =
        binary(
            BinaryOperator.SHIFT_RIGHT,
            total,
            Expr.Literal.of(Integer.numberOfTrailingZeros(COUNT)));
    var ops = new ArrayList<Op>();
    ops.add(declare(total, count(reduce)));
    ops.add(declare(whole, blocks));
    ops.add(
        new Op.Loop(
            lane.name(),
            Expr.Literal.of(0),
            Expr.Literal.of(COUNT),
            List.of(
                new Op.Do(set(element(row, lane), Reductions.start(reduce.reduction(), type))))));
    Expr first = binary(BinaryOperator.MULTIPLY, block, Expr.Literal.of(COUNT));
    var inner = new ArrayList<Op>();
    inner.add(
        declare(
            new Expr.Name(SnippetType.INT32, reduce.index()),
            binary(BinaryOperator.ADD, first, lane)));
    reduce.body().forEach(statement -> inner.add(new Op.Do(statement)));
    inner.add(combine(reduce, element(row, lane), reduce.value()));
    ops.add(
        new Op.Loop(
            block.name(),
            Expr.Literal.of(0),
            whole,
            List.of(new Op.Loop(lane.name(), Expr.Literal.of(0), Expr.Literal.of(COUNT), inner))));
    for (int half = COUNT / 2; half >= 1; half /= 2) {
      Expr other = binary(BinaryOperator.ADD, lane, Expr.Literal.of(half));
      ops.add(
          new Op.Loop(
              lane.name(),
              Expr.Literal.of(0),
              Expr.Literal.of(half),
              List.of(combine(reduce, element(row, lane), element(row, other)))));
    }
    var rest = new ArrayList<Op>();
    reduce.body().forEach(statement -> rest.add(new Op.Do(statement)));
    rest.add(combine(reduce, element(row, Expr.Literal.of(0)), reduce.value()));
    ops.add(
        new Op.Loop(
            reduce.index(),
            binary(BinaryOperator.MULTIPLY, whole, Expr.Literal.of(COUNT)),
            total,
            rest));
    ops.add(combine(reduce, reduce.target(), element(row, Expr.Literal.of(0))));
    return ops;
  }

  private static Expr count(Op.Reduce reduce) {
    return reduce.count().type().equals(SnippetType.INT32)
        ? reduce.count()
        : new Expr.Convert(SnippetType.INT32, reduce.count());
  }

  private static Op combine(Op.Reduce reduce, Expr target, Expr value) {
    return new Op.Do(Reductions.combine(reduce.reduction(), target, value));
  }

  private static Expr element(Expr.Name row, Expr index) {
    SnippetType type = ((SnippetType.Pointer) row.type()).pointee();
    return new Expr.Subscript(type, row, index);
  }

  private static Stmt set(Expr target, Expr value) {
    return new Stmt.Evaluate(new Expr.Assign(target.type(), target, Expr.Compound.PLAIN, value));
  }

  private static Expr binary(BinaryOperator operator, Expr left, Expr right) {
    return new Expr.Binary(SnippetType.INT32, operator, left, right);
  }

  private static Op declare(Expr.Name name, Expr value) {
    return new Op.Do(new Stmt.Declare(name.type(), name.name(), Optional.of(value)));
  }

  private Expr.Name local(String wanted) {
    return new Expr.Name(SnippetType.INT32, fresh(wanted));
  }

  private String fresh(String wanted) {
    String name = wanted;
    for (int k = 2; !names.add(name); k++) {
      name = wanted + k;
    }
    return name;
  }
}
