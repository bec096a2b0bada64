package org.genn.engine.backend.c;

import java.util.List;
import org.genn.engine.kernel.Op;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Stmt;

/// Loops over the synapses of a sparse row.
final class Scatter {
  private Scatter() {}

  /// Whether the loop is straight-line code that changes elements at other places than its index.
  static boolean isOne(Op.Elements elements) {
    List<Stmt> body = elements.body();
    return body.stream().allMatch(s -> s instanceof Stmt.Declare || s instanceof Stmt.Evaluate)
        && body.stream().anyMatch(statement -> scatters(statement, elements.index()));
  }

  private static boolean scatters(Stmt statement, String index) {
    return statement instanceof Stmt.Evaluate(Expr.Assign(_, Expr.Subscript(_, _, var at), _, _))
        && !(at instanceof Expr.Name(_, var name) && name.equals(index));
  }
}
