package org.genn.engine.backend;

import java.util.List;
import org.genn.engine.kernel.Op;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Rewriter;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// How partial results of reductions start and combine.
public final class Reductions {
  private Reductions() {}

  public static Expr start(Op.Reduction reduction, NumericType type) {
    return switch (reduction) {
      case SUM -> Expr.Literal.of(type, 0);
      case MAX ->
          type.isReal()
              ? Expr.Literal.of(type, Double.NEGATIVE_INFINITY)
              : new Expr.Literal(
                  SnippetType.of(type), type.isSigned() ? -1L << (type.bits() - 1) : 0);
    };
  }

  /// `target = target ⊕ value`.
  public static Stmt combine(Op.Reduction reduction, Expr target, Expr value) {
    SnippetType type = target.type();
    Expr result =
        switch (reduction) {
          case SUM ->
              new Expr.Assign(
                  type, target, new Expr.Compound(BinaryOperator.ADD, sumType(type)), value);
          case MAX ->
              new Expr.Assign(
                  type,
                  target,
                  Expr.Compound.PLAIN,
                  new Expr.Call(
                      type,
                      "max",
                      new SnippetType.Function(type, List.of(type, type), false),
                      List.of(target, value)));
        };
    return new Stmt.Evaluate(result);
  }

  private static SnippetType sumType(SnippetType type) {
    return SnippetType.of(type.numeric().promoted());
  }

  /// The value of an element `distance` after the index.
  static Expr at(Expr value, String index, int distance) {
    return distance == 0
        ? value
        : Rewriter.map(
            value,
            node ->
                node instanceof Expr.Name(var type, var name) && name.equals(index)
                    ? new Expr.Binary(type, BinaryOperator.ADD, node, Expr.Literal.of(distance))
                    : node);
  }
}
