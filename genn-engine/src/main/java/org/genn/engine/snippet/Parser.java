package org.genn.engine.snippet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Recursive descent over the tokens of one snippet.
///
/// After a fault it goes on behind the next `;` or at the next token that starts a statement, so
/// that it can report several.
///
/// Nesting and tree height are limited: code that exceeds them gets a diagnostic, not a stack
/// overflow. At the limits the front end needs about 0.3 MB of stack when interpreted, and `equals`
/// of two checked trees, the hungriest use, 0.4 MB of the usual 1 MB.
final class Parser {

  static final int MAX_NESTING = 128;
  static final int MAX_HEIGHT = 200;

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

  private static final Set<String> STATEMENT_KEYWORDS =
      Set.of(
          "do",
          "for",
          "if",
          "while",
          "switch",
          "break",
          "continue",
          "case",
          "default",
          "for_each_synapse");

  /// GeNN 4 wrote these calls without parentheses.
  private static final Set<String> LEGACY_CALLS =
      Set.of("gennrand", "gennrand_uniform", "gennrand_normal", "gennrand_exponential");

  /// Ends the current statement; the diagnostic has been reported.
  private static class Fault extends RuntimeException {
    static final Fault RECOVERABLE = new Fault();
    static final Fault FATAL = new Fault();

    private Fault() {
      super(null, null, false, false);
    }
  }

  private final List<Token> tokens;
  private final Diagnostics diagnostics;
  private final NumericType scalar;
  private final NumericType timepoint;
  private final Set<String> unclear = new HashSet<>();
  private int position;
  private int nesting;
  private boolean endReported;

