package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.genn.engine.snippet.Environment;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Rewriter;
import org.genn.engine.snippet.Snippet;
import org.genn.engine.snippet.SnippetException;
import org.genn.engine.snippet.Source;
import org.genn.engine.snippet.Stmt;

/// Reads the snippets of a model and gathers the faults of all of them, so that a user sees them at
/// once.
final class SnippetReader {
  private final List<SnippetException> faults = new ArrayList<>();
  private final boolean isChecked;
  private String owner = "";

  /// @param isChecked whether subscripts are tested
  SnippetReader(boolean isChecked) {
    this.isChecked = isChecked;
  }

  /// Names the group whose snippets are read from here on.
  void begin(String kind, String group) {
    owner = "%s '%s'".formatted(kind, group);
  }

  /// Snippets that share a scope.
  final class Scope {
    private final Snippet.Scope scope;

    private Scope(Environment environment) {
      scope = Snippet.scope(environment);
    }

    List<Stmt> statements(String origin, String code) {
      if (code.isBlank()) {
        return List.of();
      }
      try {
        return Rewriter.map(scope.statements(new Source(origin, code)), noted(origin)::mark);
      } catch (SnippetException fault) {
        faults.add(fault);
        return List.of();
      }
    }

    Optional<Expr> expression(String origin, String code) {
      return read(origin, code, scope::expression);
    }

    Optional<Expr> condition(String origin, String code) {
      return read(origin, code, scope::condition);
    }

    private Optional<Expr> read(String origin, String code, Function<Source, Expr> reading) {
      if (code.isBlank()) {
        return Optional.empty();
      }
      try {
        Expr expression = reading.apply(new Source(origin, code));
        return Optional.of(Rewriter.map(expression, noted(origin)::mark));
      } catch (SnippetException fault) {
        faults.add(fault);
        return Optional.empty();
      }
    }
  }

  private Origin noted(String origin) {
    return new Origin(origin + ", " + owner, isChecked);
  }

  Scope scope(Environment environment) {
    return new Scope(environment);
  }

  void throwFaults() {
    if (!faults.isEmpty()) {
      throw SnippetException.combined(faults);
    }
  }
}
