package org.genn.engine.snippet;

import java.util.Optional;

/// Values of constant integer expressions.
final class Constants {

  private Constants() {}

  /// The value, as the bits of its type (see `wrap`), of an integer expression made of literals
  /// only.
  static Optional<Long> fold(Expr expr) {
    return switch (expr) {
      case Expr.Literal literal ->
          literal.type().numeric().isIntegral() ? Optional.of(literal.bits()) : Optional.empty();
      case Expr.Convert(SnippetType type, Expr operand) -> convert(type.numeric(), operand);
      case Expr.Unary(SnippetType type, UnaryOperator operator, Expr operand) ->
          fold(operand)
              .map(
                  value ->
                      wrap(
                          switch (operator) {
                            case NEGATE -> -value;
                            case COMPLEMENT -> ~value;
                            case NOT -> value == 0 ? 1 : 0;
                          },
                          type.numeric()));
      case Expr.Binary(SnippetType type, BinaryOperator operator, Expr left, Expr right) -> {
        if (!(left.type() instanceof SnippetType.Number(NumericType operands))) {
          yield Optional.empty();
        }
        Optional<Long> a = fold(left);
        Optional<Long> b = fold(right);
        yield a.isPresent() && b.isPresent()
            ? binary(operator, operands, a.get(), b.get()).map(value -> wrap(value, type.numeric()))
            : Optional.empty();
      }
      case Expr.Conditional(_, Expr condition, Expr whenTrue, Expr whenFalse) ->
          fold(condition).flatMap(value -> fold(value != 0 ? whenTrue : whenFalse));
      case Expr.Text _,
          Expr.Name _,
          Expr.Subscript _,
          Expr.Delayed _,
          Expr.Assign _,
          Expr.Increment _,
          Expr.Call _,
          Expr.Sequence _ ->
          Optional.empty();
    };
  }

  private static Optional<Long> convert(NumericType type, Expr operand) {
    if (operand instanceof Expr.Literal literal
        && literal.type().numeric().isReal()
        && type.isIntegral()) {
      return Optional.of(
          type == NumericType.BOOL
              ? (literal.real() != 0 ? 1L : 0L)
              : wrap((long) literal.real(), type));
    }
    if (!type.isIntegral() || !operand.type().numeric().isIntegral()) {
      return Optional.empty();
    }
    return fold(operand).map(value -> wrap(value, type));
  }

  private static Optional<Long> binary(BinaryOperator operator, NumericType type, long a, long b) {
    boolean divides = operator == BinaryOperator.DIVIDE || operator == BinaryOperator.REMAINDER;
    if (divides && b == 0) {
      return Optional.empty();
    }
    boolean wide = type == NumericType.UINT64;
    int order = wide ? Long.compareUnsigned(a, b) : Long.compare(a, b);
    int mask = type.bits() - 1;
    return Optional.of(
        switch (operator) {
          case MULTIPLY -> a * b;
          case DIVIDE -> wide ? Long.divideUnsigned(a, b) : a / b;
          case REMAINDER -> wide ? Long.remainderUnsigned(a, b) : a % b;
          case ADD -> a + b;
          case SUBTRACT -> a - b;
          case SHIFT_LEFT -> a << (b & mask);
          case SHIFT_RIGHT -> wide ? a >>> (b & mask) : a >> (b & mask);
          case LESS -> bit(order < 0);
          case LESS_EQUAL -> bit(order <= 0);
          case GREATER -> bit(order > 0);
          case GREATER_EQUAL -> bit(order >= 0);
          case EQUAL -> bit(order == 0);
          case NOT_EQUAL -> bit(order != 0);
          case BIT_AND -> a & b;
          case BIT_XOR -> a ^ b;
          case BIT_OR -> a | b;
          case AND -> bit(a != 0 && b != 0);
          case OR -> bit(a != 0 || b != 0);
        });
  }

  private static long bit(boolean value) {
    return value ? 1 : 0;
  }

  /// The value reduced to the range of an integer type; `UINT64` keeps its bits.
  static long wrap(long value, NumericType type) {
    return switch (type) {
      case BOOL -> value != 0 ? 1 : 0;
      case INT8 -> (byte) value;
      case UINT8 -> value & 0xff;
      case INT16 -> (short) value;
      case UINT16 -> value & 0xffff;
      case INT32 -> (int) value;
      case UINT32 -> value & 0xffff_ffffL;
      case INT64, UINT64 -> value;
      case FLOAT, DOUBLE -> throw new IllegalArgumentException("not an integer type: " + type);
    };
  }
}
