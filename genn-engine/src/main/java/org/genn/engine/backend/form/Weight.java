package org.genn.engine.backend.form;

import java.util.List;
import org.genn.engine.kernel.Op;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Stmt;
import org.genn.engine.snippet.Walker;

/// Size of code, in nodes of its trees; a node takes about 3 bytes of bytecode.
public final class Weight {
  private Weight() {}

  static int of(Expr expression) {
    int[] nodes = {1};
    Walker.walk(expression, _ -> nodes[0]++);
    return nodes[0];
  }

  static int of(Stmt statement) {
    int[] nodes = {0};
    Walker.walk(statement, _ -> nodes[0]++, _ -> nodes[0]++);
    return nodes[0];
  }

  static int ofAll(List<Stmt> statements) {
    return statements.stream().mapToInt(Weight::of).sum();
  }

  public static int of(List<Op> ops) {
    return ops.stream().mapToInt(Weight::of).sum();
  }

  public static int of(Op op) {
    return switch (op) {
      case Op.Hoist(_, _, var index) -> 3 + of(index);
      case Op.Do(var statement) -> of(statement);
      case Op.Loop(_, var begin, var end, var body) -> 5 + of(begin) + of(end) + of(body);
      case Op.Elements(_, _, var begin, var end, var body) -> 4 + of(begin) + of(end) + ofAll(body);
      case Op.Reduce(_, _, _, var target, _, var count, var body, var value) ->
          100 + of(target) + of(count) + 17 * (ofAll(body) + of(value));
      case Op.When(var condition, var body) -> 2 + of(condition) + of(body);
      case Op.Reserve(var arrays, var index, var length, var limit) ->
          arrays.size() * (5 + of(index) + of(length) + of(limit));
      case Op.Invoke(_, var arguments) -> 2 + arguments.stream().mapToInt(Weight::of).sum();
    };
  }
}
