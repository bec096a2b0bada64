package org.genn.engine.snippet;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Types of statements: scopes, declarations, the contexts of `break`, `continue` and `case`.
final class StatementChecker {

  private final ExpressionChecker expressions;
  private final Locals locals;
  private int loops;
  private int switches;

  StatementChecker(ExpressionChecker expressions, Locals locals) {
    this.expressions = expressions;
    this.locals = locals;
  }

  List<Stmt> statements(List<Syntax.Statement> statements) {
    return statements.stream().map(this::statement).toList();
  }

  private Stmt statement(Syntax.Statement statement) {
    return switch (statement) {
      case Syntax.Declare declare -> declare(declare);
      case Syntax.Evaluate(_, Syntax.Expression expression) ->
          new Stmt.Evaluate(expressions.effect(expression));
      case Syntax.Block(_, List<Syntax.Statement> inner) ->
          scoped(() -> new Stmt.Block(statements(inner)));
      case Syntax.If(_, Syntax.Expression condition, Syntax.Statement whenTrue, var whenFalse) ->
          new Stmt.If(
              expressions.condition(condition),
              statement(whenTrue),
              whenFalse.map(this::statement));
      case Syntax.While(_, Syntax.Expression condition, Syntax.Statement body) ->
          new Stmt.While(expressions.condition(condition), loopBody(body));
      case Syntax.DoWhile(_, Syntax.Statement body, Syntax.Expression condition) -> {
        Stmt checked = loopBody(body);
        yield new Stmt.DoWhile(checked, expressions.condition(condition));
      }
      case Syntax.For loop ->
          scoped(
              () ->
                  new Stmt.For(
                      statements(loop.initial()),
                      loop.condition().map(expressions::condition),
                      loop.update().map(expressions::effect),
                      loopBody(loop.body())));
      case Syntax.Switch choice -> scoped(() -> choice(choice));
      case Syntax.Label(Span span, var value) -> {
        String word = value.isPresent() ? "case" : "default";
        expressions.report(
            span,
            switches > 0
                ? "'" + word + "' must stand directly between the braces of its switch"
                : "'" + word + "' is only possible inside a switch");
        yield new Stmt.Block(List.of());
      }
      case Syntax.Jump(Span span, boolean isBreak) -> jump(span, isBreak);
      case Syntax.ForEachSynapse loop -> forEachSynapse(loop);
    };
  }

  /// The initial value is checked before the name comes into sight: `scalar V = 2 * V;` starts from
  /// the outer `V`.
  private Stmt declare(Syntax.Declare declare) {
    Optional<Expr> initial =
        declare.initial().map(value -> expressions.converted(value, declare.type()));
    if (locals.isDeclaredHere(declare.name())) {
      expressions.report(
          declare.span(),
          Diagnostics.quoted(declare.name()) + " is already declared in this block");
    }
    Locals.Local local = locals.declare(declare.name(), declare.type(), declare.constant());
    return new Stmt.Declare(declare.type(), local.name(), initial);
  }

  private Stmt jump(Span span, boolean isBreak) {
    if (isBreak) {
      if (loops == 0 && switches == 0) {
        expressions.report(span, "'break' is only possible inside a loop or switch");
      }
      return new Stmt.Break();
    }
    if (loops == 0) {
      expressions.report(span, "'continue' is only possible inside a loop");
    }
    return new Stmt.Continue();
  }

  private Stmt forEachSynapse(Syntax.ForEachSynapse loop) {
    Environment outside = expressions.environment();
    if (outside.insideSynapseLoop().isEmpty()) {
      expressions.report(loop.span(), "for_each_synapse is not possible here");
    }
    expressions.environment(outside.insideSynapseLoop().orElse(outside));
    Stmt body = loopBody(loop.body());
    expressions.environment(outside);
    return new Stmt.ForEachSynapse(body);
  }

  private Stmt loopBody(Syntax.Statement body) {
    loops++;
    Stmt result = statement(body);
    loops--;
    return result;
  }

  // Switch

  /// Variables declared directly in the braces of a switch belong to all its cases, so their
  /// declarations are moved to its front; where they stood, the initial value is assigned.
  private Stmt choice(Syntax.Switch choice) {
    Expr selector = selector(choice.selector());
    switches++;
    var cases = new ArrayList<Stmt.Case>();
    var hoisted = new ArrayList<Stmt>();
    Set<Long> seen = new LinkedHashSet<>();
    boolean seenDefault = false;
    var labels = new ArrayList<Long>();
    boolean isDefault = false;
    var statements = new ArrayList<Stmt>();
    boolean inCase = false;
    boolean afterLabel = false;
    for (Syntax.Statement item : choice.body()) {
      if (item instanceof Syntax.Label(Span span, Optional<Syntax.Expression> value)) {
        if (inCase && !afterLabel) {
          cases.add(new Stmt.Case(labels, isDefault, statements));
          labels.clear();
          statements.clear();
          isDefault = false;
        }
        inCase = true;
        afterLabel = true;
        if (value.isPresent()) {
          Optional<Long> label = label(value.get(), selector.type().numeric());
          if (label.isPresent() && !seen.add(label.get())) {
            expressions.report(span, "there are two cases for " + label.get());
          }
          label.ifPresent(labels::add);
        } else {
          if (seenDefault) {
            expressions.report(span, "there are two defaults in this switch");
          }
          seenDefault = true;
          isDefault = true;
        }
        continue;
      }
      if (!inCase) {
        expressions.report(
            item.span(), "expected 'case' or 'default'; what stands before them never runs");
      }
      afterLabel = false;
      Stmt statement = statement(item);
      if (statement
          instanceof Stmt.Declare(SnippetType type, String name, Optional<Expr> initial)) {
        hoisted.add(new Stmt.Declare(type, name, Optional.empty()));
        initial.ifPresent(
            value ->
                statements.add(
                    new Stmt.Evaluate(
                        new Expr.Assign(
                            type, new Expr.Name(type, name), Expr.Compound.PLAIN, value))));
      } else {
        statements.add(statement);
      }
    }
    if (inCase) {
      cases.add(new Stmt.Case(labels, isDefault, statements));
    }
    switches--;
    var result = new Stmt.Switch(selector, cases);
    if (hoisted.isEmpty()) {
      return result;
    }
    hoisted.add(result);
    return new Stmt.Block(hoisted);
  }

  private Expr selector(Syntax.Expression expression) {
    Operand operand = expressions.value(expression);
    if (!operand.isIntegral()) {
      expressions.report(
          expression.span(),
          "the selector of a switch must be an integer, got " + TypeNames.of(operand.type()));
      return Expr.Literal.of(0);
    }
    return operand.promoted();
  }

  /// The constant of a label as a value of the selector's type.
  private Optional<Long> label(Syntax.Expression expression, NumericType type) {
    Operand operand = expressions.value(expression);
    if (operand.isBroken()) {
      return Optional.empty();
    }
    if (!operand.isIntegral()) {
      expressions.report(
          expression.span(),
          "the value of a case must be an integer, got " + TypeNames.of(operand.type()));
      return Optional.empty();
    }
    Optional<Long> value = Constants.fold(operand.expr());
    if (value.isEmpty()) {
      expressions.report(expression.span(), "the value of a case must be a constant");
    }
    return value.map(bits -> Constants.wrap(bits, type));
  }

  private <T> T scoped(Supplier<T> body) {
    locals.open();
    T result = body.get();
    locals.close();
    return result;
  }
}
