package org.genn.engine.snippet;

import java.util.List;
import java.util.Optional;

/// A checked statement. Immutable.
public sealed interface Stmt {

  /// Declaration of a local variable; without an initial value it starts at 0.
  record Declare(SnippetType type, String name, Optional<Expr> initial) implements Stmt {}

  record Evaluate(Expr expression) implements Stmt {}

  record Block(List<Stmt> statements) implements Stmt {
    public Block {
      statements = List.copyOf(statements);
    }
  }

  record If(Expr condition, Stmt whenTrue, Optional<Stmt> whenFalse) implements Stmt {}

  record While(Expr condition, Stmt body) implements Stmt {}

  record DoWhile(Stmt body, Expr condition) implements Stmt {}

  record For(List<Stmt> initial, Optional<Expr> condition, Optional<Expr> update, Stmt body)
      implements Stmt {
    public For {
      initial = List.copyOf(initial);
    }
  }

  /// Control falls through from one case to the next, as in C.
  record Switch(Expr selector, List<Case> cases) implements Stmt {
    public Switch {
      cases = List.copyOf(cases);
    }
  }

  /// Labels and what follows them; `isDefault` when `default:` is among the labels.
  record Case(List<Long> labels, boolean isDefault, List<Stmt> statements) {
    public Case {
      labels = List.copyOf(labels);
      statements = List.copyOf(statements);
    }
  }

  record Break() implements Stmt {}

  record Continue() implements Stmt {}

  record ForEachSynapse(Stmt body) implements Stmt {}
}
