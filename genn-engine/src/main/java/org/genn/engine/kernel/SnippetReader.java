package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.genn.engine.snippet.Environment;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Snippet;
import org.genn.engine.snippet.SnippetException;
import org.genn.engine.snippet.Source;
import org.genn.engine.snippet.Stmt;

/// Reads the snippets of a model and gathers the faults of all of them, so that a user sees them at
/// once.
final class SnippetReader {
  private final List<SnippetException> faults = new ArrayList<>();

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
        return scope.statements(new Source(origin, code));
      } catch (SnippetException fault) {
        faults.add(fault);
        return List.of();
      }
    }

    Optional<Expr> expression(String origin, String code) {
      return read(code, () -> scope.expression(new Source(origin, code)));
    }

    Optional<Expr> condition(String origin, String code) {
      return read(code, () -> scope.condition(new Source(origin, code)));
    }

    private Optional<Expr> read(String code, java.util.function.Supplier<Expr> reading) {
      if (code.isBlank()) {
        return Optional.empty();
      }
      try {
        return Optional.of(reading.get());
      } catch (SnippetException fault) {
        faults.add(fault);
        return Optional.empty();
      }
    }
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