  Parser(List<Token> tokens, Diagnostics diagnostics, NumericType scalar, NumericType timepoint) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
    this.scalar = scalar;
    this.timepoint = timepoint;
  }

  /// Names in stretches of code that were skipped after a fault: one of them may have been declared
  /// there.
  Set<String> unclear() {
    return unclear;
  }

  List<Syntax.Statement> statements() {
    var result = new ArrayList<Syntax.Statement>();
    try {
      while (!peek().is(Token.Kind.END)) {
        if (peek().is("}")) {
          report(peek(), "this '}' closes nothing");
          position++;
        } else {
          blockItem(result);
        }
      }
    } catch (Fault fatal) {
      skipTo(position, tokens.size() - 1);
    }
    return result;
  }

  Syntax.Expression expression() {
    try {
      Syntax.Expression result = commaExpression();
      if (!peek().is(Token.Kind.END)) {
        throw expected("the end of the expression");
      }
      return result;
    } catch (Fault _) {
      skipTo(position, tokens.size() - 1);
      return new Syntax.Broken(peek().span());
    }
  }

  Optional<SnippetType> type() {
    try {
      Span start = peek().span();
      TypeName result = typeName();
      if (result.constant()) {
        report(start, "the type must not be const itself, only what it points to");
      }
      if (!peek().is(Token.Kind.END)) {
        throw expected("the end of the type");
      }
      return Optional.of(result.type());
    } catch (Fault _) {
      return Optional.empty();
    }
  }

  // Statements

  private void blockItem(List<Syntax.Statement> into) {
    int start = position;
    int depth = nesting;
    try {
      if (peek().is(Token.Kind.BAD)) {
        position++;
      } else if (startsType(peek())) {
        declaration(into);
      } else if (peek().is("case") || peek().is("default")) {
        into.add(label());
      } else {
        into.add(statement());
      }
    } catch (Fault fault) {
      if (fault == Fault.FATAL) {
        throw fault;
      }
      nesting = depth;
      recover(start);
    }
  }

  private void recover(int start) {
    if (position == start && !peek().is("}") && !peek().is(Token.Kind.END)) {
      position++;
    }
    int parentheses = 0;
    while (!peek().is(Token.Kind.END) && !peek().is("}")) {
      Token token = peek();
      if (parentheses <= 0
          && (startsStatement(token) || token.is("{"))
          && !(token.is("case") || token.is("default"))) {
        break;
      }
      parentheses += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      position++;
      if (token.is(";")) {
        break;
      }
    }
    skipTo(start, position);
  }

  private void skipTo(int from, int to) {
    for (Token token : tokens.subList(from, to)) {
      if (token.is(Token.Kind.IDENTIFIER)) {
        unclear.add(token.text());
      }
    }
    position = to;
  }

  private Syntax.Statement statement() {
    enter();
    Token first = peek();
    Syntax.Statement result =
        switch (first.is(Token.Kind.KEYWORD) || first.is(Token.Kind.PUNCTUATION)
            ? first.text()
            : "") {
          case "{" -> new Syntax.Block(first.span(), block());
          case ";" -> {
            position++;
            yield new Syntax.Block(first.span(), List.of());
          }
          case "if" -> ifStatement();
          case "switch" -> {
            position++;
            Syntax.Expression selector = inParentheses();
            if (!peek().is("{")) {
              throw expected("'{' after the selector of the switch");
            }
            yield new Syntax.Switch(first.span(), selector, block());
          }
          case "while" -> {
            position++;
            yield new Syntax.While(first.span(), inParentheses(), statement());
          }
          case "do" -> {
            position++;
            Syntax.Statement body = statement();
            expect("while", "after the body of the do loop");
            Syntax.Expression condition = inParentheses();
            endOfStatement();
            yield new Syntax.DoWhile(first.span(), body, condition);
          }
          case "for" -> forStatement();
          case "for_each_synapse" -> {
            position++;
            yield new Syntax.ForEachSynapse(first.span(), statement());
          }
          case "break", "continue" -> {
            position++;
            endOfStatement();
            yield new Syntax.Jump(first.span(), first.is("break"));
          }
          case "case", "default" -> {
            Syntax.Statement label = label();
            yield new Syntax.Block(first.span(), List.of(label, statement()));
          }
          default -> {
            if (startsType(first)) {
              report(first, "a declaration is not possible here; put it into braces");
              throw Fault.RECOVERABLE;
            }
            Syntax.Expression expression = commaExpression();
            endOfStatement();
            yield new Syntax.Evaluate(expression.span(), expression);
          }
        };
    leave();
    return result;
  }

  private List<Syntax.Statement> block() {
    Token open = next();
    var statements = new ArrayList<Syntax.Statement>();
    while (!peek().is("}")) {
      if (peek().is(Token.Kind.END)) {
        if (!endReported) {
          endReported = true;
          report(open, "this '{' is not closed; expected '}'");
        }
        return statements;
      }
      blockItem(statements);
    }
    position++;
    return statements;
  }

  private Syntax.Statement ifStatement() {
    Span span = next().span();
    Syntax.Expression condition = inParentheses();
    Syntax.Statement whenTrue = statement();
    if (!peek().is("else")) {
      return new Syntax.If(span, condition, whenTrue, Optional.empty());
    }
    position++;
    return new Syntax.If(span, condition, whenTrue, Optional.of(statement()));
  }

  private Syntax.Statement forStatement() {
    Span span = next().span();
    expect("(", "after 'for'");
    var initial = new ArrayList<Syntax.Statement>();
    if (startsType(peek())) {
      declaration(initial);
    } else if (peek().is(";")) {
      position++;
    } else {
      Syntax.Expression expression = commaExpression();
      expect(";", "after the start of the for loop");
      initial.add(new Syntax.Evaluate(expression.span(), expression));
    }
    Optional<Syntax.Expression> condition =
        peek().is(";") ? Optional.empty() : Optional.of(commaExpression());
    expect(";", "after the condition of the for loop");
    Optional<Syntax.Expression> update =
        peek().is(")") ? Optional.empty() : Optional.of(commaExpression());
    expect(")", "after the head of the for loop");
    return new Syntax.For(span, initial, condition, update, statement());
  }

  private Syntax.Statement label() {
    Token word = next();
    Optional<Syntax.Expression> value =
        word.is("case") ? Optional.of(conditional()) : Optional.empty();
    expect(":", word.is("case") ? "after the value of the case" : "after 'default'");
    return new Syntax.Label(value.map(v -> word.span().to(v.span())).orElse(word.span()), value);
  }

  private void declaration(List<Syntax.Statement> into) {
    TypeName type = typeName();
    do {
      Token name = peek();
      if (name.is(Token.Kind.RESERVED)) {
        report(name, "'" + name.text() + "' is a word of C and cannot be a name");
        throw Fault.RECOVERABLE;
      }
      if (!name.is(Token.Kind.IDENTIFIER)) {
        throw expected("the name of a variable");
      }
      position++;
      if (peek().is("[")) {
        report(peek(), "arrays cannot be declared in a snippet; use an extra global parameter");
        throw Fault.RECOVERABLE;
      }
      if (peek().is("(")) {
        report(peek(), "functions cannot be declared in a snippet");
        throw Fault.RECOVERABLE;
      }
      Optional<Syntax.Expression> initial = Optional.empty();
      if (accept("=")) {
        initial = Optional.of(assignment());
      }
      into.add(new Syntax.Declare(name.span(), type.type(), type.constant(), name.text(), initial));
    } while (accept(","));
    endOfStatement();
  }

  private static boolean startsStatement(Token token) {
    return startsType(token)
        || (token.is(Token.Kind.KEYWORD) && STATEMENT_KEYWORDS.contains(token.text()));
  }

  // Types

  /// `constant`: the outermost level is const.
  private record TypeName(SnippetType type, boolean constant) {}

  private static boolean startsType(Token token) {
    return token.is(Token.Kind.TYPE) || token.is("const");
  }

  private TypeName typeName() {
    var words = new ArrayList<String>();
    boolean constant = false;
    Token first = peek();
    Span span = first.span();
    while (startsType(peek())) {
      Token word = next();
      span = first.span().to(word.span());
      if (word.is("const")) {
        constant = true;
      } else if (words.size() <= 4) {
        words.add(word.text());
      }
    }
    if (words.isEmpty()) {
      throw expected("a type");
    }
    Optional<NumericType> numeric = TypeNames.numeric(words, scalar, timepoint);
    if (numeric.isEmpty()) {
      report(span, "'" + String.join(" ", words) + "' is not a type");
    }
    SnippetType type = SnippetType.of(numeric.orElse(scalar));
    int stars = 0;
    while (peek().is("*")) {
      Token star = next();
      type = new SnippetType.Pointer(type, constant);
      constant = false;
      if (++stars > 8) {
        report(star, "too many '*'");
        throw Fault.RECOVERABLE;
      }
      while (peek().is("const")) {
        position++;
        constant = true;
      }
    }
    return new TypeName(type, constant);
  }

  // Expressions

  private Syntax.Expression commaExpression() {
    Syntax.Expression left = assignment();
    while (accept(",")) {
      left = bounded(new Syntax.Sequence(left, assignment()));
    }
    return left;
  }

  private Syntax.Expression assignment() {
    enter();
    Syntax.Expression left = conditional();
    Token operator = peek();
    if (operator.is("=")
        || (operator.is(Token.Kind.PUNCTUATION) && COMPOUND.containsKey(operator.text()))) {
      position++;
      left =
          bounded(
              new Syntax.Assign(
                  Optional.ofNullable(COMPOUND.get(operator.text())),
                  operator,
                  left,
                  assignment()));
    }
    leave();
    return left;
  }

  private Syntax.Expression conditional() {
    Syntax.Expression condition = binary(0);
    if (accept("?")) {
      enter();
      Syntax.Expression whenTrue = commaExpression();
      expect(":", "between the branches of '?'");
      condition = bounded(new Syntax.Conditional(condition, whenTrue, conditional()));
      leave();
    }
    return condition;
  }

  private Syntax.Expression binary(int loosest) {
    Syntax.Expression left = cast();
    while (peek().is(Token.Kind.PUNCTUATION)) {
      Token operator = peek();
      int level = loosest;
      while (level < LEVELS.size() && !LEVELS.get(level).containsKey(operator.text())) {
        level++;
      }
      if (level == LEVELS.size()) {
        break;
      }
      position++;
      enter();
      Syntax.Expression right = binary(level + 1);
      leave();
      left =
          bounded(
              new Syntax.Binary(
                  LEVELS.get(level).get(operator.text()), operator.span(), left, right));
    }
    return left;
  }

  private Syntax.Expression cast() {
    if (!peek().is("(") || !startsType(tokens.get(position + 1))) {
      return unary();
    }
    enter();
    Span start = next().span();
    TypeName type = typeName();
    expect(")", "after the type of the cast");
    Syntax.Expression operand = cast();
    leave();
    return bounded(new Syntax.Cast(start.to(operand.span()), type.type(), operand));
  }

  private Syntax.Expression unary() {
    Token operator = peek();
    if (operator.is("++") || operator.is("--")) {
      position++;
      enter();
      Syntax.Expression target = unary();
      leave();
      return bounded(new Syntax.Step(operator.span().to(target.span()), operator, target, false));
    }
    if (operator.is(Token.Kind.PUNCTUATION) && UNARY.contains(operator.text())) {
      position++;
      enter();
      Syntax.Expression operand = cast();
      leave();
      return bounded(new Syntax.Unary(operator, operand));
    }
    if (operator.is("&")) {
      report(operator, "there is no address-of operator '&' in the snippet language");
      throw Fault.RECOVERABLE;
    }
    return postfix();
  }

  private Syntax.Expression postfix() {
    Syntax.Expression result = primary();
    while (true) {
      Token token = peek();
      if (token.is("(")) {
        position++;
        List<Syntax.Expression> arguments = arguments();
        Span span = result.span().to(previous().span());
        if (result instanceof Syntax.Name function) {
          result = bounded(new Syntax.Call(span, function, arguments));
        } else {
          report(result.span(), "only a function can be called");
          result = new Syntax.Broken(span);
        }
      } else if (token.is("[")) {
        position++;
        Syntax.Expression index = commaExpression();
        expect("]", "after the subscript");
        result = bounded(new Syntax.Subscript(result.span().to(previous().span()), result, index));
      } else if (token.is("++") || token.is("--")) {
        position++;
        result = bounded(new Syntax.Step(result.span().to(token.span()), token, result, true));
      } else if (token.is(".")) {
        report(token, "there are no structures and members in the snippet language");
        throw Fault.RECOVERABLE;
      } else {
        return result;
      }
    }
  }

  /// Arguments and the closing parenthesis.
  private List<Syntax.Expression> arguments() {
    var arguments = new ArrayList<Syntax.Expression>();
    if (!peek().is(")")) {
      do {
        arguments.add(assignment());
      } while (accept(","));
    }
    expect(")", "after the arguments");
    return arguments;
  }

  private Syntax.Expression primary() {
    Token token = peek();
    switch (token.kind()) {
      case IDENTIFIER -> {
        position++;
        return new Syntax.Name(token.span(), token.text());
      }
      case NUMBER -> {
        position++;
        return new Syntax.Number(token.span(), token.text());
      }
      case STRING -> {
        position++;
        return new Syntax.Text(token.span(), token.text());
      }
      case BAD -> {
        position++;
        return new Syntax.Broken(token.span());
      }
      case LEGACY -> {
        return legacy();
      }
      case RESERVED -> {
        report(token, "'" + token.text() + "' is not part of the snippet language");
        throw Fault.RECOVERABLE;
      }
      case KEYWORD -> {
        if (token.is("true") || token.is("false")) {
          position++;
          return new Syntax.Truth(token.span(), token.is("true"));
        }
        throw expected("an expression");
      }
      case PUNCTUATION -> {
        if (token.is("(")) {
          return inParentheses();
        }
        throw expected("an expression");
      }
      case TYPE, END -> throw expected("an expression");
    }
    throw new AssertionError();
  }

  /// `$(name)` and `$(function, arguments…)` of GeNN 4.
  private Syntax.Expression legacy() {
    Token open = next();
    Token name = peek();
    if (!name.is(Token.Kind.IDENTIFIER)) {
      throw expected("a name");
    }
    position++;
    var function = new Syntax.Name(name.span(), name.text());
    if (name.text().equals("endRow") || name.text().equals("endCol")) {
      report(
          name,
          "'$("
              + name.text()
              + ")' of GeNN 4 has no counterpart; let the build code loop over the whole row or"
              + " column");
      throw Fault.RECOVERABLE;
    }
    if (accept(",")) {
      List<Syntax.Expression> arguments = arguments();
      return bounded(new Syntax.Call(open.span().to(previous().span()), function, arguments));
    }
    expect(")", "after the name");
    return LEGACY_CALLS.contains(name.text()) && !peek().is("(")
        ? new Syntax.Call(open.span().to(previous().span()), function, List.of())
        : function;
  }

  private Syntax.Expression inParentheses() {
    expect("(", "");
    Syntax.Expression result = commaExpression();
    expect(")", "after the expression");
    return result;
  }

  // Tokens

  private Token peek() {
    return tokens.get(position);
  }

  private Token previous() {
    return tokens.get(position - 1);
  }

  private Token next() {
    Token token = tokens.get(position);
    if (!token.is(Token.Kind.END)) {
      position++;
    }
    return token;
  }

  private boolean accept(String symbol) {
    if (peek().is(symbol)) {
      position++;
      return true;
    }
    return false;
  }

  private void expect(String symbol, String where) {
    if (!accept(symbol)) {
      throw expected(("'" + symbol + "' " + where).strip());
    }
  }

  /// A missing `;` is reported where it is missing. If what follows looks like another statement,
  /// that was all.
  private void endOfStatement() {
    if (accept(";")) {
      return;
    }
    Token token = peek();
    if (token.is(Token.Kind.BAD) || previous().is(Token.Kind.BAD)) {
      throw Fault.RECOVERABLE;
    }
    boolean statementFollows =
        token.is("}") || token.is(Token.Kind.IDENTIFIER) || startsStatement(token);
    int end = previous().span().end();
    if (!statementFollows && !token.is(Token.Kind.END)) {
      throw expected("';'");
    }
    if (!token.is(Token.Kind.END) || !endReported) {
      report(new Span(end, end + 1), "expected ';' after " + Diagnostics.quoted(previous().text()));
    }
    if (token.is(Token.Kind.END)) {
      endReported = true;
    }
  }

  private Fault expected(String what) {
    Token token = peek();
    if (token.is(Token.Kind.END)) {
      if (!endReported) {
        endReported = true;
        report(token, "expected " + what + ", but the code ends here");
      }
    } else if (!token.is(Token.Kind.BAD) && !(position > 0 && previous().is(Token.Kind.BAD))) {
      report(token, "expected " + what + " but found " + Diagnostics.quoted(token.text()));
    }
    return Fault.RECOVERABLE;
  }

  private void report(Token token, String problem) {
    report(token.span(), problem);
  }

  private void report(Span span, String problem) {
    diagnostics.report(span, problem);
  }

  private void enter() {
    if (++nesting > MAX_NESTING) {
      report(peek(), "this is nested too deeply (more than " + MAX_NESTING + " levels)");
      throw Fault.FATAL;
    }
  }

  private void leave() {
    nesting--;
  }

  private Syntax.Expression bounded(Syntax.Expression expression) {
    if (expression.height() > MAX_HEIGHT) {
      report(
          expression.span(),
          "this expression is too long (more than " + MAX_HEIGHT + " operators); split it up");
      throw Fault.FATAL;
    }
    return expression;
  }

  private static Map<String, BinaryOperator> operators(BinaryOperator... operators) {
    var result = new HashMap<String, BinaryOperator>();
    for (BinaryOperator operator : operators) {
      result.put(operator.symbol(), operator);
    }
    return Map.copyOf(result);
  }
}
