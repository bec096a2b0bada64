package org.genn.engine.kernel;

import java.util.List;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Stmt;

/// An operation of the kernel IR.
///
/// Expressions and statements are the snippet language's checked trees. The names in them are:
/// parameters of the function or kernel, indices of enclosing loops, locals declared before, and
/// hoisted rows (which have pointer type and are used as `row[index]` only, or passed to a function
/// of the program's own).
public sealed interface Op {

  /// Takes a row out of its array: afterwards `row` names it. Rows of one array that are hoisted at
  /// the same time may be the same row only if nothing writes them.
  record Hoist(String row, Rows rows, Expr index) implements Op {}

  /// A statement outside of element loops: scalars, single elements.
  record Do(Stmt statement) implements Op {}

  /// Sequential loop with `index` from `begin` (inclusive) to `end` (exclusive), both evaluated
  /// once.
  record Loop(String index, Expr begin, Expr end, List<Op> body) implements Op {
    public Loop {
      body = List.copyOf(body);
    }
  }

  /// Loop over the elements `begin ≤ index < end` of rows; iterations are independent of each
  /// other, except for appending to a spike list in order. Back ends print it in the form that
  /// their compiler vectorises; in Java that means a method of its own.
  ///
  /// @param label what it does, an identifier unique in the program: becomes the method's name
  record Elements(String label, String index, Expr begin, Expr end, List<Stmt> body) implements Op {
    public Elements {
      body = List.copyOf(body);
    }

    /// All elements of rows of length `count`.
    public Elements(String label, String index, Expr count, List<Stmt> body) {
      this(label, index, Expr.Literal.of(0), count, body);
    }
  }

  /// `target += Σ value(index)` over `0 ≤ index < count`, or the largest, in one fixed order: 16
  /// strided partial results (partial `k` takes `k, k + 16, …` of the whole blocks of 16), then
  /// halves (8, 4, 2, 1), then the remainder in order. `target` is a scalar local declared before,
  /// or an element.
  ///
  /// For `MAX` the partial results start at the lowest value of the type, and `target` becomes the
  /// larger of itself and the result.
  ///
  /// @param body what is done for each element before its value is taken; as in a loop over
  ///   elements, iterations see nothing of each other
  record Reduce(
      String label,
      Reduction reduction,
      NumericType type,
      Expr target,
      String index,
      Expr count,
      List<Stmt> body,
      Expr value)
      implements Op {
    public Reduce {
      body = List.copyOf(body);
    }

    /// Only takes values.
    public Reduce(
        String label,
        Reduction reduction,
        NumericType type,
        Expr target,
        String index,
        Expr count,
        Expr value) {
      this(label, reduction, type, target, index, count, List.of(), value);
    }
  }

  /// How `Reduce` combines.
  enum Reduction {
    SUM,
    MAX
  }

  record When(Expr condition, List<Op> body) implements Op {
    public When {
      body = List.copyOf(body);
    }
  }

  /// Makes sure that row `index` of each of the ragged arrays has room for `length` elements, but
  /// for no more than `limit`; keeps what they hold. Must come before the row is hoisted. Back ends
  /// that cannot grow memory inside a kernel have reserved `limit` from the start.
  record Reserve(List<Rows> arrays, Expr index, Expr length, Expr limit) implements Op {
    public Reserve {
      arrays = List.copyOf(arrays);
    }
  }

  /// Calls a function of the program.
  record Invoke(String function, List<Expr> arguments) implements Op {
    public Invoke {
      arguments = List.copyOf(arguments);
    }
  }
}
