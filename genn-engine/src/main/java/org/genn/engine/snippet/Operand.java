package org.genn.engine.snippet;

/// A checked expression on its way into a larger one.
///
/// @param type its type by the rules; for pointers it may be more constant than that of the tree
/// @param apparent the type that overload resolution sees: a comparison counts as the common type
///   of its operands there, `&&`, `||` and `!` as `int32`
record Operand(Expr expr, SnippetType type, SnippetType apparent, Place place) {

  /// Whether and how an operand can be assigned.
  enum Place {
    /// Not at all: the result of a computation.
    VALUE,
    MUTABLE,
    CONSTANT,
    WRITE_ONLY
  }

  /// Stands for an operand with a fault that has been reported. Compare with `isBroken`, it equals
  /// others.
  static final Operand BROKEN = value(Expr.Literal.of(0));

  static Operand value(Expr expr) {
    return new Operand(expr, expr.type(), expr.type(), Place.VALUE);
  }

  boolean isBroken() {
    return this == BROKEN;
  }

  boolean isNumber() {
    return type instanceof SnippetType.Number;
  }

  boolean isIntegral() {
    return type instanceof SnippetType.Number(NumericType numeric) && numeric.isIntegral();
  }

  boolean isPointer() {
    return type instanceof SnippetType.Pointer;
  }

  NumericType numeric() {
    return type.numeric();
  }

  /// The tree converted to a number type; a pointer stays as it is, it can at most become more
  /// constant.
  Expr as(SnippetType wanted) {
    return wanted.equals(expr.type()) || !(wanted instanceof SnippetType.Number)
        ? expr
        : new Expr.Convert(wanted, expr);
  }

  Expr promoted() {
    return as(SnippetType.of(numeric().promoted()));
  }

  /// Pointers to the same type, where `to` does not permit more than `from`.
  static boolean keepsConst(SnippetType from, SnippetType to) {
    return from instanceof SnippetType.Pointer(SnippetType pointee, boolean constant)
        && to instanceof SnippetType.Pointer(SnippetType target, boolean targetConstant)
        && pointee.equals(target)
        && (targetConstant || !constant);
  }
}
