package org.genn.engine.snippet;

import java.util.List;

/// A checked expression: every name resolved, every conversion explicit, every overload chosen.
///
/// Immutable and free of source positions, so equal trees are equal values: they can be hashed,
/// compared and rewritten (symbolic differentiation works on them). The kernel IR uses the same
/// nodes.
public sealed interface Expr {

  SnippetType type();

  /// A number. Integers and booleans are exact in `bits`; `FLOAT` and `DOUBLE` are the bits of a
  /// `double` that the type represents exactly.
  record Literal(SnippetType type, long bits) implements Expr {
    public static Literal of(NumericType type, double value) {
      double rounded = type == NumericType.FLOAT ? (float) value : value;
      return new Literal(
          SnippetType.of(type), type.isReal() ? Double.doubleToLongBits(rounded) : (long) value);
    }

    public static Literal of(int value) {
      return new Literal(SnippetType.INT32, value);
    }

    /// Like `of`, for values that users give to a model: integers are truncated towards zero, and a
    /// value that the type cannot hold is an `IllegalArgumentException`.
    public static Literal inRange(NumericType type, double value) {
      Literals.requireInRange(type, value);
      return of(type, value);
    }

    /// The value of a real literal.
    public double real() {
      return type.numeric().isReal() ? Double.longBitsToDouble(bits) : bits;
    }
  }

  /// A string literal, verbatim without its quotes; only `printf` takes one. Its type is `const
  /// int8*`.
  record Text(String characters) implements Expr {
    @Override
    public SnippetType type() {
      return new SnippetType.Pointer(SnippetType.of(NumericType.INT8), true);
    }
  }

  /// A local variable, or a name of the environment. Locals have the name the user gave, made
  /// unique within the snippet by the type checker where one shadows another or a name of the
  /// environment.
  record Name(SnippetType type, String name) implements Expr {}

  /// `base[index]`; `*p` is `p[0]`.
  record Subscript(SnippetType type, Expr base, Expr index) implements Expr {}

  /// `name[steps]` on a variable with delay override: its value so many steps back.
  record Delayed(SnippetType type, String name, Expr steps) implements Expr {}

  record Unary(SnippetType type, UnaryOperator operator, Expr operand) implements Expr {}

  /// Operands of arithmetic have been converted to the type of the result (shifts: the left operand
  /// only, the right one has its promoted type); those of comparisons to their common type, and the
  /// result is `BOOL`; those of `&&` and `||` are `BOOL`. Pointer plus and minus integer have
  /// pointer type; pointer minus pointer is `INT32`.
  record Binary(SnippetType type, BinaryOperator operator, Expr left, Expr right) implements Expr {}

  /// `condition ? whenTrue : whenFalse`; the condition is `BOOL`, both branches have the type of
  /// the result.
  record Conditional(SnippetType type, Expr condition, Expr whenTrue, Expr whenFalse)
      implements Expr {}

  /// Conversion to another number type, implicit or by a cast. To `BOOL`: not zero.
  record Convert(SnippetType type, Expr operand) implements Expr {}

  /// `target = value`, the value converted to the type of the target. Compound assignments are this
  /// with the operator, whose left operand is the target's old value: `target = (type) ((common)
  /// target ⊕ value)`, where `value` has been converted to the common type (shifts: its promoted
  /// type; pointers: an integer) and `common` is the type of the operation.
  record Assign(SnippetType type, Expr target, Compound compound, Expr value) implements Expr {}

  /// The operation of a compound assignment; `PLAIN` has none.
  record Compound(BinaryOperator operator, SnippetType common) {
    public static final Compound PLAIN = new Compound(BinaryOperator.ADD, SnippetType.NOTHING);

    public boolean isPlain() {
      return equals(PLAIN);
    }
  }

  /// `++target`, `target++`, `--target`, `target--`.
  record Increment(SnippetType type, Expr target, boolean decrement, boolean postfix)
      implements Expr {}

  /// A call of a library function or of one that the place of use provides (`addToPost`);
  /// `overload` tells overloads apart.
  record Call(
      SnippetType type, String function, SnippetType.Function overload, List<Expr> arguments)
      implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /// `first, second`.
  record Sequence(SnippetType type, Expr first, Expr second) implements Expr {}
}
