package org.genn.engine.snippet;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.genn.engine.snippet.Environment.Access;

/// What the tests of this package share.
final class Checks {

  static final SnippetType INT8 = SnippetType.of(NumericType.INT8);
  static final SnippetType UINT8 = SnippetType.of(NumericType.UINT8);
  static final SnippetType INT64 = SnippetType.of(NumericType.INT64);
  static final SnippetType UINT64 = SnippetType.of(NumericType.UINT64);

  /// A place of use with a variable of every kind; `scalar` is float, `timepoint` double.
  static final Environment ENVIRONMENT =
      Environment.of(NumericType.FLOAT, NumericType.DOUBLE)
          .withVariable("f", SnippetType.FLOAT, Access.READ_WRITE)
          .withVariable("d", SnippetType.DOUBLE, Access.READ_WRITE)
          .withVariable("b", SnippetType.BOOL, Access.READ_WRITE)
          .withVariable("c", INT8, Access.READ_WRITE)
          .withVariable("i", SnippetType.INT32, Access.READ_WRITE)
          .withVariable("u", SnippetType.UINT32, Access.READ_WRITE)
          .withVariable("l", INT64, Access.READ_WRITE)
          .withVariable("m", UINT64, Access.READ_WRITE)
          .withVariable("ro", SnippetType.FLOAT, Access.READ_ONLY)
          .withVariable("wo", SnippetType.FLOAT, Access.WRITE_ONLY)
          .withVariable("p", pointer(SnippetType.FLOAT, false), Access.READ_ONLY)
          .withVariable("cp", pointer(SnippetType.FLOAT, true), Access.READ_ONLY)
          .withVariable("up", pointer(SnippetType.UINT32, false), Access.READ_ONLY)
          .withDelayableVariable("x", SnippetType.FLOAT, Access.READ_ONLY)
          .withFunction("addToPost", SnippetType.NOTHING, List.of(SnippetType.FLOAT));

  private Checks() {}

  static SnippetType pointer(SnippetType pointee, boolean constant) {
    return new SnippetType.Pointer(pointee, constant);
  }

  static Source source(String code) {
    return new Source("sim code of neuron model Lif", code);
  }

  /// The checked statements as text.
  static String tree(String code) {
    return tree(code, ENVIRONMENT);
  }

  static String tree(String code, Environment environment) {
    return TreeText.of(Snippet.statements(source(code), environment));
  }

  static Expr expression(String code) {
    return Snippet.expression(source(code), ENVIRONMENT);
  }

  static String expr(String code) {
    return TreeText.of(expression(code));
  }

  /// The full text of what is wrong with the code.
  static String fault(String code) {
    return fault(code, ENVIRONMENT);
  }

  static String fault(String code, Environment environment) {
    return assertThrows(
            SnippetException.class, () -> Snippet.statements(source(code), environment), code)
        .getMessage();
  }

  /// The problems alone, in order.
  static List<String> problems(String code) {
    return problems(code, ENVIRONMENT);
  }

  static List<String> problems(String code, Environment environment) {
    return assertThrows(
            SnippetException.class, () -> Snippet.statements(source(code), environment), code)
        .diagnostics()
        .stream()
        .map(SnippetException.Diagnostic::problem)
        .toList();
  }

  /// The only problem.
  static String problem(String code) {
    return problem(code, ENVIRONMENT);
  }

  static String problem(String code, Environment environment) {
    List<String> problems = problems(code, environment);
    if (problems.size() != 1) {
      throw new AssertionError("expected one problem of " + code + ", got " + problems);
    }
    return problems.getFirst();
  }
}
