package org.genn.engine.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Stmt;

/// Puts a snippet into a function: gives its locals names that are new there, its environment's
/// names the names of what they stand for, and its environment's functions their meaning.
final class Inliner {
  private final Names names;
  private final Map<String, String> renamed = new HashMap<>();
  private final Map<String, Function<List<Expr>, Expr>> functions = new HashMap<>();
  private final Map<String, UnaryOperator<Expr>> delayed = new HashMap<>();

  Inliner(Names names) {
    this.names = names;
  }

  /// The name that a name of the environment has in the function; asked for the first time, a new
  /// one.
  String local(String environmentName) {
    return renamed.computeIfAbsent(environmentName, names::fresh);
  }

  /// Makes a name of the environment stand for an existing one of the function.
  Inliner bind(String environmentName, String existing) {
    renamed.put(environmentName, existing);
    return this;
  }

  Inliner bindFunction(String function, Function<List<Expr>, Expr> meaning) {
    functions.put(function, meaning);
    return this;
  }

  /// Gives `name[steps]` its meaning, as a function of the steps.
  Inliner bindDelayed(String name, UnaryOperator<Expr> meaning) {
    delayed.put(name, meaning);
    return this;
  }

  List<Stmt> inline(List<Stmt> statements) {
    return statements.stream().map(this::inline).toList();
  }

  Stmt inline(Stmt statement) {
    return switch (statement) {
      case Stmt.Declare(var type, var name, var initial) -> {
        var value = initial.map(this::inline);
        yield new Stmt.Declare(type, local(name), value);
      }
      case Stmt.Evaluate(var expression) -> new Stmt.Evaluate(inline(expression));
      case Stmt.Block(var statements) -> new Stmt.Block(inline(statements));
      case Stmt.If(var condition, var whenTrue, var whenFalse) ->
          new Stmt.If(inline(condition), inline(whenTrue), whenFalse.map(this::inline));
      case Stmt.While(var condition, var body) -> new Stmt.While(inline(condition), inline(body));
      case Stmt.DoWhile(var body, var condition) ->
          new Stmt.DoWhile(inline(body), inline(condition));
      case Stmt.For(var initial, var condition, var update, var body) ->
          new Stmt.For(
              inline(initial), condition.map(this::inline), update.map(this::inline), inline(body));
      case Stmt.Switch(var selector, var cases) ->
          new Stmt.Switch(
              inline(selector),
              cases.stream()
                  .map(c -> new Stmt.Case(c.labels(), c.isDefault(), inline(c.statements())))
                  .toList());
      case Stmt.Break() -> statement;
      case Stmt.Continue() -> statement;
      case Stmt.ForEachSynapse(var body) -> new Stmt.ForEachSynapse(inline(body));
    };
  }

  Expr inline(Expr expression) {
    return switch (expression) {
      case Expr.Literal literal -> literal;
      case Expr.Text text -> text;
      case Expr.Name(var type, var name) -> new Expr.Name(type, local(name));
      case Expr.Subscript(var type, var base, var index) ->
          new Expr.Subscript(type, inline(base), inline(index));
      case Expr.Delayed(_, var name, var steps) -> delayed.get(name).apply(inline(steps));
      case Expr.Unary(var type, var operator, var operand) ->
          new Expr.Unary(type, operator, inline(operand));
      case Expr.Binary(var type, var operator, var left, var right) ->
          new Expr.Binary(type, operator, inline(left), inline(right));
      case Expr.Conditional(var type, var condition, var whenTrue, var whenFalse) ->
          new Expr.Conditional(type, inline(condition), inline(whenTrue), inline(whenFalse));
      case Expr.Convert(var type, var operand) -> new Expr.Convert(type, inline(operand));
      case Expr.Assign(var type, var target, var compound, var value) ->
          new Expr.Assign(type, inline(target), compound, inline(value));
      case Expr.Increment(var type, var target, var decrement, var postfix) ->
          new Expr.Increment(type, inline(target), decrement, postfix);
      case Expr.Call call -> inlineCall(call);
      case Expr.Sequence(var type, var first, var second) ->
          new Expr.Sequence(type, inline(first), inline(second));
    };
  }

  private Expr inlineCall(Expr.Call call) {
    List<Expr> arguments = call.arguments().stream().map(this::inline).toList();
    var meaning = functions.get(call.function());
    return meaning == null
        ? new Expr.Call(call.type(), call.function(), call.overload(), arguments)
        : meaning.apply(arguments);
  }
}
