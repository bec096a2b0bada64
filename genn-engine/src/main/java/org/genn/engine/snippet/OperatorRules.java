package org.genn.engine.snippet;

import static org.genn.engine.snippet.Operand.BROKEN;

/// What operators make of operands: which they accept, how these are converted, what type the
/// result has. No operand is broken.
final class OperatorRules {
  private final Diagnostics diagnostics;

  OperatorRules(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// @param at where the operator is
  Operand unary(Span at, String symbol, Operand operand) {
    if (symbol.equals("*")) {
      return operand.type() instanceof SnippetType.Pointer pointer
          ? element(pointer, operand.expr(), Expr.Literal.of(0))
          : report(at, "'*' needs a pointer, got " + TypeNames.of(operand.type()));
    }
    if (!operand.isNumber()) {
      return report(at, "'" + symbol + "' needs a number, got " + TypeNames.of(operand.type()));
    }
    if (symbol.equals("!")) {
      var not = new Expr.Unary(SnippetType.BOOL, UnaryOperator.NOT, operand.as(SnippetType.BOOL));
      return new Operand(not, SnippetType.BOOL, SnippetType.INT32, Operand.Place.VALUE);
    }
    if (symbol.equals("~") && !operand.isIntegral()) {
      return report(at, "'~' needs an integer, got " + TypeNames.of(operand.type()));
    }
    Expr promoted = operand.promoted();
    return switch (symbol) {
      case "+" -> Operand.value(promoted);
      case "-" -> Operand.value(new Expr.Unary(promoted.type(), UnaryOperator.NEGATE, promoted));
      default -> Operand.value(new Expr.Unary(promoted.type(), UnaryOperator.COMPLEMENT, promoted));
    };
  }

  /// @param at where the operator is
  Operand binary(Span at, BinaryOperator operator, Operand left, Operand right) {
    if (left.isPointer() || right.isPointer()) {
      return pointerArithmetic(at, operator, left, right);
    }
    if (needsIntegers(operator) && !(left.isIntegral() && right.isIntegral())) {
      return report(at, wrongOperands(operator.symbol(), "integers", left, right));
    }
    if (operator.isLogical()) {
      var logical =
          new Expr.Binary(
              SnippetType.BOOL, operator, left.as(SnippetType.BOOL), right.as(SnippetType.BOOL));
      return new Operand(logical, SnippetType.BOOL, SnippetType.INT32, Operand.Place.VALUE);
    }
    if (isShift(operator)) {
      Expr shifted = left.promoted();
      return Operand.value(new Expr.Binary(shifted.type(), operator, shifted, right.promoted()));
    }
    SnippetType common = SnippetType.of(NumericType.common(left.numeric(), right.numeric()));
    Expr first = left.as(common);
    Expr second = right.as(common);
    if (operator.isComparison()) {
      NumericType apparent =
          NumericType.common(left.apparent().numeric(), right.apparent().numeric());
      var comparison = new Expr.Binary(SnippetType.BOOL, operator, first, second);
      return new Operand(
          comparison, SnippetType.BOOL, SnippetType.of(apparent), Operand.Place.VALUE);
    }
    return Operand.value(new Expr.Binary(common, operator, first, second));
  }

  private Operand pointerArithmetic(Span at, BinaryOperator operator, Operand left, Operand right) {
    if (operator == BinaryOperator.SUBTRACT && left.isPointer() && right.isPointer()) {
      return left.type().equals(right.type())
          ? Operand.value(new Expr.Binary(SnippetType.INT32, operator, left.expr(), right.expr()))
          : report(at, wrongOperands("-", "pointers to the same type", left, right));
    }
    if (operator == BinaryOperator.ADD && left.isIntegral()) {
      return offset(operator, right, left);
    }
    boolean offset = operator == BinaryOperator.ADD || operator == BinaryOperator.SUBTRACT;
    if (offset && left.isPointer() && right.isIntegral()) {
      return offset(operator, left, right);
    }
    return report(
        at,
        offset
            ? wrongOperands(operator.symbol(), "numbers, or a pointer and an integer", left, right)
            : wrongOperands(
                operator.symbol(), needsIntegers(operator) ? "integers" : "numbers", left, right));
  }

  private static Operand offset(BinaryOperator operator, Operand pointer, Operand integer) {
    return new Operand(
        new Expr.Binary(pointer.expr().type(), operator, pointer.expr(), integer.promoted()),
        pointer.type(),
        pointer.type(),
        Operand.Place.VALUE);
  }

  /// @param at where the branches are
  Operand conditional(Span at, Expr condition, Operand whenTrue, Operand whenFalse) {
    if (!whenTrue.isNumber() || !whenFalse.isNumber()) {
      return report(at, wrongOperands("?:", "numbers as branches", whenTrue, whenFalse));
    }
    SnippetType common =
        SnippetType.of(NumericType.common(whenTrue.numeric(), whenFalse.numeric()));
    return Operand.value(
        new Expr.Conditional(common, condition, whenTrue.as(common), whenFalse.as(common)));
  }

  /// @param symbol of the operator with `=`
  Operand compound(Span at, String symbol, BinaryOperator operator, Operand target, Operand value) {
    boolean offset = operator == BinaryOperator.ADD || operator == BinaryOperator.SUBTRACT;
    if (target.isPointer()) {
      return offset && value.isIntegral()
          ? compound(target, operator, target.type(), value.promoted())
          : report(
              at,
              wrongOperands(symbol, offset ? "an integer on its right" : "numbers", target, value));
    }
    if (!value.isNumber()) {
      return report(at, wrongOperands(symbol, "numbers", target, value));
    }
    if (needsIntegers(operator) && !(target.isIntegral() && value.isIntegral())) {
      return report(at, wrongOperands(symbol, "integers", target, value));
    }
    if (isShift(operator)) {
      return compound(
          target, operator, SnippetType.of(target.numeric().promoted()), value.promoted());
    }
    SnippetType common = SnippetType.of(NumericType.common(target.numeric(), value.numeric()));
    return compound(target, operator, common, value.as(common));
  }

  private static Operand compound(
      Operand target, BinaryOperator operator, SnippetType common, Expr value) {
    var compound = new Expr.Compound(operator, common);
    return Operand.value(new Expr.Assign(target.expr().type(), target.expr(), compound, value));
  }

  /// What is at an index of an array.
  static Operand element(SnippetType.Pointer pointer, Expr base, Expr index) {
    SnippetType type = pointer.pointee();
    Operand.Place place = pointer.constant() ? Operand.Place.CONSTANT : Operand.Place.MUTABLE;
    return new Operand(new Expr.Subscript(type, base, index), type, type, place);
  }

  private static boolean isShift(BinaryOperator operator) {
    return operator == BinaryOperator.SHIFT_LEFT || operator == BinaryOperator.SHIFT_RIGHT;
  }

  private static boolean needsIntegers(BinaryOperator operator) {
    return switch (operator) {
      case REMAINDER, SHIFT_LEFT, SHIFT_RIGHT, BIT_AND, BIT_XOR, BIT_OR -> true;
      case MULTIPLY,
          DIVIDE,
          ADD,
          SUBTRACT,
          LESS,
          LESS_EQUAL,
          GREATER,
          GREATER_EQUAL,
          EQUAL,
          NOT_EQUAL,
          AND,
          OR ->
          false;
    };
  }

  private static String wrongOperands(String symbol, String needed, Operand left, Operand right) {
    return "'%s' needs %s, got %s and %s"
        .formatted(symbol, needed, TypeNames.of(left.type()), TypeNames.of(right.type()));
  }

  private Operand report(Span span, String problem) {
    diagnostics.report(span, problem);
    return BROKEN;
  }
}
