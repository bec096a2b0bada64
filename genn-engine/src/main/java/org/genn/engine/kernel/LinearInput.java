package org.genn.engine.kernel;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;
import org.genn.engine.snippet.UnaryOperator;

/// Whether postsynaptic code is linear in its input, so that groups can sum their inputs and run it
/// once: what it injects, and what it leaves in the input and in variables, must be sums of inputs
/// times factors that do not depend on any. Code that it does not understand counts as not linear.
final class LinearInput {
  private static final String INPUT = "inSyn";

  /// The powers of inputs that an expression consists of: 0, 1, or something else.
  private enum Degree {
    NONE,
    ONE,
    OTHER
  }

  private final Set<String> variables;

  /// The input, and the variables that depend on it.
  private final Set<String> sums;

  private final Map<String, Degree> locals = new HashMap<>();

  private LinearInput(Set<String> variables, Set<String> sums) {
    this.variables = variables;
    this.sums = sums;
  }

  /// The variables that are, like the input, sums of what they would be for each group alone;
  /// others don't depend on the input. Nothing where code is not linear.
  ///
  /// @param variables of the postsynaptic model
  static Optional<Set<String>> sums(List<Stmt> code, Set<String> variables) {
    Set<String> sums = dependent(code);
    sums.retainAll(variables);
    var all = new HashSet<>(sums);
    all.add(INPUT);
    var input = new LinearInput(variables, all);
    return code.stream().allMatch(input::keepsLinear) ? Optional.of(sums) : Optional.empty();
  }

  /// Names whose values depend on the input, if only by way of others and of steps before.
  private static Set<String> dependent(List<Stmt> code) {
    var names = new HashSet<>(Set.of(INPUT));
    int known;
    do {
      known = names.size();
      code.forEach(statement -> spread(statement, names));
    } while (names.size() > known);
    return names;
  }

  private static void spread(Stmt statement, Set<String> names) {
    switch (statement) {
      case Stmt.Block(List<Stmt> statements) -> statements.forEach(each -> spread(each, names));
      case Stmt.Declare(_, String name, Optional<Expr> initial) ->
          initial.ifPresent(value -> spread(value, name, names));
      case Stmt.Evaluate(Expr.Assign(_, Expr.Name target, _, Expr value)) ->
          spread(value, target.name(), names);
      default -> {} // nothing else is linear
    }
  }

  private static void spread(Expr value, String name, Set<String> names) {
    if (!Collections.disjoint(Uses.of(value).read(), names)) {
      names.add(name);
    }
  }

  private boolean keepsLinear(Stmt statement) {
    return switch (statement) {
      case Stmt.Declare(_, String name, Optional<Expr> initial) -> {
        Degree degree = initial.map(this::degree).orElse(Degree.NONE);
        locals.put(name, degree);
        yield degree != Degree.OTHER;
      }
      case Stmt.Block(List<Stmt> statements) -> statements.stream().allMatch(this::keepsLinear);
      case Stmt.Evaluate(Expr.Call call) ->
          call.function().equals("injectCurrent")
              && degree(call.arguments().getFirst()) == Degree.ONE;
      case Stmt.Evaluate(Expr.Assign(_, Expr.Name target, Expr.Compound compound, Expr value)) ->
          sums.contains(target.name())
              ? target.type().numeric().isReal() && keepsSum(compound, value)
              : variables.contains(target.name()) && degree(value) == Degree.NONE;
      default -> false;
    };
  }

  private boolean keepsSum(Expr.Compound compound, Expr value) {
    if (compound.isPlain()) {
      return degree(value) == Degree.ONE || isZero(value);
    }
    return compound.common().numeric().isReal()
        && switch (compound.operator()) {
          case MULTIPLY, DIVIDE -> degree(value) == Degree.NONE;
          case ADD, SUBTRACT -> degree(value) == Degree.ONE;
          default -> false;
        };
  }

  private static boolean isZero(Expr value) {
    return value instanceof Expr.Convert(_, Expr operand)
        ? isZero(operand)
        : value instanceof Expr.Literal(_, long bits) && bits == 0;
  }

  private Degree degree(Expr expression) {
    return switch (expression) {
      case Expr.Literal _ -> Degree.NONE;
      case Expr.Name(_, String name) ->
          sums.contains(name) ? Degree.ONE : locals.getOrDefault(name, Degree.NONE);
      case Expr.Convert(SnippetType type, Expr operand) -> rounded(type, degree(operand));
      case Expr.Unary(SnippetType type, UnaryOperator operator, Expr operand) ->
          operator == UnaryOperator.NEGATE
              ? rounded(type, degree(operand))
              : constant(List.of(operand));
      case Expr.Binary binary -> degree(binary);
      case Expr.Conditional(_, Expr condition, Expr whenTrue, Expr whenFalse) ->
          constant(List.of(condition, whenTrue, whenFalse));
      case Expr.Call call ->
          call.function().startsWith("gennrand") ? Degree.OTHER : constant(call.arguments());
      default -> Degree.OTHER;
    };
  }

  private Degree degree(Expr.Binary binary) {
    Degree left = degree(binary.left());
    Degree right = degree(binary.right());
    if (left == Degree.NONE && right == Degree.NONE) {
      return Degree.NONE;
    }
    Degree degree =
        switch (binary.operator()) {
          case MULTIPLY -> left == Degree.NONE ? right : right == Degree.NONE ? left : Degree.OTHER;
          case DIVIDE -> right == Degree.NONE ? left : Degree.OTHER;
          case ADD, SUBTRACT -> left == right ? left : Degree.OTHER;
          default -> Degree.OTHER;
        };
    return rounded(binary.type(), degree);
  }

  /// Integers are cut, which is not linear.
  private static Degree rounded(SnippetType type, Degree degree) {
    return degree == Degree.NONE || type.numeric().isReal() ? degree : Degree.OTHER;
  }

  private Degree constant(List<Expr> parts) {
    return parts.stream().allMatch(part -> degree(part) == Degree.NONE)
        ? Degree.NONE
        : Degree.OTHER;
  }
}
