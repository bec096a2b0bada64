package org.genn.engine.backend;

import java.util.List;
import org.genn.engine.snippet.Stmt;

/// Whether statements are ever left at their end, by the rules of compilers that refuse unreachable
/// code.
final class Flow {
  private Flow() {}

  static boolean completes(Stmt statement) {
    return switch (statement) {
      case Stmt.Break _, Stmt.Continue _ -> false;
      case Stmt.Block(var statements) -> completes(statements);
      case Stmt.If(_, var whenTrue, var whenFalse) ->
          whenFalse.isEmpty() || completes(whenTrue) || completes(whenFalse.get());
      case Stmt.DoWhile(var body, _) -> completes(body) || breaks(body) || continues(body);
      case Stmt.Switch(_, var cases) ->
          cases.isEmpty()
              || cases.stream().noneMatch(Stmt.Case::isDefault)
              || completes(cases.getLast().statements())
              || cases.stream().anyMatch(part -> part.statements().stream().anyMatch(Flow::breaks));
      case Stmt.Declare _, Stmt.Evaluate _, Stmt.While _, Stmt.For _, Stmt.ForEachSynapse _ -> true;
    };
  }

  static boolean completes(List<Stmt> statements) {
    return statements.stream().allMatch(Flow::completes);
  }

  /// Whether it has a `break` that leaves the statement around it.
  private static boolean breaks(Stmt statement) {
    return switch (statement) {
      case Stmt.Break _ -> true;
      case Stmt.Block(var statements) -> statements.stream().anyMatch(Flow::breaks);
      case Stmt.If(_, var whenTrue, var whenFalse) ->
          breaks(whenTrue) || whenFalse.map(Flow::breaks).orElse(false);
      default -> false;
    };
  }

  private static boolean continues(Stmt statement) {
    return switch (statement) {
      case Stmt.Continue _ -> true;
      case Stmt.Block(var statements) -> statements.stream().anyMatch(Flow::continues);
      case Stmt.If(_, var whenTrue, var whenFalse) ->
          continues(whenTrue) || whenFalse.map(Flow::continues).orElse(false);
      case Stmt.Switch(_, var cases) ->
          cases.stream().anyMatch(part -> part.statements().stream().anyMatch(Flow::continues));
      default -> false;
    };
  }
}
