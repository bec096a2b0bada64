package org.genn.engine.backend;

import java.util.List;
import java.util.Optional;
import org.genn.engine.kernel.Function;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// Short names to build programs with by hand.
public final class Ir {
  private Ir() {}

  public static SnippetType type(NumericType type) {
    return SnippetType.of(type);
  }

  public static SnippetType pointer(NumericType type) {
    return new SnippetType.Pointer(type(type), false);
  }

  public static Expr.Name name(NumericType type, String name) {
    return new Expr.Name(type(type), name);
  }

  public static Expr.Name integer(String name) {
    return name(NumericType.INT32, name);
  }

  public static Expr.Name row(NumericType type, String name) {
    return new Expr.Name(pointer(type), name);
  }

  public static Expr at(NumericType type, String row, Expr index) {
    return new Expr.Subscript(type(type), row(type, row), index);
  }

  public static Expr literal(NumericType type, double value) {
    return Expr.Literal.of(type, value);
  }

  public static Expr integer(int value) {
    return Expr.Literal.of(value);
  }

  public static Expr binary(BinaryOperator operator, Expr left, Expr right) {
    return new Expr.Binary(
        operator.isComparison() || operator.isLogical() ? SnippetType.BOOL : left.type(),
        operator,
        left,
        right);
  }

  public static Expr add(Expr left, Expr right) {
    return binary(BinaryOperator.ADD, left, right);
  }

  public static Expr times(Expr left, Expr right) {
    return binary(BinaryOperator.MULTIPLY, left, right);
  }

  public static Expr less(Expr left, Expr right) {
    return binary(BinaryOperator.LESS, left, right);
  }

  public static Expr convert(NumericType to, Expr operand) {
    return new Expr.Convert(type(to), operand);
  }

  public static Expr assign(Expr target, Expr value) {
    return new Expr.Assign(target.type(), target, Expr.Compound.PLAIN, value);
  }

  public static Expr compound(
      Expr target, BinaryOperator operator, NumericType common, Expr value) {
    return new Expr.Assign(target.type(), target, new Expr.Compound(operator, type(common)), value);
  }

  public static Expr addTo(Expr target, Expr value) {
    return compound(target, BinaryOperator.ADD, target.type().numeric(), value);
  }

  public static Expr increment(Expr target) {
    return new Expr.Increment(target.type(), target, false, true);
  }

  public static Expr call(SnippetType result, String function, Expr... arguments) {
    return new Expr.Call(
        result,
        function,
        new SnippetType.Function(
            result, List.of(arguments).stream().map(Expr::type).toList(), false),
        List.of(arguments));
  }

  public static Stmt evaluate(Expr expression) {
    return new Stmt.Evaluate(expression);
  }

  public static Stmt declare(NumericType type, String name, Expr value) {
    return new Stmt.Declare(type(type), name, Optional.of(value));
  }

  public static Stmt block(Stmt... statements) {
    return new Stmt.Block(List.of(statements));
  }

  public static Stmt when(Expr condition, Stmt... body) {
    return new Stmt.If(condition, block(body), Optional.empty());
  }

  public static Op run(Stmt statement) {
    return new Op.Do(statement);
  }

  public static Op run(Expr expression) {
    return new Op.Do(evaluate(expression));
  }

  public static Op hoist(String row, Rows rows, Expr index) {
    return new Op.Hoist(row, rows, index);
  }

  public static Kernel kernel(String name, Op... body) {
    return new Kernel(name, "", Kernel.Domain.WHOLE, 1, List.of(body));
  }

  public static Program program(String name, List<Rows> arrays, Kernel... kernels) {
    return new Program(name, arrays, List.of(), List.of(kernels));
  }

  public static Program program(
      String name, List<Rows> arrays, List<Function> functions, Kernel... kernels) {
    return new Program(name, arrays, functions, List.of(kernels));
  }
}
