package org.genn.engine.snippet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Recursive descent over the statements of one snippet.
///
/// After a fault it goes on behind the next `;` or at the next token that starts a statement, so
/// that it can report several.
final class Parser {
  private final TokenReader tokens;
  private final ExpressionParser expressions;

  Parser(List<Token> tokens, Diagnostics diagnostics, NumericType scalar, NumericType timepoint) {
    this.tokens = new TokenReader(tokens, diagnostics);
    expressions = new ExpressionParser(this.tokens, scalar, timepoint);
  }

  /// Names in stretches of code that were skipped after a fault: one of them may have been declared
  /// there.
  Set<String> unclear() {
    return tokens.unclear();
  }

  List<Syntax.Statement> statements() {
    var result = new ArrayList<Syntax.Statement>();
    try {
      while (!tokens.atEnd()) {
        if (tokens.peek().is("}")) {
          tokens.report(tokens.peek(), "this '}' closes nothing");
          tokens.skip();
        } else {
          blockItem(result);
        }
      }
    } catch (TokenReader.Fault fatal) {
      tokens.skipAll();
    }
    return result;
  }

  Syntax.Expression expression() {
    try {
      Syntax.Expression result = expressions.commaExpression();
      if (!tokens.atEnd()) {
        throw tokens.expected("the end of the expression");
      }
      return result;
    } catch (TokenReader.Fault _) {
      tokens.skipAll();
      return new Syntax.Broken(tokens.peek().span());
    }
  }

  Optional<SnippetType> type() {
    try {
      Span start = tokens.peek().span();
      ExpressionParser.TypeName result = expressions.typeName();
      if (result.constant()) {
        tokens.report(start, "the type must not be const itself, only what it points to");
      }
      if (!tokens.atEnd()) {
        throw tokens.expected("the end of the type");
      }
      return Optional.of(result.type());
    } catch (TokenReader.Fault _) {
      return Optional.empty();
    }
  }

  private void blockItem(List<Syntax.Statement> into) {
    var start = tokens.mark();
    try {
      if (tokens.peek().is(Token.Kind.BAD)) {
        tokens.skip();
      } else if (TokenReader.startsType(tokens.peek())) {
        declaration(into);
      } else if (tokens.peek().is("case") || tokens.peek().is("default")) {
        into.add(label());
      } else {
        into.add(statement());
      }
    } catch (TokenReader.Fault fault) {
      if (fault == TokenReader.Fault.FATAL) {
        throw fault;
      }
      tokens.recover(start);
    }
  }

  private Syntax.Statement statement() {
    tokens.enter();
    Token first = tokens.peek();
    Syntax.Statement result =
        switch (first.is(Token.Kind.KEYWORD) || first.is(Token.Kind.PUNCTUATION)
            ? first.text()
            : "") {
          case "{" -> new Syntax.Block(first.span(), block());
          case ";" -> {
            tokens.skip();
            yield new Syntax.Block(first.span(), List.of());
          }
          case "if" -> ifStatement();
          case "switch" -> {
            tokens.skip();
            Syntax.Expression selector = expressions.inParentheses();
            if (!tokens.peek().is("{")) {
              throw tokens.expected("'{' after the selector of the switch");
            }
            yield new Syntax.Switch(first.span(), selector, block());
          }
          case "while" -> {
            tokens.skip();
            yield new Syntax.While(first.span(), expressions.inParentheses(), statement());
          }
          case "do" -> {
            tokens.skip();
            Syntax.Statement body = statement();
            tokens.expect("while", "after the body of the do loop");
            Syntax.Expression condition = expressions.inParentheses();
            tokens.endOfStatement();
            yield new Syntax.DoWhile(first.span(), body, condition);
          }
          case "for" -> forStatement();
          case "for_each_synapse" -> {
            tokens.skip();
            yield new Syntax.ForEachSynapse(first.span(), statement());
          }
          case "break", "continue" -> {
            tokens.skip();
            tokens.endOfStatement();
            yield new Syntax.Jump(first.span(), first.is("break"));
          }
          case "case", "default" -> {
            Syntax.Statement label = label();
            yield new Syntax.Block(first.span(), List.of(label, statement()));
          }
          default -> {
            if (TokenReader.startsType(first)) {
              tokens.report(first, "a declaration is not possible here; put it into braces");
              throw TokenReader.Fault.RECOVERABLE;
            }
            Syntax.Expression expression = expressions.commaExpression();
            tokens.endOfStatement();
            yield new Syntax.Evaluate(expression.span(), expression);
          }
        };
    tokens.leave();
    return result;
  }

