package org.genn.engine.snippet;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// The names that checked code uses, by what it does with them, in order of appearance.
///
/// `p[i] = x` writes `p` (its elements), reads `i` and `x`; compound assignments and increments
/// also read their target.
///
/// @param read variables whose value is used, delayed ones included
/// @param written variables that are assigned, or whose elements are
/// @param declared locals
/// @param delayed variables used with a delay subscript
/// @param called functions
public record Names(
    SequencedSet<String> read,
    SequencedSet<String> written,
    SequencedSet<String> declared,
    SequencedSet<String> delayed,
    SequencedSet<String> called) {

  public Names {
    read = copy(read);
    written = copy(written);
    declared = copy(declared);
    delayed = copy(delayed);
    called = copy(called);
  }

  public static Names of(List<Stmt> statements) {
    var walk = new Walk();
    walk.statements(statements);
    return walk.names();
  }

  public static Names of(Stmt statement) {
    return of(List.of(statement));
  }

  public static Names of(Expr expr) {
    var walk = new Walk();
    walk.expression(expr);
    return walk.names();
  }

  /// Whether a variable is read or written.
  public boolean uses(String name) {
    return read.contains(name) || written.contains(name);
  }

  private static SequencedSet<String> copy(SequencedSet<String> names) {
    return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(names));
  }

  private static final class Walk {
    private final SequencedSet<String> read = new LinkedHashSet<>();
    private final SequencedSet<String> written = new LinkedHashSet<>();
    private final SequencedSet<String> declared = new LinkedHashSet<>();
    private final SequencedSet<String> delayed = new LinkedHashSet<>();
    private final SequencedSet<String> called = new LinkedHashSet<>();

    Names names() {
      return new Names(read, written, declared, delayed, called);
    }

    void statements(List<Stmt> statements) {
      statements.forEach(this::statement);
    }

    private void statement(Stmt stmt) {
      switch (stmt) {
        case Stmt.Declare(_, var name, var initial) -> {
          declared.add(name);
          initial.ifPresent(this::expression);
        }
        case Stmt.Evaluate(var expression) -> expression(expression);
        case Stmt.Block(var statements) -> statements(statements);
        case Stmt.If(var condition, var whenTrue, var whenFalse) -> {
          expression(condition);
          statement(whenTrue);
          whenFalse.ifPresent(this::statement);
        }
        case Stmt.While(var condition, var body) -> {
          expression(condition);
          statement(body);
        }
        case Stmt.DoWhile(var body, var condition) -> {
          statement(body);
          expression(condition);
        }
        case Stmt.For(var initial, var condition, var update, var body) -> {
          statements(initial);
          condition.ifPresent(this::expression);
          statement(body);
          update.ifPresent(this::expression);
        }
        case Stmt.Switch(var selector, var cases) -> {
          expression(selector);
          cases.forEach(part -> statements(part.statements()));
        }
        case Stmt.Break _, Stmt.Continue _ -> {}
        case Stmt.ForEachSynapse(var body) -> statement(body);
      }
    }

    private void expression(Expr expr) {
      switch (expr) {
        case Expr.Literal _, Expr.Text _ -> {}
        case Expr.Name(_, var name) -> read.add(name);
        case Expr.Subscript(_, var base, var index) -> {
          expression(base);
          expression(index);
        }
        case Expr.Delayed(_, var name, var steps) -> {
          read.add(name);
          delayed.add(name);
          expression(steps);
        }
        case Expr.Unary(_, _, var operand) -> expression(operand);
        case Expr.Binary(_, _, var left, var right) -> {
          expression(left);
          expression(right);
        }
        case Expr.Conditional(_, var condition, var whenTrue, var whenFalse) -> {
          expression(condition);
          expression(whenTrue);
          expression(whenFalse);
        }
        case Expr.Convert(_, var operand) -> expression(operand);
        case Expr.Assign(_, var target, var compound, var value) -> {
          expression(value);
          target(target, !compound.isPlain());
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

    private void target(Expr target, boolean alsoRead) {
      switch (target) {
        case Expr.Name(_, var name) -> {
          written.add(name);
          if (alsoRead) {
            read.add(name);
          }
        }
        case Expr.Subscript(_, var base, var index) -> {
          expression(index);
          elements(base, alsoRead);
        }
        case Expr.Literal _,
            Expr.Text _,
            Expr.Delayed _,
            Expr.Unary _,
            Expr.Binary _,
            Expr.Conditional _,
            Expr.Convert _,
            Expr.Assign _,
            Expr.Increment _,
            Expr.Call _,
            Expr.Sequence _ ->
            expression(target);
      }
    }

    /// A pointer whose elements are written: the variable at the start of `p + i`, `p++`, `p[i]` …
    private void elements(Expr pointer, boolean alsoRead) {
      switch (pointer) {
        case Expr.Binary(_, _, var base, var offset) -> {
          elements(base, alsoRead);
          expression(offset);
        }
        case Expr.Assign(_, var base, _, _) -> {
          expression(pointer);
          target(base, false);
        }
        case Expr.Name _,
            Expr.Subscript _,
            Expr.Literal _,
            Expr.Text _,
            Expr.Delayed _,
            Expr.Unary _,
            Expr.Conditional _,
            Expr.Convert _,
            Expr.Increment _,
            Expr.Call _,
            Expr.Sequence _ ->
            target(pointer, alsoRead);
      }
    }
  }
}
