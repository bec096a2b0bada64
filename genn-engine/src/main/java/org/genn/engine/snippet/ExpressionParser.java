package org.genn.engine.snippet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Recursive descent over the types and expressions of a snippet.
final class ExpressionParser {

  /// Binary operators by how tightly they bind, loosest first.
  private static final List<Map<String, BinaryOperator>> LEVELS =
      List.of(
          operators(BinaryOperator.OR),
          operators(BinaryOperator.AND),
          operators(BinaryOperator.BIT_OR),
          operators(BinaryOperator.BIT_XOR),
          operators(BinaryOperator.BIT_AND),
          operators(BinaryOperator.EQUAL, BinaryOperator.NOT_EQUAL),
          operators(
              BinaryOperator.LESS,
              BinaryOperator.LESS_EQUAL,
              BinaryOperator.GREATER,
              BinaryOperator.GREATER_EQUAL),
          operators(BinaryOperator.SHIFT_LEFT, BinaryOperator.SHIFT_RIGHT),
          operators(BinaryOperator.ADD, BinaryOperator.SUBTRACT),
          operators(BinaryOperator.MULTIPLY, BinaryOperator.DIVIDE, BinaryOperator.REMAINDER));

  private static final Map<String, BinaryOperator> COMPOUND =
      Map.of(
          "+=", BinaryOperator.ADD,
          "-=", BinaryOperator.SUBTRACT,
          "*=", BinaryOperator.MULTIPLY,
          "/=", BinaryOperator.DIVIDE,
          "%=", BinaryOperator.REMAINDER,
          "&=", BinaryOperator.BIT_AND,
          "|=", BinaryOperator.BIT_OR,
          "^=", BinaryOperator.BIT_XOR,
          "<<=", BinaryOperator.SHIFT_LEFT,
          ">>=", BinaryOperator.SHIFT_RIGHT);

  private static final Set<String> UNARY = Set.of("*", "+", "-", "~", "!");

  /// GeNN 4 wrote these calls without parentheses.
  private static final Set<String> LEGACY_CALLS =
      Set.of("gennrand", "gennrand_uniform", "gennrand_normal", "gennrand_exponential");

  private final TokenReader tokens;
  private final NumericType scalar;
  private final NumericType timepoint;

  ExpressionParser(TokenReader tokens, NumericType scalar, NumericType timepoint) {
    this.tokens = tokens;
    this.scalar = scalar;
    this.timepoint = timepoint;
  }

  // Types

  /// `constant`: the outermost level is const.
  record TypeName(SnippetType type, boolean constant) {}

  TypeName typeName() {
    var words = new ArrayList<String>();
    boolean constant = false;
    Token first = tokens.peek();
    Span span = first.span();
    while (TokenReader.startsType(tokens.peek())) {
      Token word = tokens.next();
      span = first.span().to(word.span());
      if (word.is("const")) {
        constant = true;
      } else if (words.size() <= 4) {
        words.add(word.text());
      }
    }
    if (words.isEmpty()) {
      throw tokens.expected("a type");
    }
    Optional<NumericType> numeric = TypeNames.numeric(words, scalar, timepoint);
    if (numeric.isEmpty()) {
      tokens.report(span, "'" + String.join(" ", words) + "' is not a type");
    }
    SnippetType type = SnippetType.of(numeric.orElse(scalar));
    int stars = 0;
    while (tokens.peek().is("*")) {
      Token star = tokens.next();
      type = new SnippetType.Pointer(type, constant);
      constant = false;
      if (++stars > 8) {
        tokens.report(star, "too many '*'");
        throw TokenReader.Fault.RECOVERABLE;
      }
      while (tokens.peek().is("const")) {
        tokens.skip();
        constant = true;
      }
    }
    return new TypeName(type, constant);
  }

  // Expressions

  Syntax.Expression commaExpression() {
    Syntax.Expression left = assignment();
    while (tokens.accept(",")) {
      left = tokens.bounded(new Syntax.Sequence(left, assignment()));
    }
    return left;
  }

  Syntax.Expression assignment() {
    tokens.enter();
    Syntax.Expression left = conditional();
    Token operator = tokens.peek();
    if (operator.is("=")
        || (operator.is(Token.Kind.PUNCTUATION) && COMPOUND.containsKey(operator.text()))) {
      tokens.skip();
      left =
          tokens.bounded(
              new Syntax.Assign(
                  Optional.ofNullable(COMPOUND.get(operator.text())),
                  operator,
                  left,
                  assignment()));
    }
    tokens.leave();
    return left;
  }

  Syntax.Expression conditional() {
    Syntax.Expression condition = binary(0);
    if (tokens.accept("?")) {
      tokens.enter();
      Syntax.Expression whenTrue = commaExpression();
      tokens.expect(":", "between the branches of '?'");
      condition = tokens.bounded(new Syntax.Conditional(condition, whenTrue, conditional()));
      tokens.leave();
    }
    return condition;
  }

  private Syntax.Expression binary(int loosest) {
    Syntax.Expression left = cast();
    while (tokens.peek().is(Token.Kind.PUNCTUATION)) {
      Token operator = tokens.peek();
      int level = loosest;
      while (level < LEVELS.size() && !LEVELS.get(level).containsKey(operator.text())) {
        level++;
      }
      if (level == LEVELS.size()) {
        break;
      }
      tokens.skip();
      tokens.enter();
      Syntax.Expression right = binary(level + 1);
      tokens.leave();
      left =
          tokens.bounded(
              new Syntax.Binary(
                  LEVELS.get(level).get(operator.text()), operator.span(), left, right));
    }
    return left;
  }