  private List<Syntax.Statement> block() {
    Token open = tokens.next();
    var statements = new ArrayList<Syntax.Statement>();
    while (!tokens.peek().is("}")) {
      if (tokens.atEnd()) {
        tokens.reportEnd(open.span(), "this '{' is not closed; expected '}'");
        return statements;
      }
      blockItem(statements);
    }
    tokens.skip();
    return statements;
  }

  private Syntax.Statement ifStatement() {
    Span span = tokens.next().span();
    Syntax.Expression condition = expressions.inParentheses();
    Syntax.Statement whenTrue = statement();
    if (!tokens.peek().is("else")) {
      return new Syntax.If(span, condition, whenTrue, Optional.empty());
    }
    tokens.skip();
    return new Syntax.If(span, condition, whenTrue, Optional.of(statement()));
  }

  private Syntax.Statement forStatement() {
    Span span = tokens.next().span();
    tokens.expect("(", "after 'for'");
    var initial = new ArrayList<Syntax.Statement>();
    if (TokenReader.startsType(tokens.peek())) {
      declaration(initial);
    } else if (tokens.peek().is(";")) {
      tokens.skip();
    } else {
      Syntax.Expression expression = expressions.commaExpression();
      tokens.expect(";", "after the start of the for loop");
      initial.add(new Syntax.Evaluate(expression.span(), expression));
    }
    Optional<Syntax.Expression> condition =
        tokens.peek().is(";") ? Optional.empty() : Optional.of(expressions.commaExpression());
    tokens.expect(";", "after the condition of the for loop");
    Optional<Syntax.Expression> update =
        tokens.peek().is(")") ? Optional.empty() : Optional.of(expressions.commaExpression());
    tokens.expect(")", "after the head of the for loop");
    return new Syntax.For(span, initial, condition, update, statement());
  }

  private Syntax.Statement label() {
    Token word = tokens.next();
    Optional<Syntax.Expression> value =
        word.is("case") ? Optional.of(expressions.conditional()) : Optional.empty();
    tokens.expect(":", word.is("case") ? "after the value of the case" : "after 'default'");
    return new Syntax.Label(value.map(v -> word.span().to(v.span())).orElse(word.span()), value);
  }

  private void declaration(List<Syntax.Statement> into) {
    ExpressionParser.TypeName type = expressions.typeName();
    do {
      Token name = tokens.peek();
      if (name.is(Token.Kind.RESERVED)) {
        tokens.report(name, "'" + name.text() + "' is a word of C and cannot be a name");
        throw TokenReader.Fault.RECOVERABLE;
      }
      if (!name.is(Token.Kind.IDENTIFIER)) {
        throw tokens.expected("the name of a variable");
      }
      tokens.skip();
      if (tokens.peek().is("[")) {
        tokens.report(
            tokens.peek(), "arrays cannot be declared in a snippet; use an extra global parameter");
        throw TokenReader.Fault.RECOVERABLE;
      }
      if (tokens.peek().is("(")) {
        tokens.report(tokens.peek(), "functions cannot be declared in a snippet");
        throw TokenReader.Fault.RECOVERABLE;
      }
      Optional<Syntax.Expression> initial = Optional.empty();
      if (tokens.accept("=")) {
        initial = Optional.of(expressions.assignment());
      }
      into.add(new Syntax.Declare(name.span(), type.type(), type.constant(), name.text(), initial));
    } while (tokens.accept(","));
    tokens.endOfStatement();
  }
}
