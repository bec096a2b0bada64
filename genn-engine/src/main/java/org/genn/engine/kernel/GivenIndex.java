package org.genn.engine.kernel;

import java.util.List;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;
import org.genn.engine.snippet.Walker;

/// The indices that code gives to a function which adds a synapse: they have 64 bits, so that what
/// is too large is seen before it is cut. Kernels test 32 bits where code has computed no more.
final class GivenIndex {
  static final SnippetType TYPE = SnippetType.of(NumericType.INT64);

  private GivenIndex() {}

  /// What an index that is given needs: `INT32`, or `INT64` if some call gives more.
  ///
  /// @param count of arguments that are indices: the first ones
  static NumericType type(List<Stmt> code, String function, int count) {
    boolean[] isWide = {false};
    Walker.walk(
        code,
        expression -> {
          if (expression instanceof Expr.Call call && call.function().equals(function)) {
            isWide[0] |= call.arguments().stream().limit(count).anyMatch(GivenIndex::isWide);
          }
        },
        _ -> {});
    return isWide[0] ? NumericType.INT64 : NumericType.INT32;
  }

  private static boolean isWide(Expr given) {
    return switch (given) {
      case Expr.Literal literal -> literal.bits() != (int) literal.bits();
      case Expr.Convert convert -> isWide(convert.operand().type().numeric());
      default -> true;
    };
  }

  /// A real number that does not fit is cut to the largest or least `int32`, which is no index.
  private static boolean isWide(NumericType type) {
    return type.isIntegral() && type.bits() > Integer.SIZE;
  }

  /// An index in the type that it needs. An `uint32` that is too large becomes negative.
  static Expr as(NumericType type, Expr given) {
    if (given instanceof Expr.Literal literal && !isWide(given)) {
      return Build.literal(type, literal.bits());
    }
    return Build.convert(
        type, given instanceof Expr.Convert convert && !isWide(given) ? convert.operand() : given);
  }

  /// Whether an index is of none of so many neurons.
  static Expr isOutside(Expr index, int count) {
    NumericType unsigned =
        index.type().numeric().bits() > Integer.SIZE ? NumericType.UINT64 : NumericType.UINT32;
    return Build.binary(
        BinaryOperator.GREATER_EQUAL,
        Build.convert(unsigned, index),
        Build.convert(unsigned, Build.integer(count)));
  }
}
