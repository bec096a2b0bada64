package org.genn.engine.backend.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.backend.RoutineNames;
import org.genn.engine.kernel.Function;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Rewriter;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/*
 * What one loop hands to the next goes through scratch rows. Where both have become one loop (LoopFusion), that is a
 * local of its body:
 *
 *   s[j] = x; …; y = s[j];      becomes      s_local = x; …; y = s_local;
 *
 * The conditional thing at the end of a body may be done in a loop of its own (for the rare neurons that spike), so rows
 * that it reads stay what they are.
 */

/// Turns elements of scratch rows that only one loop uses into locals of that loop.
public final class ScratchLocals {
  private ScratchLocals() {}

  public static Program of(Program program) {
    return new Program(
        program.name(),
        program.arrays(),
        program.functions().stream()
            .map(f -> new Function(f.name(), f.comment(), f.parameters(), ops(f)))
            .toList(),
        program.kernels());
  }

  /// Loops over neurons are at the top of their functions.
  private static List<Op> ops(Function function) {
    Map<String, Rows> scratch = new HashMap<>();
    for (Op op : function.body()) {
      if (op instanceof Op.Hoist(var row, var rows, _) && rows.isScratch()) {
        scratch.put(row, rows);
      }
    }
    Set<String> names = new HashSet<>(RoutineNames.all(function.body()));
    function.parameters().forEach(parameter -> names.add(parameter.name()));
    var ops = new ArrayList<>(function.body());
    scratch.forEach(
        (row, rows) -> {
          List<Op> users =
              ops.stream()
                  .filter(
                      op ->
                          RoutineNames.of(List.of(op)).free().stream()
                              .anyMatch(name -> name.name().equals(row)))
                  .toList();
          if (users.size() == 1 && users.getFirst() instanceof Op.Elements elements) {
            local(elements, row, rows, names)
                .ifPresent(
                    changed -> {
                      ops.replaceAll(op -> op == elements ? changed : op);
                      ops.removeIf(op -> op instanceof Op.Hoist hoist && hoist.row().equals(row));
                    });
          }
        });
    return ops;
  }

  /// The loop with a local in place of the elements of a row, if that is the same.
  private static Optional<Op.Elements> local(
      Op.Elements elements, String row, Rows rows, Set<String> names) {
    List<Stmt> body = elements.body();
    int first = 0;
    while (first < body.size() && !mentions(body.get(first), row)) {
      first++;
    }
    int conditional = conditional(body);
    boolean isWrittenFirst =
        first < conditional
            && body.get(first)
                instanceof Stmt.Evaluate(Expr.Assign(_, var target, var compound, var value))
            && isElement(target, row, elements.index())
            && compound.isPlain()
            && !mentions(new Stmt.Evaluate(value), row);
    boolean staysInside =
        body.subList(conditional, body.size()).stream().noneMatch(part -> mentions(part, row))
            && body.stream().allMatch(part -> usesElement(part, row, elements.index()));
    if (!isWrittenFirst || !staysInside) {
      return Optional.empty();
    }
    SnippetType type = SnippetType.of(rows.type());
    String wanted = row + "_local";
    while (!names.add(wanted)) {
      wanted += "_";
    }
    var local = new Expr.Name(type, wanted);
    List<Stmt> changed =
        new ArrayList<>(
            Rewriter.map(body, node -> isElement(node, row, elements.index()) ? local : node));
    if (changed.get(first) instanceof Stmt.Evaluate(Expr.Assign(_, _, _, var value))) {
      changed.set(first, new Stmt.Declare(type, local.name(), Optional.of(value)));
    }
    return Optional.of(
        new Op.Elements(
            elements.label(), elements.index(), elements.begin(), elements.end(), changed));
  }

  /// Where the conditional thing at the end begins: declarations, then a branch.
  private static int conditional(List<Stmt> body) {
    if (!(body.getLast() instanceof Stmt.If)) {
      return body.size();
    }
    int begin = body.size() - 1;
    while (begin > 0 && body.get(begin - 1) instanceof Stmt.Declare) {
      begin--;
    }
    return begin;
  }

  private static boolean isElement(Expr node, String row, String index) {
    return node instanceof Expr.Subscript(_, Expr.Name(_, var name), Expr.Name(_, var at))
        && name.equals(row)
        && at.equals(index);
  }

  private static boolean mentions(Stmt statement, String row) {
    return count(statement, node -> node instanceof Expr.Name(_, var name) && name.equals(row)) > 0;
  }

  /// Whether the row is used at the index only.
  private static boolean usesElement(Stmt statement, String row, String index) {
    return count(statement, node -> isElement(node, row, index))
        == count(statement, node -> node instanceof Expr.Name(_, var name) && name.equals(row));
  }

  private static int count(Stmt statement, java.util.function.Predicate<Expr> property) {
    int[] count = {0};
    Rewriter.map(
        statement,
        node -> {
          count[0] += property.test(node) ? 1 : 0;
          return node;
        });
    return count[0];
  }
}
