package org.genn.engine.snippet;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Goes over the tokens of one snippet, and tells what was expected where something else is.
///
/// Nesting and tree height are limited: code that exceeds them gets a diagnostic, not a stack
/// overflow. At the limits the front end needs about 0.3 MB of stack when interpreted, and `equals`
/// of two checked trees, the hungriest use, 0.4 MB of the usual 1 MB.
final class TokenReader {
  static final int MAX_NESTING = 128;
  static final int MAX_HEIGHT = 200;

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

  /// Ends the current statement; the diagnostic has been reported.
  static final class Fault extends RuntimeException {
    static final Fault RECOVERABLE = new Fault();
    static final Fault FATAL = new Fault();

    private Fault() {
      super(null, null, false, false);
    }
  }

  private final List<Token> tokens;
  private final Diagnostics diagnostics;
  private final Set<String> unclear = new HashSet<>();
  private int position;
  private int nesting;
  private boolean endReported;

  TokenReader(List<Token> tokens, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
  }

  Token peek() {
    return tokens.get(position);
  }

  Token previous() {
    return tokens.get(position - 1);
  }

  Token next() {
    Token token = tokens.get(position);
    if (!token.is(Token.Kind.END)) {
      position++;
    }
    return token;
  }

  boolean accept(String symbol) {
    if (peek().is(symbol)) {
      position++;
      return true;
    }
    return false;
  }

  void expect(String symbol, String where) {
    if (!accept(symbol)) {
      throw expected(("'" + symbol + "' " + where).strip());
    }
  }

  /// A missing `;` is reported where it is missing. If what follows looks like another statement,
  /// that was all.
  void endOfStatement() {
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

  Fault expected(String what) {
    Token token = peek();
    if (token.is(Token.Kind.END)) {
      reportEnd(token.span(), "expected " + what + ", but the code ends here");
    } else if (!token.is(Token.Kind.BAD) && !(position > 0 && previous().is(Token.Kind.BAD))) {
      report(token, "expected " + what + " but found " + Diagnostics.quoted(token.text()));
    }
    return Fault.RECOVERABLE;
  }

  /// Tells that the code ends too early, once.
  void reportEnd(Span span, String problem) {
    if (!endReported) {
      endReported = true;
      report(span, problem);
    }
  }

  void report(Token token, String problem) {
    report(token.span(), problem);
  }

  void report(Span span, String problem) {
    diagnostics.report(span, problem);
  }

  void enter() {
    if (++nesting > MAX_NESTING) {
      report(peek(), "this is nested too deeply (more than " + MAX_NESTING + " levels)");
      throw Fault.FATAL;
    }
  }

  void leave() {
    nesting--;
  }

  Syntax.Expression bounded(Syntax.Expression expression) {
    if (expression.height() > MAX_HEIGHT) {
      report(
          expression.span(),
          "this expression is too long (more than " + MAX_HEIGHT + " operators); split it up");
      throw Fault.FATAL;
    }
    return expression;
  }

  boolean atEnd() {
    return peek().is(Token.Kind.END);
  }

  void skip() {
    position++;
  }

  /// The token after the next one.
  Token second() {
    return tokens.get(position + 1);
  }

  // After a fault

  /// Names in stretches of code that were skipped after a fault: one of them may have been declared
  /// there.
  Set<String> unclear() {
    return unclear;
  }

  /// Where reading can be taken up again.
  record Mark(int position, int nesting) {}

  Mark mark() {
    return new Mark(position, nesting);
  }

  /// Goes on behind the next `;` or at the next token that starts a statement.
  ///
  /// @param start of the statement with the fault
  void recover(Mark start) {
    nesting = start.nesting();
    if (position == start.position() && !peek().is("}") && !atEnd()) {
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
    skip(start.position(), position);
  }

  void skipAll() {
    skip(position, tokens.size() - 1);
  }

  private void skip(int from, int to) {
    for (Token token : tokens.subList(from, to)) {
      if (token.is(Token.Kind.IDENTIFIER)) {
        unclear.add(token.text());
      }
    }
    position = to;
  }

  static boolean startsStatement(Token token) {
    return startsType(token)
        || (token.is(Token.Kind.KEYWORD) && STATEMENT_KEYWORDS.contains(token.text()));
  }

  static boolean startsType(Token token) {
    return token.is(Token.Kind.TYPE) || token.is("const");
  }
}
