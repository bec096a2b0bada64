package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Stmt;

/// Which names a snippet mentions and which it writes.
///
/// @param read names whose value is used
/// @param written names that are assigned or incremented
/// @param called functions
/// @param branches whether control flow depends on values
record Uses(Set<String> read, Set<String> written, Set<String> called, boolean branches) {

  static final Uses NONE = new Uses(Set.of(), Set.of(), Set.of(), false);

  boolean mentions(String name) {
    return read.contains(name) || written.contains(name);
  }

  Uses and(Uses other) {
    return new Uses(
        union(read, other.read),
        union(written, other.written),
        union(called, other.called),
        branches || other.branches);
  }

  static Uses of(Expr expression) {
    return of(List.of(new Stmt.Evaluate(expression)));
  }

  static Uses of(List<Stmt> statements) {
    var collector = new Collector();
    statements.forEach(collector::statement);
    return new Uses(collector.read, collector.written, collector.called, collector.branches);
  }

  /// Names of the locals that the statements declare at the top level.
  static List<Stmt.Declare> declared(List<Stmt> statements) {
    var declared = new ArrayList<Stmt.Declare>();
    for (Stmt statement : statements) {
      if (statement instanceof Stmt.Declare declare) {
        declared.add(declare);
      }
    }
    return declared;
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    var union = new HashSet<>(a);
    union.addAll(b);
    return union;
  }

  private static final class Collector {
    private final Set<String> read = new HashSet<>();
    private final Set<String> written = new HashSet<>();
    private final Set<String> called = new HashSet<>();
    private boolean branches;

    void statement(Stmt statement) {
      switch (statement) {
        case Stmt.Declare(_, _, var initial) -> optional(initial);
        case Stmt.Evaluate(var expression) -> expression(expression);
        case Stmt.Block(var statements) -> statements.forEach(this::statement);
        case Stmt.If(var condition, var whenTrue, var whenFalse) -> {
          branches = true;
          expression(condition);
          statement(whenTrue);
          whenFalse.ifPresent(this::statement);
        }
        case Stmt.While(var condition, var body) -> {
          branches = true;
          expression(condition);
          statement(body);
        }
        case Stmt.DoWhile(var body, var condition) -> {
          branches = true;
          expression(condition);
          statement(body);
        }
        case Stmt.For(var initial, var condition, var update, var body) -> {
          branches = true;
          initial.forEach(this::statement);
          optional(condition);
          optional(update);
          statement(body);
        }
        case Stmt.Switch(var selector, var cases) -> {
          branches = true;
          expression(selector);
          cases.forEach(c -> c.statements().forEach(this::statement));
        }
        case Stmt.Break() -> branches = true;
        case Stmt.Continue() -> branches = true;
        case Stmt.ForEachSynapse(var body) -> {
          branches = true;
          statement(body);
        }
      }
    }

    private void optional(Optional<Expr> expression) {
      expression.ifPresent(this::expression);
    }

    private void expression(Expr expression) {
      switch (expression) {
        case Expr.Literal _ -> {}
        case Expr.Text _ -> {}
        case Expr.Name(_, var name) -> read.add(name);
        case Expr.Subscript(_, var base, var index) -> {
          expression(base);
          expression(index);
        }
        case Expr.Delayed(_, var name, var steps) -> {
          read.add(name);
          expression(steps);
        }
        case Expr.Unary(_, _, var operand) -> expression(operand);
        case Expr.Binary(_, var operator, var left, var right) -> {
          branches |= operator.isLogical();
          expression(left);
          expression(right);
        }
        case Expr.Conditional(_, var condition, var whenTrue, var whenFalse) -> {
          branches = true;
          expression(condition);
          expression(whenTrue);
          expression(whenFalse);
        }
        case Expr.Convert(_, var operand) -> expression(operand);
        case Expr.Assign(_, var target, var compound, var value) -> {
          target(target, !compound.isPlain());
          expression(value);
        }
        case Expr.Increment(_, var target, _, _) -> target(target, true);
        case Expr.Call(_, var function, _, var arguments) -> {
          called.add(function);
          arguments.forEach(this::expression);
        }
        case Expr.Sequence(_, var first, var second) -> {
          expression(first);
          expression(second);
        }
      }
    }

    private void target(Expr target, boolean isRead) {
      if (target instanceof Expr.Name(_, var name)) {
        written.add(name);
        if (isRead) {
          read.add(name);
        }
      } else {
        expression(target);
      }
    }
  }
}
