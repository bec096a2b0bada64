package org.genn.engine.snippet;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The way from text to checked trees.
///
/// ```java
/// var scope = Snippet.scope(environment);
/// List<Stmt> step = scope.statements(new Source("sim code of neuron model Lif", "scalar x = V;"));
/// Expr spikes = scope.condition(new Source("threshold of neuron model Lif", "x > 1.0"));
/// ```
///
/// All methods throw `SnippetException` with every fault of the text.
public final class Snippet {

  private Snippet() {}

  public static List<Stmt> statements(Source source, Environment environment) {
    return scope(environment).statements(source);
  }

  /// A single expression, of whatever type it has.
  public static Expr expression(Source source, Environment environment) {
    return scope(environment).expression(source);
  }

  /// A single expression, converted to `BOOL`.
  public static Expr condition(Source source, Environment environment) {
    return scope(environment).condition(source);
  }

  /// Codes that see each other's locals, such as the sim, threshold and reset codes of a neuron.
  public static Scope scope(Environment environment) {
    return new Scope(environment);
  }

  /// The type that a name such as `scalar`, `unsigned int` or `const float*` stands for.
  public static SnippetType type(String name, NumericType scalar, NumericType timepoint) {
    var diagnostics = new Diagnostics(new Source("type '" + name + "'", name));
    var tokens = Lexer.scan(new Source("", name), diagnostics);
    Optional<SnippetType> type = new Parser(tokens, diagnostics, scalar, timepoint).type();
    diagnostics.throwIfAny();
    return type.orElseThrow();
  }

  /// Whether the identifier stands among the tokens of the code; the code may be faulty.
  public static boolean mentions(String code, String identifier) {
    boolean possible = code.contains(identifier) || code.contains("$(");
    return possible && identifiers(code).contains(identifier);
  }

  /// The identifiers among the tokens of the code, in order of appearance; the code may be faulty.
  public static Set<String> identifiers(String code) {
    var result = new LinkedHashSet<String>();
    var source = new Source("", code);
    for (Token token : Lexer.scan(source, new Diagnostics(source))) {
      if (token.is(Token.Kind.IDENTIFIER)) {
        result.add(token.text());
      }
    }
    return result;
  }

  /// The identifiers that have a subscript in the code, in order of appearance; the code may be
  /// faulty.
  public static Set<String> subscripted(String code) {
    var result = new LinkedHashSet<String>();
    var source = new Source("", code);
    List<Token> tokens = Lexer.scan(source, new Diagnostics(source));
    for (int i = 1; i < tokens.size(); i++) {
      if (tokens.get(i).is("[") && tokens.get(i - 1).is(Token.Kind.IDENTIFIER)) {
        result.add(tokens.get(i - 1).text());
      }
    }
    return result;
  }

  /// Whether the text can name a variable: it has the form of a name and is no word of the language
  /// or of C.
  public static boolean isName(String text) {
    return !text.isEmpty()
        && !Lexer.isDigit(text.charAt(0))
        && text.chars().allMatch(Lexer::isWord)
        && !Lexer.KEYWORDS.contains(text)
        && !Lexer.TYPES.contains(text)
        && !Lexer.RESERVED.contains(text);
  }

  /// Codes checked one after the other. Each sees the locals that the earlier ones declare at their
  /// top level, and may shadow them. All locals of a scope have different names in the checked
  /// trees.
  public static final class Scope {

    private final Environment environment;
    private final Locals locals;

    private Scope(Environment environment) {
      this.environment = environment;
      this.locals = new Locals(environment);
    }

    public List<Stmt> statements(Source source) {
      var diagnostics = new Diagnostics(source);
      Parser parser = parser(source, diagnostics);
      List<Syntax.Statement> parsed = parser.statements();
      locals.open();
      List<Stmt> checked =
          new StatementChecker(expressions(diagnostics, parser), locals).statements(parsed);
      diagnostics.throwIfAny();
      return checked;
    }

    public Expr expression(Source source) {
      var diagnostics = new Diagnostics(source);
      Parser parser = parser(source, diagnostics);
      Syntax.Expression parsed = parser.expression();
      Expr checked = expressions(diagnostics, parser).value(parsed).expr();
      diagnostics.throwIfAny();
      return checked;
    }

    public Expr condition(Source source) {
      var diagnostics = new Diagnostics(source);
      Parser parser = parser(source, diagnostics);
      Syntax.Expression parsed = parser.expression();
      Expr checked = expressions(diagnostics, parser).condition(parsed);
      diagnostics.throwIfAny();
      return checked;
    }

    private Parser parser(Source source, Diagnostics diagnostics) {
      return new Parser(
          Lexer.scan(source, diagnostics),
          diagnostics,
          environment.scalar(),
          environment.timepoint());
    }

    private ExpressionChecker expressions(Diagnostics diagnostics, Parser parser) {
      return new ExpressionChecker(locals, environment, diagnostics, parser.unclear());
    }
  }
}
