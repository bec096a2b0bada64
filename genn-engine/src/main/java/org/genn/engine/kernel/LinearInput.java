package org.genn.engine.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;
import org.genn.engine.snippet.UnaryOperator;

/// Whether postsynaptic code is linear in its input, so that groups can sum their inputs and run it
/// once: what it injects and what it leaves must be the input times factors that do not depend on
/// it. Code that it does not understand counts as not linear.
final class LinearInput {
  private static final String INPUT = "inSyn";

  /// The powers of the input that an expression consists of: 0, 1, or something else.
  private enum Degree {
    NONE,
    ONE,
    OTHER
  }

  private final Map<String, Degree> locals = new HashMap<>();

  private LinearInput() {}

  static boolean isLinear(List<Stmt> code) {
    var input = new LinearInput();
    return code.stream().allMatch(input::keepsLinear);
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
      case Stmt.Evaluate(Expr.Assign(_, Expr.Name target, Expr.Compound compound, Expr value))
          when target.name().equals(INPUT) ->
          compound.isPlain()
              ? degree(value) == Degree.ONE || isZero(value)
              : scales(compound) && degree(value) == Degree.NONE;
      default -> false;
    };
  }

  private static boolean scales(Expr.Compound compound) {
    return switch (compound.operator()) {
      case MULTIPLY, DIVIDE -> compound.common().numeric().isReal();
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
          name.equals(INPUT) ? Degree.ONE : locals.getOrDefault(name, Degree.NONE);
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
