package org.genn.engine.snippet;

import java.util.List;
import java.util.Optional;

/// The tree as parsed: no types yet, but positions. The parser bounds `height`, so that everything
/// that walks these trees, or the checked ones made from them, may recurse.
sealed interface Syntax {

  Span span();

  sealed interface Expression extends Syntax {
    default int height() {
      return 1;
    }
  }

  /// Stands for an expression with a fault that has been reported.
  record Broken(Span span) implements Expression {}

  record Number(Span span, String text) implements Expression {}

  record Truth(Span span, boolean value) implements Expression {}

  record Text(Span span, String characters) implements Expression {}

  record Name(Span span, String name) implements Expression {}

  /// `* + - ~ !`
  record Unary(Span span, Token operator, Expression operand, int height) implements Expression {
    Unary(Token operator, Expression operand) {
      this(operator.span().to(operand.span()), operator, operand, operand.height() + 1);
    }
  }

  record Step(Span span, Token operator, Expression target, boolean postfix, int height)
      implements Expression {
    Step(Span span, Token operator, Expression target, boolean postfix) {
      this(span, operator, target, postfix, target.height() + 1);
    }
  }

  record Binary(
      Span span, BinaryOperator operator, Span at, Expression left, Expression right, int height)
      implements Expression {
    Binary(BinaryOperator operator, Span at, Expression left, Expression right) {
      this(
          left.span().to(right.span()),
          operator,
          at,
          left,
          right,
          Math.max(left.height(), right.height()) + 1);
    }
  }

  record Conditional(Expression condition, Expression whenTrue, Expression whenFalse, int height)
      implements Expression {
    Conditional(Expression condition, Expression whenTrue, Expression whenFalse) {
      this(
          condition,
          whenTrue,
          whenFalse,
          Math.max(condition.height(), Math.max(whenTrue.height(), whenFalse.height())) + 1);
    }

    @Override
    public Span span() {
      return condition.span().to(whenFalse.span());
    }
  }

  /// `operator` is absent for `=`.
  record Assign(
      Optional<BinaryOperator> operator, Token at, Expression target, Expression value, int height)
      implements Expression {
    Assign(Optional<BinaryOperator> operator, Token at, Expression target, Expression value) {
      this(operator, at, target, value, Math.max(target.height(), value.height()) + 1);
    }

    @Override
    public Span span() {
      return target.span().to(value.span());
    }
  }

  record Call(Span span, Name function, List<Expression> arguments, int height)
      implements Expression {
    Call(Span span, Name function, List<Expression> arguments) {
      this(
          span,
          function,
          arguments,
          arguments.stream().mapToInt(Expression::height).max().orElse(0) + 1);
    }
  }

  record Subscript(Span span, Expression base, Expression index, int height) implements Expression {
    Subscript(Span span, Expression base, Expression index) {
      this(span, base, index, Math.max(base.height(), index.height()) + 1);
    }
  }

  record Cast(Span span, SnippetType type, Expression operand, int height) implements Expression {
    Cast(Span span, SnippetType type, Expression operand) {
      this(span, type, operand, operand.height() + 1);
    }
  }

  record Sequence(Expression first, Expression second, int height) implements Expression {
    Sequence(Expression first, Expression second) {
      this(first, second, Math.max(first.height(), second.height()) + 1);
    }

    @Override
    public Span span() {
      return first.span().to(second.span());
    }
  }

  sealed interface Statement extends Syntax {}

  /// `constant` is about the variable itself, not what it points to.
  record Declare(
      Span span, SnippetType type, boolean constant, String name, Optional<Expression> initial)
      implements Statement {}

  record Evaluate(Span span, Expression expression) implements Statement {}

  record Block(Span span, List<Statement> statements) implements Statement {}

  record If(Span span, Expression condition, Statement whenTrue, Optional<Statement> whenFalse)
      implements Statement {}

  record While(Span span, Expression condition, Statement body) implements Statement {}

  record DoWhile(Span span, Statement body, Expression condition) implements Statement {}

  record For(
      Span span,
      List<Statement> initial,
      Optional<Expression> condition,
      Optional<Expression> update,
      Statement body)
      implements Statement {}

  record Switch(Span span, Expression selector, List<Statement> body) implements Statement {}

  /// `case value:`, without value `default:`.
  record Label(Span span, Optional<Expression> value) implements Statement {}

  record Jump(Span span, boolean isBreak) implements Statement {}

  record ForEachSynapse(Span span, Statement body) implements Statement {}
}
