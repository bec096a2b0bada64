package org.genn.engine.snippet;

import java.util.List;
import java.util.function.Consumer;

/// Visits the nodes of checked trees in the order in which `Rewriter` does: children first, then
/// the node. Makes nothing.
public final class Walker {
  private Walker() {}

  /// Shows every node of the expression, targets of assignments included.
  public static void walk(Expr expr, Consumer<Expr> visit) {
    switch (expr) {
      case Expr.Literal _, Expr.Text _, Expr.Name _ -> {}
      case Expr.Subscript subscript -> {
        walk(subscript.base(), visit);
        walk(subscript.index(), visit);
      }
      case Expr.Delayed delayed -> walk(delayed.steps(), visit);
      case Expr.Unary unary -> walk(unary.operand(), visit);
      case Expr.Binary binary -> {
        walk(binary.left(), visit);
        walk(binary.right(), visit);
      }
      case Expr.Conditional conditional -> {
        walk(conditional.condition(), visit);
        walk(conditional.whenTrue(), visit);
        walk(conditional.whenFalse(), visit);
      }
      case Expr.Convert convert -> walk(convert.operand(), visit);
      case Expr.Assign assign -> {
        walk(assign.target(), visit);
        walk(assign.value(), visit);
      }
      case Expr.Increment increment -> walk(increment.target(), visit);
      case Expr.Call call -> {
        for (Expr argument : call.arguments()) {
          walk(argument, visit);
        }
      }
      case Expr.Sequence sequence -> {
        walk(sequence.first(), visit);
        walk(sequence.second(), visit);
      }
    }
    visit.accept(expr);
  }

  /// Shows every node of every expression, and every statement after what is in it.
  public static void walk(Stmt stmt, Consumer<Expr> visit, Consumer<Stmt> enter) {
    switch (stmt) {
      case Stmt.Declare declare -> {
        if (declare.initial().isPresent()) {
          walk(declare.initial().get(), visit);
        }
      }
      case Stmt.Evaluate evaluate -> walk(evaluate.expression(), visit);
      case Stmt.Block block -> walk(block.statements(), visit, enter);
      case Stmt.If choice -> {
        walk(choice.condition(), visit);
        walk(choice.whenTrue(), visit, enter);
        if (choice.whenFalse().isPresent()) {
          walk(choice.whenFalse().get(), visit, enter);
        }
      }
      case Stmt.While loop -> {
        walk(loop.condition(), visit);
        walk(loop.body(), visit, enter);
      }
      case Stmt.DoWhile loop -> {
        walk(loop.body(), visit, enter);
        walk(loop.condition(), visit);
      }
      case Stmt.For loop -> {
        walk(loop.initial(), visit, enter);
        if (loop.condition().isPresent()) {
          walk(loop.condition().get(), visit);
        }
        if (loop.update().isPresent()) {
          walk(loop.update().get(), visit);
        }
        walk(loop.body(), visit, enter);
      }
      case Stmt.Switch choice -> {
        walk(choice.selector(), visit);
        for (Stmt.Case part : choice.cases()) {
          walk(part.statements(), visit, enter);
        }
      }
      case Stmt.Break _, Stmt.Continue _ -> {}
      case Stmt.ForEachSynapse loop -> walk(loop.body(), visit, enter);
    }
    enter.accept(stmt);
  }

  public static void walk(List<Stmt> statements, Consumer<Expr> visit, Consumer<Stmt> enter) {
    for (Stmt statement : statements) {
      walk(statement, visit, enter);
    }
  }
}
