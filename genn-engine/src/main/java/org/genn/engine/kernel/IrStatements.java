package org.genn.engine.kernel;

import java.util.List;
import java.util.Map;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// Verifies the statements and expressions of a function.
final class IrStatements {
  private final IrScope scope;
  private final Map<String, Function> functions;

  IrStatements(IrScope scope, Map<String, Function> functions) {
    this.scope = scope;
    this.functions = functions;
  }

  void check(Stmt statement) {
    switch (statement) {
      case Stmt.Declare(var type, var name, var initial) -> {
        initial.ifPresent(
            value -> {
              expression(value);
              same(unqualified(type), unqualified(value.type()), "initial value of '%s'", name);
            });
        scope.declare(name, type);
      }
      case Stmt.Evaluate(var expression) -> expression(expression);
      case Stmt.Block(var statements) -> nested(statements);
      case Stmt.If(var condition, var whenTrue, var whenFalse) -> {
        condition(condition);
        nested(List.of(whenTrue));
        whenFalse.ifPresent(other -> nested(List.of(other)));
      }
      case Stmt.While(var condition, var body) -> {
        condition(condition);
        nested(List.of(body));
      }
      case Stmt.DoWhile(var body, var condition) -> {
        nested(List.of(body));
        condition(condition);
      }
      case Stmt.For(var initial, var condition, var update, var body) -> {
        scope.open();
        initial.forEach(this::check);
        condition.ifPresent(this::condition);
        update.ifPresent(this::expression);
        nested(List.of(body));
        scope.close();
      }
      case Stmt.Switch(var selector, var cases) -> {
        expression(selector);
        scope.open();
        cases.forEach(part -> part.statements().forEach(this::check));
        scope.close();
      }
      case Stmt.Break _, Stmt.Continue _ -> {}
      case Stmt.ForEachSynapse _ -> throw problem("for_each_synapse has not been lowered");
    }
  }

  private void nested(List<Stmt> statements) {
    scope.open();
    statements.forEach(this::check);
    scope.close();
  }

  private void condition(Expr condition) {
    expression(condition);
    same(SnippetType.BOOL, condition.type(), "condition");
  }

  void expression(Expr expression) {
    switch (expression) {
      case Expr.Literal _, Expr.Text _ -> {}
      case Expr.Name(var type, var name) ->
          same(unqualified(scope.type(name)), unqualified(type), "'%s'", name);
      case Expr.Subscript(var type, var base, var index) -> {
        expression(base);
        expression(index);
        if (!(base.type() instanceof SnippetType.Pointer(var element, _))) {
          throw problem("no pointer is subscripted: " + base);
        }
        same(element, type, "element of %s", base);
        integer(index);
      }
      case Expr.Delayed(_, var name, _) ->
          throw problem("delayed access to '" + name + "' has not been lowered");
      case Expr.Unary(var type, _, var operand) -> {
        expression(operand);
        same(type, operand.type(), "operand");
      }
      case Expr.Binary binary -> binary(binary);
      case Expr.Conditional(var type, var condition, var whenTrue, var whenFalse) -> {
        condition(condition);
        expression(whenTrue);
        expression(whenFalse);
        same(unqualified(type), unqualified(whenTrue.type()), "first choice");
        same(unqualified(type), unqualified(whenFalse.type()), "second choice");
      }
      case Expr.Convert(_, var operand) -> {
        expression(operand);
        if (!(operand.type() instanceof SnippetType.Number)) {
          throw problem("no number is converted: " + operand);
        }
      }
      case Expr.Assign assign -> assign(assign);
      case Expr.Increment(var type, var target, _, _) -> {
        target(target);
        same(type, target.type(), "target of an increment");
      }
      case Expr.Call call -> call(call);
      case Expr.Sequence(var type, var first, var second) -> {
        expression(first);
        expression(second);
        same(type, second.type(), "second part of a sequence");
      }
    }
  }

