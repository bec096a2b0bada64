package org.genn.engine.snippet;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Code that is not valid where it stands. Carries everything that was found wrong, not just the
/// first fault.
public final class SnippetException extends IllegalArgumentException {

  /// One fault.
  ///
  /// @param origin what the code belongs to, see `Source`
  /// @param line counted from 1
  /// @param column counted from 1
  /// @param problem what is wrong and what would be right
  /// @param excerpt the line of code (cut around the fault when it is very long)
  /// @param marker blanks and carets to be printed below the excerpt
  public record Diagnostic(
      String origin, int line, int column, String problem, String excerpt, String marker) {

    @Override
    public String toString() {
      String head = origin + ", line " + line + ": " + problem;
      return excerpt.isEmpty() ? head : head + "\n  " + excerpt + "\n  " + marker;
    }
  }

  private final List<Diagnostic> diagnostics;

  public SnippetException(List<Diagnostic> diagnostics) {
    super(diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining("\n\n")));
    if (diagnostics.isEmpty()) {
      throw new IllegalArgumentException("diagnostics must not be empty");
    }
    this.diagnostics = List.copyOf(diagnostics);
  }

  /// One exception with the faults of several snippets, so that a model reports all of them at
  /// once.
  public static SnippetException combined(Collection<SnippetException> exceptions) {
    return new SnippetException(
        exceptions.stream().flatMap(exception -> exception.diagnostics.stream()).toList());
  }

  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
