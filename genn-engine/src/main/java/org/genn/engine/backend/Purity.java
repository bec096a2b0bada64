package org.genn.engine.backend;

import java.util.List;
import java.util.function.Predicate;
import org.genn.engine.kernel.Origin;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Walker;

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
                || (node instanceof Expr.Call && !Origin.isMark(node)));
  }

  /// Whether its value is the same each time.
  static boolean isConstant(Expr expression) {
    return isPure(expression)
        && !contains(expression, node -> node instanceof Expr.Name || node instanceof Expr.Delayed);
  }

  static boolean contains(Expr expression, Predicate<Expr> property) {
    boolean[] found = {false};
    Walker.walk(expression, node -> found[0] |= property.test(node));
    return found[0];
  }

  static boolean contains(List<Expr> expressions, Predicate<Expr> property) {
    return expressions.stream().anyMatch(expression -> contains(expression, property));
  }
}