  private void binary(Expr.Binary binary) {
    Expr left = binary.left();
    Expr right = binary.right();
    expression(left);
    expression(right);
    boolean points =
        left.type() instanceof SnippetType.Pointer || right.type() instanceof SnippetType.Pointer;
    BinaryOperator operator = binary.operator();
    if (points) {
      return;
    }
    if (operator.isLogical()) {
      same(SnippetType.BOOL, left.type(), "left side of %s", operator.symbol());
      same(SnippetType.BOOL, right.type(), "right side of %s", operator.symbol());
    } else if (operator == BinaryOperator.SHIFT_LEFT || operator == BinaryOperator.SHIFT_RIGHT) {
      integer(left);
      integer(right);
      same(binary.type(), left.type(), "left side of %s", operator.symbol());
      return;
    } else {
      same(left.type(), right.type(), "right side of %s", operator.symbol());
    }
    boolean isTruth = operator.isComparison() || operator.isLogical();
    same(
        isTruth ? SnippetType.BOOL : left.type(), binary.type(), "result of %s", operator.symbol());
  }

  private void assign(Expr.Assign assign) {
    target(assign.target());
    expression(assign.value());
    SnippetType target = assign.target().type();
    same(unqualified(target), unqualified(assign.type()), "assignment");
    if (assign.compound().isPlain()) {
      same(unqualified(target), unqualified(assign.value().type()), "assigned value");
    } else if (target instanceof SnippetType.Pointer) {
      integer(assign.value());
    } else if (assign.compound().operator() != BinaryOperator.SHIFT_LEFT
        && assign.compound().operator() != BinaryOperator.SHIFT_RIGHT) {
      same(assign.compound().common(), assign.value().type(), "assigned value");
    }
  }

  private void target(Expr target) {
    expression(target);
    if (target instanceof Expr.Name(_, var name)) {
      if (scope.isRow(name)) {
        throw problem("row '" + name + "' is assigned");
      }
    } else if (!(target instanceof Expr.Subscript)) {
      throw problem("the target of an assignment is neither a variable nor an element: " + target);
    }
  }

  private void call(Expr.Call call) {
    if (functions.containsKey(call.function())) {
      invoke(call.function(), call.arguments());
      return;
    }
    call.arguments().forEach(this::expression);
    var parameters = call.overload().parameters();
    boolean fits =
        call.overload().variadic()
            ? call.arguments().size() >= parameters.size()
            : call.arguments().size() == parameters.size();
    if (!fits) {
      throw problem(
          "'%s' has %d arguments, not %d"
              .formatted(call.function(), call.arguments().size(), parameters.size()));
    }
    for (int i = 0; i < parameters.size(); i++) {
      same(
          unqualified(parameters.get(i)),
          unqualified(call.arguments().get(i).type()),
          "argument %d of '%s'",
          i + 1,
          call.function());
    }
  }

  void invoke(String name, List<Expr> arguments) {
    Function function = functions.get(name);
    if (function == null) {
      throw problem("the program has no function '" + name + "'");
    }
    arguments.forEach(this::expression);
    if (arguments.size() != function.parameters().size()) {
      throw problem(
          "'%s' has %d arguments, not %d"
              .formatted(name, arguments.size(), function.parameters().size()));
    }
    for (int i = 0; i < arguments.size(); i++) {
      same(
          unqualified(function.parameters().get(i).type()),
          unqualified(arguments.get(i).type()),
          "argument %d of '%s'",
          i + 1,
          name);
    }
  }

  private void integer(Expr expression) {
    if (!(expression.type() instanceof SnippetType.Number(NumericType type))
        || !type.isIntegral()) {
      throw problem("no integer: " + expression);
    }
  }

  /// @param what format of what has the type; made into text only where the types differ
  private void same(SnippetType wanted, SnippetType found, String what, Object... details) {
    if (wanted != found && !wanted.equals(found)) {
      throw problem("%s has type %s, not %s".formatted(what.formatted(details), found, wanted));
    }
  }

  /// Whether elements may be written does not matter here.
  private static SnippetType unqualified(SnippetType type) {
    return type instanceof SnippetType.Pointer(var element, var constant) && constant
        ? new SnippetType.Pointer(element, false)
        : type;
  }

  private IllegalStateException problem(String what) {
    return IrVerifier.problem(scope.where(), what);
  }
}
