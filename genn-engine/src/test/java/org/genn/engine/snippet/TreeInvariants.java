package org.genn.engine.snippet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What holds for every checked tree: types agree, conversions are explicit, locals have names of
/// their own.
final class TreeInvariants {

  private TreeInvariants() {}

  static void check(List<Stmt> statements) {
    assertEquals(
        statements,
        Rewriter.map(
            statements,
            expr -> {
              check(expr);
              return expr;
            },
            statement -> {
              check(statement);
              return statement;
            }));
    Set<String> declared = new HashSet<>(Checks.ENVIRONMENT.variables().keySet());
    Rewriter.map(
        statements,
        expr -> expr,
        statement -> {
          if (statement instanceof Stmt.Declare declare) {
            assertTrue(declared.add(declare.name()), declare.name());
          }
          return statement;
        });
    Names names = Names.of(statements);
    assertTrue(declared.containsAll(names.read()) && declared.containsAll(names.written()));
    assertTrue(!TreeText.of(statements).isEmpty() || statements.isEmpty());
  }

  private static void check(Stmt statement) {
    switch (statement) {
      case Stmt.Declare(var type, _, var initial) -> initial.ifPresent(value -> same(type, value));
      case Stmt.If(var condition, _, _) -> bool(condition);
      case Stmt.While(var condition, _) -> bool(condition);
      case Stmt.DoWhile(_, var condition) -> bool(condition);
      case Stmt.For loop -> loop.condition().ifPresent(TreeInvariants::bool);
      case Stmt.Switch(var selector, var cases) -> {
        assertTrue(selector.type().numeric().isIntegral());
        assertEquals(selector.type().numeric(), selector.type().numeric().promoted());
        var labels = cases.stream().flatMap(part -> part.labels().stream()).toList();
        assertEquals(labels.size(), new HashSet<>(labels).size());
      }
      case Stmt.Evaluate _, Stmt.Block _, Stmt.Break _, Stmt.Continue _, Stmt.ForEachSynapse _ -> {}
    }
  }

  static void check(Expr expr) {
    switch (expr) {
      case Expr.Literal(var type, var bits) -> {
        if (type.numeric().isIntegral()) {
          assertEquals(bits, Constants.wrap(bits, type.numeric()));
        }
      }
      case Expr.Subscript(var type, var base, var index) -> {
        assertEquals(type, ((SnippetType.Pointer) base.type()).pointee());
        assertTrue(index.type().numeric().isIntegral());
      }
      case Expr.Delayed(_, _, var steps) -> assertTrue(steps.type().numeric().isIntegral());
      case Expr.Unary(var type, _, var operand) -> assertEquals(type, operand.type());
      case Expr.Binary binary -> check(binary);
      case Expr.Conditional(var type, var condition, var whenTrue, var whenFalse) -> {
        bool(condition);
        assertEquals(type, whenTrue.type());
        assertEquals(type, whenFalse.type());
      }
      case Expr.Convert(var type, var operand) ->
          assertTrue(type.numeric() != operand.type().numeric());
      case Expr.Assign(var type, var target, var compound, var value) -> {
        assertEquals(type, target.type());
        assertTrue(target instanceof Expr.Name || target instanceof Expr.Subscript);
        if (compound.isPlain()) {
          same(type, value);
        } else if (type instanceof SnippetType.Pointer) {
          assertEquals(type, compound.common());
          assertTrue(value.type().numeric().isIntegral());
        } else if (!isShift(compound.operator())) {
          assertEquals(compound.common(), value.type());
        }
      }
      case Expr.Increment(var type, var target, _, _) -> assertEquals(type, target.type());
      case Expr.Call(var type, _, var overload, var arguments) -> {
        assertEquals(type, overload.result());
        for (int i = 0; i < overload.parameters().size(); i++) {
          same(overload.parameters().get(i), arguments.get(i));
        }
      }
      case Expr.Sequence(var type, _, var second) -> assertEquals(type, second.type());
      case Expr.Text _, Expr.Name _ -> {}
    }
  }

  private static void check(Expr.Binary binary) {
    SnippetType left = binary.left().type();
    SnippetType right = binary.right().type();
    if (left instanceof SnippetType.Pointer) {
      boolean difference = right instanceof SnippetType.Pointer;
      assertEquals(difference ? SnippetType.INT32 : left, binary.type());
      assertTrue(difference || right.numeric().isIntegral());
    } else if (isShift(binary.operator())) {
      assertEquals(left, binary.type());
      assertEquals(left.numeric().promoted(), left.numeric());
      assertEquals(right.numeric().promoted(), right.numeric());
    } else {
      assertEquals(left, right);
      boolean bool = binary.operator().isComparison() || binary.operator().isLogical();
      assertEquals(bool ? SnippetType.BOOL : left, binary.type());
      assertEquals(binary.operator().isLogical(), left.equals(SnippetType.BOOL));
    }
  }

  private static boolean isShift(BinaryOperator operator) {
    return operator == BinaryOperator.SHIFT_LEFT || operator == BinaryOperator.SHIFT_RIGHT;
  }

  private static void bool(Expr condition) {
    assertEquals(SnippetType.BOOL, condition.type());
  }

  /// Pointers may have become more constant.
  private static void same(SnippetType wanted, Expr value) {
    assertTrue(
        wanted.equals(value.type()) || Operand.keepsConst(value.type(), wanted),
        () -> TreeText.of(value));
  }
}
