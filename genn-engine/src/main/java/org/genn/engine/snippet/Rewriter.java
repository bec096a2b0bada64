package org.genn.engine.snippet;

import java.util.List;
import java.util.function.UnaryOperator;

/// Bottom-up rewriting of checked trees: children first, then the node with its new children.
public final class Rewriter {

  private Rewriter() {}

  /// Applies `change` to every node of the expression, targets of assignments included.
  public static Expr map(Expr expr, UnaryOperator<Expr> change) {
    return change.apply(
        switch (expr) {
          case Expr.Literal _, Expr.Text _, Expr.Name _ -> expr;
          case Expr.Subscript(var type, var base, var index) ->
              new Expr.Subscript(type, map(base, change), map(index, change));
          case Expr.Delayed(var type, var name, var steps) ->
              new Expr.Delayed(type, name, map(steps, change));
          case Expr.Unary(var type, var operator, var operand) ->
              new Expr.Unary(type, operator, map(operand, change));
          case Expr.Binary(var type, var operator, var left, var right) ->
              new Expr.Binary(type, operator, map(left, change), map(right, change));
          case Expr.Conditional(var type, var condition, var whenTrue, var whenFalse) ->
              new Expr.Conditional(
                  type, map(condition, change), map(whenTrue, change), map(whenFalse, change));
          case Expr.Convert(var type, var operand) -> new Expr.Convert(type, map(operand, change));
          case Expr.Assign(var type, var target, var compound, var value) ->
              new Expr.Assign(type, map(target, change), compound, map(value, change));
          case Expr.Increment(var type, var target, var decrement, var postfix) ->
              new Expr.Increment(type, map(target, change), decrement, postfix);
          case Expr.Call(var type, var function, var overload, var arguments) ->
              new Expr.Call(
                  type,
                  function,
                  overload,
                  arguments.stream().map(argument -> map(argument, change)).toList());
          case Expr.Sequence(var type, var first, var second) ->
              new Expr.Sequence(type, map(first, change), map(second, change));
        });
  }

  /// Applies `change` to every node of every expression of the statement.
  public static Stmt map(Stmt stmt, UnaryOperator<Expr> change) {
    return map(stmt, change, UnaryOperator.identity());
  }

  public static List<Stmt> map(List<Stmt> statements, UnaryOperator<Expr> change) {
    return map(statements, change, UnaryOperator.identity());
  }

  public static List<Stmt> map(
      List<Stmt> statements, UnaryOperator<Expr> change, UnaryOperator<Stmt> restate) {
    return statements.stream().map(statement -> map(statement, change, restate)).toList();
  }

  /// Applies `change` to every node of every expression, then `restate` to every statement.
  public static Stmt map(Stmt stmt, UnaryOperator<Expr> change, UnaryOperator<Stmt> restate) {
    return restate.apply(
        switch (stmt) {
          case Stmt.Declare(var type, var name, var initial) ->
              new Stmt.Declare(type, name, initial.map(value -> map(value, change)));
          case Stmt.Evaluate(var expression) -> new Stmt.Evaluate(map(expression, change));
          case Stmt.Block(var statements) -> new Stmt.Block(map(statements, change, restate));
          case Stmt.If(var condition, var whenTrue, var whenFalse) ->
              new Stmt.If(
                  map(condition, change),
                  map(whenTrue, change, restate),
                  whenFalse.map(statement -> map(statement, change, restate)));
          case Stmt.While(var condition, var body) ->
              new Stmt.While(map(condition, change), map(body, change, restate));
          case Stmt.DoWhile(var body, var condition) ->
              new Stmt.DoWhile(map(body, change, restate), map(condition, change));
          case Stmt.For(var initial, var condition, var update, var body) ->
              new Stmt.For(
                  map(initial, change, restate),
                  condition.map(expression -> map(expression, change)),
                  update.map(expression -> map(expression, change)),
                  map(body, change, restate));
          case Stmt.Switch(var selector, var cases) ->
              new Stmt.Switch(
                  map(selector, change),
                  cases.stream()
                      .map(
                          part ->
                              new Stmt.Case(
                                  part.labels(),
                                  part.isDefault(),
                                  map(part.statements(), change, restate)))
                      .toList());
          case Stmt.Break _, Stmt.Continue _ -> stmt;
          case Stmt.ForEachSynapse(var body) -> new Stmt.ForEachSynapse(map(body, change, restate));
        });
  }

  /// Renames variables, in their declarations too.
  public static List<Stmt> rename(List<Stmt> statements, UnaryOperator<String> rename) {
    return map(
        statements,
        renaming(rename),
        statement ->
            statement instanceof Stmt.Declare(var type, var name, var initial)
                ? new Stmt.Declare(type, rename.apply(name), initial)
                : statement);
  }

  public static Expr rename(Expr expr, UnaryOperator<String> rename) {
    return map(expr, renaming(rename));
  }

  private static UnaryOperator<Expr> renaming(UnaryOperator<String> rename) {
    return expr -> {
      if (expr instanceof Expr.Name(var type, var name)) {
        return new Expr.Name(type, rename.apply(name));
      }
      if (expr instanceof Expr.Delayed(var type, var name, var steps)) {
        return new Expr.Delayed(type, rename.apply(name), steps);
      }
      return expr;
    };
  }
}
