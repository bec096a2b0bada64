package org.genn.engine.kernel;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Rewriter;
import org.genn.engine.snippet.Stmt;

/// Finds out whether functions write tables (extra global parameters). There is one for all
/// examples and all rows, so what they write depends on the order in which they are handled.
final class SharedTables {
  private final Set<Rows> tables;
  private final Set<String> rows = new HashSet<>();
  private final Set<String> ofTables = new HashSet<>();
  private boolean areWritten;

  private SharedTables(Set<Rows> tables) {
    this.tables = tables;
  }

  static boolean areWritten(Function function, Set<Rows> tables) {
    if (tables.isEmpty()) {
      return false;
    }
    var search = new SharedTables(tables);
    search.ops(function.body());
    return search.areWritten;
  }

  private void ops(List<Op> ops) {
    for (Op op : ops) {
      switch (op) {
        case Op.Hoist(var row, var array, _) -> {
          rows.add(row);
          if (tables.contains(array)) {
            ofTables.add(row);
          }
        }
        case Op.Do(var statement) -> statement(statement);
        case Op.Loop loop -> ops(loop.body());
        case Op.When when -> ops(when.body());
        case Op.Elements elements -> elements.body().forEach(this::statement);
        case Op.Reduce reduce -> reduce.body().forEach(this::statement);
        // The engine's own; code of models does nothing of the kind.
        case Op.Reserve _, Op.Invoke _ -> {}
      }
    }
  }

  private void statement(Stmt statement) {
    Rewriter.map(
        statement,
        node -> {
          switch (node) {
            case Expr.Assign(_, Expr.Subscript target, _, _) -> written(target);
            case Expr.Increment(_, Expr.Subscript target, _, _) -> written(target);
            default -> {}
          }
          return node;
        },
        part -> part);
  }

  /// A pointer of the code may be one into any of the tables that it uses.
  private void written(Expr.Subscript target) {
    if (target.base() instanceof Expr.Name(_, var row) && rows.contains(row)) {
      areWritten |= ofTables.contains(row);
    } else {
      areWritten |= !ofTables.isEmpty();
    }
  }
}
