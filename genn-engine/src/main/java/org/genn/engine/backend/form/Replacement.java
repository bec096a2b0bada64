package org.genn.engine.backend.form;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Stmt;

/// Puts other arrays and numbers into code, the numbers in the order in which `Shape` lists them.
final class Replacement {
  private final Map<Rows, Rows> rows;
  private final Iterator<Expr> literals;

  /// @param rows arrays to replace; others stay
  /// @param literals what each number becomes
  Replacement(Map<Rows, Rows> rows, Iterator<Expr> literals) {
    this.rows = rows;
    this.literals = literals;
  }

  List<Op> ops(List<Op> ops) {
    var replaced = new ArrayList<Op>();
    for (Op op : ops) {
      replaced.add(op(op));
    }
    return replaced;
  }

  private Rows array(Rows array) {
    return rows.getOrDefault(array, array);
  }

  private Op op(Op op) {
    return switch (op) {
      case Op.Hoist(var row, var from, var index) ->
          new Op.Hoist(row, array(from), expression(index));
      case Op.Do(var statement) -> new Op.Do(statement(statement));
      case Op.Loop(var index, var begin, var end, var body) -> {
        Expr first = expression(begin);
        Expr last = expression(end);
        yield new Op.Loop(index, first, last, ops(body));
      }
      case Op.Elements(var label, var index, var begin, var end, var body) -> {
        Expr first = expression(begin);
        Expr last = expression(end);
        yield new Op.Elements(label, index, first, last, statements(body));
      }
      case Op.Reduce reduce -> {
        Expr target = expression(reduce.target());
        Expr count = expression(reduce.count());
        List<Stmt> body = statements(reduce.body());
        Expr value = expression(reduce.value());
        yield new Op.Reduce(
            reduce.label(),
            reduce.reduction(),
            reduce.type(),
            target,
            reduce.index(),
            count,
            body,
            value);
      }
      case Op.When(var condition, var body) -> {
        Expr test = expression(condition);
        yield new Op.When(test, ops(body));
      }
      case Op.Reserve(var arrays, var index, var length, var limit) -> {
        Expr place = expression(index);
        Expr needed = expression(length);
        yield new Op.Reserve(
            arrays.stream().map(this::array).toList(), place, needed, expression(limit));
      }
      case Op.Invoke(var function, var arguments) -> new Op.Invoke(function, all(arguments));
    };
  }

  private List<Expr> all(List<Expr> expressions) {
    var replaced = new ArrayList<Expr>();
    for (Expr expression : expressions) {
      replaced.add(expression(expression));
    }
    return replaced;
  }

  private List<Stmt> statements(List<Stmt> statements) {
    var replaced = new ArrayList<Stmt>();
    for (Stmt statement : statements) {
      replaced.add(statement(statement));
    }
    return replaced;
  }

  private Optional<Expr> optional(Optional<Expr> expression) {
    return expression.map(this::expression);
  }

  private Stmt statement(Stmt statement) {
    return switch (statement) {
      case Stmt.Declare(var type, var name, var initial) ->
          new Stmt.Declare(type, name, optional(initial));
      case Stmt.Evaluate(var expression) -> new Stmt.Evaluate(expression(expression));
      case Stmt.Block(var statements) -> new Stmt.Block(statements(statements));
      case Stmt.If(var condition, var whenTrue, var whenFalse) -> {
        Expr test = expression(condition);
        Stmt yes = statement(whenTrue);
        yield new Stmt.If(test, yes, whenFalse.map(this::statement));
      }
      case Stmt.While(var condition, var body) -> {
        Expr test = expression(condition);
        yield new Stmt.While(test, statement(body));
      }
      case Stmt.DoWhile(var body, var condition) -> {
        Stmt repeated = statement(body);
        yield new Stmt.DoWhile(repeated, expression(condition));
      }
      case Stmt.For(var initial, var condition, var update, var body) -> {
        List<Stmt> first = statements(initial);
        Optional<Expr> test = optional(condition);
        Optional<Expr> next = optional(update);
        yield new Stmt.For(first, test, next, statement(body));
      }
      case Stmt.Switch(var selector, var cases) -> {
        Expr chosen = expression(selector);
        var parts = new ArrayList<Stmt.Case>();
        for (Stmt.Case part : cases) {
          parts.add(new Stmt.Case(part.labels(), part.isDefault(), statements(part.statements())));
        }
        yield new Stmt.Switch(chosen, parts);
      }
      case Stmt.Break _, Stmt.Continue _ -> statement;
      case Stmt.ForEachSynapse(var body) -> new Stmt.ForEachSynapse(statement(body));
    };
  }

  private Expr fixed(Expr expression) {
    return expression instanceof Expr.Literal ? expression : expression(expression);
  }

  private Expr expression(Expr expression) {
    return switch (expression) {
      case Expr.Literal _ -> literals.next();
      case Expr.Text _, Expr.Name _ -> expression;
      case Expr.Subscript(var type, var base, var index) -> {
        Expr row = expression(base);
        yield new Expr.Subscript(type, row, expression(index));
      }
      case Expr.Delayed(var type, var name, var steps) ->
          new Expr.Delayed(type, name, expression(steps));
      case Expr.Unary(var type, var operator, var operand) ->
          new Expr.Unary(type, operator, expression(operand));
      case Expr.Binary binary -> {
        Expr left = expression(binary.left());
        Expr right = Shape.isFixed(binary) ? fixed(binary.right()) : expression(binary.right());
        yield new Expr.Binary(binary.type(), binary.operator(), left, right);
      }
      case Expr.Conditional(var type, var condition, var whenTrue, var whenFalse) -> {
        Expr test = expression(condition);
        Expr yes = expression(whenTrue);
        yield new Expr.Conditional(type, test, yes, expression(whenFalse));
      }
      case Expr.Convert(var type, var operand) -> new Expr.Convert(type, expression(operand));
      case Expr.Assign(var type, var target, var compound, var value) -> {
        Expr place = expression(target);
        yield new Expr.Assign(
            type, place, compound, compound.isPlain() ? expression(value) : fixed(value));
      }
      case Expr.Increment(var type, var target, var decrement, var postfix) ->
          new Expr.Increment(type, expression(target), decrement, postfix);
      case Expr.Call call ->
          new Expr.Call(
              call.type(),
              call.function(),
              call.overload(),
              Shape.isFixed(call)
                  ? call.arguments().stream().map(this::fixed).toList()
                  : all(call.arguments()));
      case Expr.Sequence(var type, var first, var second) -> {
        Expr before = expression(first);
        yield new Expr.Sequence(type, before, expression(second));
      }
    };
  }
}