  private Syntax.Expression cast() {
    if (!tokens.peek().is("(") || !TokenReader.startsType(tokens.second())) {
      return unary();
    }
    tokens.enter();
    Span start = tokens.next().span();
    TypeName type = typeName();
    tokens.expect(")", "after the type of the cast");
    Syntax.Expression operand = cast();
    tokens.leave();
    return tokens.bounded(new Syntax.Cast(start.to(operand.span()), type.type(), operand));
  }

  private Syntax.Expression unary() {
    Token operator = tokens.peek();
    if (operator.is("++") || operator.is("--")) {
      tokens.skip();
      tokens.enter();
      Syntax.Expression target = unary();
      tokens.leave();
      return tokens.bounded(
          new Syntax.Step(operator.span().to(target.span()), operator, target, false));
    }
    if (operator.is(Token.Kind.PUNCTUATION) && UNARY.contains(operator.text())) {
      tokens.skip();
      tokens.enter();
      Syntax.Expression operand = cast();
      tokens.leave();
      return tokens.bounded(new Syntax.Unary(operator, operand));
    }
    if (operator.is("&")) {
      tokens.report(operator, "there is no address-of operator '&' in the snippet language");
      throw TokenReader.Fault.RECOVERABLE;
    }
    return postfix();
  }

  private Syntax.Expression postfix() {
    Syntax.Expression result = primary();
    while (true) {
      Token token = tokens.peek();
      if (token.is("(")) {
        tokens.skip();
        List<Syntax.Expression> arguments = arguments();
        Span span = result.span().to(tokens.previous().span());
        if (result instanceof Syntax.Name function) {
          result = tokens.bounded(new Syntax.Call(span, function, arguments));
        } else {
          tokens.report(result.span(), "only a function can be called");
          result = new Syntax.Broken(span);
        }
      } else if (token.is("[")) {
        tokens.skip();
        Syntax.Expression index = commaExpression();
        tokens.expect("]", "after the subscript");
        result =
            tokens.bounded(
                new Syntax.Subscript(result.span().to(tokens.previous().span()), result, index));
      } else if (token.is("++") || token.is("--")) {
        tokens.skip();
        result =
            tokens.bounded(new Syntax.Step(result.span().to(token.span()), token, result, true));
      } else if (token.is(".")) {
        tokens.report(token, "there are no structures and members in the snippet language");
        throw TokenReader.Fault.RECOVERABLE;
      } else {
        return result;
      }
    }
  }

  /// Arguments and the closing parenthesis.
  private List<Syntax.Expression> arguments() {
    var arguments = new ArrayList<Syntax.Expression>();
    if (!tokens.peek().is(")")) {
      do {
        arguments.add(assignment());
      } while (tokens.accept(","));
    }
    tokens.expect(")", "after the arguments");
    return arguments;
  }

  private Syntax.Expression primary() {
    Token token = tokens.peek();
    switch (token.kind()) {
      case IDENTIFIER -> {
        tokens.skip();
        return new Syntax.Name(token.span(), token.text());
      }
      case NUMBER -> {
        tokens.skip();
        return new Syntax.Number(token.span(), token.text());
      }
      case STRING -> {
        tokens.skip();
        return new Syntax.Text(token.span(), token.text());
      }
      case BAD -> {
        tokens.skip();
        return new Syntax.Broken(token.span());
      }
      case LEGACY -> {
        return legacy();
      }
      case RESERVED -> {
        tokens.report(token, "'" + token.text() + "' is not part of the snippet language");
        throw TokenReader.Fault.RECOVERABLE;
      }
      case KEYWORD -> {
        if (token.is("true") || token.is("false")) {
          tokens.skip();
          return new Syntax.Truth(token.span(), token.is("true"));
        }
        throw tokens.expected("an expression");
      }
      case PUNCTUATION -> {
        if (token.is("(")) {
          return inParentheses();
        }
        throw tokens.expected("an expression");
      }
      case TYPE, END -> throw tokens.expected("an expression");
    }
    throw new AssertionError();
  }

  /// `$(name)` and `$(function, arguments…)` of GeNN 4.
  private Syntax.Expression legacy() {
    Token open = tokens.next();
    Token name = tokens.peek();
    if (!name.is(Token.Kind.IDENTIFIER)) {
      throw tokens.expected("a name");
    }
    tokens.skip();
    var function = new Syntax.Name(name.span(), name.text());
    if (name.text().equals("endRow") || name.text().equals("endCol")) {
      tokens.report(
          name,
          "'$("
              + name.text()
              + ")' of GeNN 4 has no counterpart; let the build code loop over the whole row or"
              + " column");
      throw TokenReader.Fault.RECOVERABLE;
    }
    if (tokens.accept(",")) {
      List<Syntax.Expression> arguments = arguments();
      return tokens.bounded(
          new Syntax.Call(open.span().to(tokens.previous().span()), function, arguments));
    }
    tokens.expect(")", "after the name");
    return LEGACY_CALLS.contains(name.text()) && !tokens.peek().is("(")
        ? new Syntax.Call(open.span().to(tokens.previous().span()), function, List.of())
        : function;
  }

  Syntax.Expression inParentheses() {
    tokens.expect("(", "");
    Syntax.Expression result = commaExpression();
    tokens.expect(")", "after the expression");
    return result;
  }

  private static Map<String, BinaryOperator> operators(BinaryOperator... operators) {
    var result = new HashMap<String, BinaryOperator>();
    for (BinaryOperator operator : operators) {
      result.put(operator.symbol(), operator);
    }
    return Map.copyOf(result);
  }
}
