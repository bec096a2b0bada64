package org.genn.engine.backend.c;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.genn.engine.kernel.Op;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;
import org.genn.engine.snippet.Walker;

/// Loops that take several rows into one, as those for several spikes at a time do.
final class RowSums {
  private static final int FEWEST = 2;

  private RowSums() {}

  /// Whether the loop is straight-line code for a number of elements that the code says, which
  /// changes one row and only reads at least two others.
  static boolean isOne(Op.Elements elements) {
    List<Stmt> body = elements.body();
    if (!(elements.end() instanceof Expr.Literal)
        || !body.stream().allMatch(s -> s instanceof Stmt.Declare || s instanceof Stmt.Evaluate)) {
      return false;
    }
    Set<String> rows = new HashSet<>();
    Set<String> written = new HashSet<>();
    for (Stmt statement : body) {
      Walker.walk(
          statement,
          node -> {
            if (node instanceof Expr.Name(SnippetType.Pointer _, var row)) {
              rows.add(row);
            }
          },
          _ -> {});
      if (statement
          instanceof
          Stmt.Evaluate(Expr.Assign(_, Expr.Subscript(_, Expr.Name(_, var row), _), _, _))) {
        written.add(row);
      }
    }
    return written.size() == 1 && rows.size() > FEWEST;
  }
}
