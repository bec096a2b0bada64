package org.genn.engine.backend.c;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.backend.RoutineNames;
import org.genn.engine.kernel.Build;
import org.genn.engine.kernel.Function;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/*
 *   for (j …) { …; s[j] = x; }   t += Σ s[j]      becomes      t += Σ { …; x }
 *
 * where `s` is a scratch row that nothing else uses. Then what is summed up goes through no memory. The order of the sum is
 * that of all reductions.
 */

/// Reduces what a loop computes as it is computed.
final class ReducedLoops {
  private final Set<String> scratch = new HashSet<>();
  private final Map<String, Integer> users = new HashMap<>();
  private final Set<String> joined = new HashSet<>();

  private ReducedLoops() {}

  static Program of(Program program) {
    return new Program(
        program.name(),
        program.arrays(),
        program.functions().stream().map(ReducedLoops::of).toList(),
        program.kernels());
  }

  private static Function of(Function function) {
    var loops = new ReducedLoops();
    loops.note(function.body());
    return new Function(
        function.name(),
        function.comment(),
        function.parameters(),
        loops.withoutGone(loops.ops(function.body())));
  }

  /// Finds scratch rows, and counts the operations that use them.
  private void note(List<Op> ops) {
    for (Op op : ops) {
      switch (op) {
        case Op.Hoist(var row, var rows, _) when rows.isScratch() -> scratch.add(row);
        case Op.Loop loop -> note(loop.body());
        case Op.When when -> note(when.body());
        default -> {
          for (Expr.Name name : RoutineNames.of(List.of(op)).free()) {
            users.merge(name.name(), 1, Integer::sum);
          }
        }
      }
    }
  }

  private List<Op> ops(List<Op> ops) {
    var changed = new ArrayList<Op>();
    for (Op op : ops) {
      switch (op) {
        case Op.Loop(var index, var begin, var end, var body) ->
            changed.add(new Op.Loop(index, begin, end, ops(body)));
        case Op.When(var condition, var body) -> changed.add(new Op.When(condition, ops(body)));
        case Op.Reduce reduce
            when !changed.isEmpty() && changed.getLast() instanceof Op.Elements loop ->
            joined(loop, reduce)
                .ifPresentOrElse(
                    joined -> changed.set(changed.size() - 1, joined), () -> changed.add(reduce));
        default -> changed.add(op);
      }
    }
    return changed;
  }

  /// Without the rows that nothing uses any more.
  private List<Op> withoutGone(List<Op> ops) {
    return ops.stream()
        .filter(op -> !(op instanceof Op.Hoist hoist && joined.contains(hoist.row())))
        .toList();
  }

  private Optional<Op.Reduce> joined(Op.Elements loop, Op.Reduce reduce) {
    Optional<String> row = row(reduce.value(), reduce.index());
    boolean isOverTheSame =
        loop.begin().equals(Expr.Literal.of(0)) && loop.end().equals(reduce.count());
    boolean isHandedOver =
        row.filter(name -> scratch.contains(name) && users.get(name) == 2).isPresent();
    if (!isOverTheSame
        || !isHandedOver
        || !reduce.body().isEmpty()
        || !(loop.body().getLast()
            instanceof Stmt.Evaluate(Expr.Assign(_, var stored, var compound, var value)))
        || !row(stored, loop.index()).equals(row)
        || !compound.isPlain()) {
      return Optional.empty();
    }
    List<Stmt> body = loop.body().subList(0, loop.body().size() - 1);
    if (!areApart(body, reduce.target(), row.get())) {
      return Optional.empty();
    }
    joined.add(row.get());
    return Optional.of(
        new Op.Reduce(
            loop.label(),
            reduce.reduction(),
            reduce.type(),
            reduce.target(),
            loop.index(),
            loop.end(),
            body,
            value));
  }

  /// The row whose element at the bare index it is.
  private static Optional<String> row(Expr expression, String index) {
    return expression instanceof Expr.Subscript(_, Expr.Name(_, var row), Expr.Name(_, var at))
            && at.equals(index)
        ? Optional.of(row)
        : Optional.empty();
  }

  /// Whether statements leave scalars alone, and have nothing to do with the rows of the target nor
  /// with a row that is gone.
  private static boolean areApart(List<Stmt> body, Expr target, String gone) {
    var inside = RoutineNames.of(Build.run(body));
    var rows = new HashSet<>(Set.of(gone));
    for (Expr.Name name : RoutineNames.of(List.of(new Op.Do(new Stmt.Evaluate(target)))).free()) {
      if (name.type() instanceof SnippetType.Pointer) {
        rows.add(name.name());
      }
    }
    return inside.changed().isEmpty()
        && inside.free().stream().noneMatch(name -> rows.contains(name.name()));
  }
}
