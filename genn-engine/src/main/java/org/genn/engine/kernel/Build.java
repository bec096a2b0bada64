package org.genn.engine.kernel;

import java.util.List;
import java.util.Optional;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// Short names for making IR trees.
public final class Build {
  private Build() {}

  public static Expr.Name name(SnippetType type, String name) {
    return new Expr.Name(type, name);
  }

  public static Expr.Name name(NumericType type, String name) {
    return new Expr.Name(SnippetType.of(type), name);
  }

  public static Expr.Name integer(String name) {
    return new Expr.Name(SnippetType.INT32, name);
  }

  public static Expr integer(int value) {
    return Expr.Literal.of(value);
  }

  public static Expr literal(NumericType type, double value) {
    return Expr.Literal.of(type, value);
  }

  public static SnippetType rowType(NumericType element) {
    return new SnippetType.Pointer(SnippetType.of(element), false);
  }

  public static Expr element(NumericType type, String row, Expr index) {
    return new Expr.Subscript(SnippetType.of(type), name(rowType(type), row), index);
  }

  public static Expr add(Expr left, Expr right) {
    if (right instanceof Expr.Literal literal
        && literal.type().numeric().isIntegral()
        && literal.bits() == 0) {
      return left;
    }
    return new Expr.Binary(left.type(), BinaryOperator.ADD, left, right);
  }

  public static Expr subtract(Expr left, Expr right) {
    return new Expr.Binary(left.type(), BinaryOperator.SUBTRACT, left, right);
  }

  public static Expr multiply(Expr left, Expr right) {
    return new Expr.Binary(left.type(), BinaryOperator.MULTIPLY, left, right);
  }

  public static Expr binary(BinaryOperator operator, Expr left, Expr right) {
    return new Expr.Binary(
        operator.isComparison() || operator.isLogical() ? SnippetType.BOOL : left.type(),
        operator,
        left,
        right);
  }

  /// The smaller of two numbers of a type.
  public static Expr smaller(NumericType type, Expr a, Expr b) {
    return choice("min", SnippetType.of(type), a, b);
  }

  /// The larger of two numbers of a type.
  public static Expr larger(NumericType type, Expr a, Expr b) {
    return choice("max", SnippetType.of(type), a, b);
  }

  private static Expr choice(String function, SnippetType type, Expr a, Expr b) {
    return new Expr.Call(
        type, function, new SnippetType.Function(type, List.of(type, type), false), List.of(a, b));
  }

  public static Expr and(Expr left, Expr right) {
    return binary(BinaryOperator.AND, left, right);
  }

  public static Expr not(Expr operand) {
    return new Expr.Unary(SnippetType.BOOL, org.genn.engine.snippet.UnaryOperator.NOT, operand);
  }

  public static Expr convert(NumericType type, Expr operand) {
    return operand.type().equals(SnippetType.of(type))
        ? operand
        : new Expr.Convert(SnippetType.of(type), operand);
  }

  public static Stmt assign(Expr target, Expr value) {
    return new Stmt.Evaluate(new Expr.Assign(target.type(), target, Expr.Compound.PLAIN, value));
  }

  public static Stmt accumulate(Expr target, Expr value) {
    return new Stmt.Evaluate(addTo(target, value));
  }

  public static Expr addTo(Expr target, Expr value) {
    return update(target, BinaryOperator.ADD, value);
  }

  /// `target operator= value`.
  public static Expr update(Expr target, BinaryOperator operator, Expr value) {
    return new Expr.Assign(
        target.type(), target, new Expr.Compound(operator, target.type()), value);
  }

  public static Stmt declare(SnippetType type, String name, Expr initial) {
    return new Stmt.Declare(type, name, Optional.of(initial));
  }

  public static Stmt declare(NumericType type, String name, Expr initial) {
    return declare(SnippetType.of(type), name, initial);
  }

  public static Stmt when(Expr condition, List<Stmt> body) {
    return new Stmt.If(condition, new Stmt.Block(body), Optional.empty());
  }

  public static Op run(Stmt statement) {
    return new Op.Do(statement);
  }

  public static List<Op> run(List<Stmt> statements) {
    return statements.stream().map(Build::run).toList();
  }
}
