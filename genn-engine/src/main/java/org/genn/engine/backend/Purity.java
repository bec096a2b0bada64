package org.genn.engine.backend;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Rewriter;

/// Properties of expressions.
public final class Purity {
  private Purity() {}

  /// Whether it changes nothing. Functions are taken to change something.
  public static boolean isPure(Expr expression) {
    return !contains(
        expression,
        node ->
            node instanceof Expr.Assign
                || node instanceof Expr.Increment
                || node instanceof Expr.Call);
  }

  /// Whether its value is the same each time.
  static boolean isConstant(Expr expression) {
    return isPure(expression)
        && !contains(expression, node -> node instanceof Expr.Name || node instanceof Expr.Delayed);
  }

  static boolean contains(Expr expression, Predicate<Expr> property) {
    var found = new AtomicBoolean();
    Rewriter.map(
        expression,
        node -> {
          if (property.test(node)) {
            found.set(true);
          }
          return node;
        });
    return found.get();
  }

  static boolean contains(List<Expr> expressions, Predicate<Expr> property) {
    return expressions.stream().anyMatch(expression -> contains(expression, property));
  }
}
