package org.genn.engine.backend.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.genn.engine.kernel.Function;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;
import org.genn.engine.snippet.Walker;

/*
 *   v[j] = x; r[j] = y; z = v[j];      becomes      v[j] = x; r[j] = y; z = x;
 *
 * Rows with different names are different rows where one of them is written (Op.Hoist), which C compilers are told and
 * Java's cannot know: to it, `r` may be the array that `v` is, so it loads `v[j]` again.
 */

/// Replaces what a loop reads from a row by the local that it has just stored there.
public final class StoredValues {
  private StoredValues() {}

  public static Program of(Program program) {
    return new Program(
        program.name(),
        program.arrays(),
        program.functions().stream()
            .map(f -> new Function(f.name(), f.comment(), f.parameters(), ops(f.body())))
            .toList(),
        program.kernels());
  }

  /// Loops over neurons are at the top of their functions.
  private static List<Op> ops(List<Op> ops) {
    return ops.stream()
        .map(
            op ->
                op instanceof Op.Elements(var label, var index, var begin, var end, var body)
                    ? new Op.Elements(label, index, begin, end, statements(body, index))
                    : op)
        .toList();
  }

  private static List<Stmt> statements(List<Stmt> body, String index) {
    var changed = new ArrayList<Stmt>();
    for (Stmt statement : body) {
      changed.add(
          statement instanceof Stmt.Declare(var type, var name, var initial)
                  && initial.isPresent()
                  && initial.get() instanceof Expr.Subscript element
                  && element.index() instanceof Expr.Name(_, var at)
                  && at.equals(index)
              ? new Stmt.Declare(type, name, Optional.of(value(element, type, changed)))
              : statement);
    }
    return changed;
  }

  /// The local that holds what is in the element, or the element.
  private static Expr value(Expr.Subscript element, SnippetType type, List<Stmt> before) {
    for (int last = before.size() - 1; last >= 0; last--) {
      if (before.get(last) instanceof Stmt.Evaluate(Expr.Assign(_, var target, var how, var value))
          && target.equals(element)
          && how.isPlain()) {
        return value instanceof Expr.Name local
                && local.type().equals(type)
                && before.subList(last + 1, before.size()).stream()
                    .noneMatch(statement -> mayChange(statement, local.name()))
            ? local
            : element;
      }
      if (element.base() instanceof Expr.Name(_, var row) && mayChange(before.get(last), row)) {
        return element;
      }
    }
    return element;
  }

  /// Whether a variable, or an element of a row, may have another value afterwards.
  private static boolean mayChange(Stmt statement, String name) {
    boolean[] changes = {false};
    Walker.walk(
        statement,
        node ->
            changes[0] |=
                switch (node) {
                  case Expr.Assign(_, var target, _, _) -> isOf(target, name);
                  case Expr.Increment(_, var target, _, _) -> isOf(target, name);
                  case Expr.Call(_, _, _, var arguments) ->
                      arguments.stream().anyMatch(argument -> isRow(argument, name));
                  default -> false;
                },
        part -> changes[0] |= part instanceof Stmt.Declare declare && declare.name().equals(name));
    return changes[0];
  }

  /// Whether a whole row is passed on.
  private static boolean isRow(Expr argument, String name) {
    return argument instanceof Expr.Name(SnippetType.Pointer _, var own) && own.equals(name);
  }

  private static boolean isOf(Expr target, String name) {
    return switch (target) {
      case Expr.Name(_, var own) -> own.equals(name);
      case Expr.Subscript(_, Expr.Name(_, var row), _) -> row.equals(name);
      default -> true;
    };
  }
}
