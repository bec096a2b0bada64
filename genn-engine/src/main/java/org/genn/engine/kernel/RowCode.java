package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// Puts the code that makes the synapses of one source (or target) into a function: what it adds is
/// written to a row and counted.
///
/// Nothing is written beyond the row, but counted it is, so that a second pass can have a row that
/// is long enough.
///
/// @param others neurons at the other end: indices must be below
/// @param room elements of the row, at least 1
/// @param row where indices go
/// @param kernelRow where kernel indices go
/// @param count local that counts
/// @param isWrong local that becomes 1 when an index is out of bounds
record RowCode(
    int others,
    Expr room,
    String row,
    NumericType type,
    Optional<String> kernelRow,
    Expr.Name count,
    Expr.Name isWrong) {

  /// The statements, with `added` as a local that they need.
  List<Stmt> inline(List<Stmt> code, ElementScope scope, BuiltSynapses built, Expr.Name added) {
    int[] kernel = built.kernelSize();
    scope.inliner.bindFunction("addSynapse", arguments -> add(arguments, kernel, added));
    var body = new ArrayList<Stmt>();
    body.add(Build.declare(NumericType.INT32, count.name(), Build.integer(0)));
    body.add(Build.declare(NumericType.INT32, isWrong.name(), Build.integer(0)));
    body.add(Build.declare(NumericType.INT32, added.name(), Build.integer(0)));
    body.addAll(scope.loads);
    body.addAll(scope.inliner.inline(code));
    return body;
  }

  private Expr add(List<Expr> arguments, int[] kernel, Expr.Name added) {
    Expr last = Build.subtract(room, Build.integer(1));
    Expr at =
        new Expr.Call(
            SnippetType.INT32,
            "min",
            new SnippetType.Function(
                SnippetType.INT32, List.of(SnippetType.INT32, SnippetType.INT32), false),
            List.of(count, last));
    Expr bad =
        Build.binary(
            BinaryOperator.GREATER_EQUAL,
            Build.convert(NumericType.UINT32, added),
            Build.convert(NumericType.UINT32, Build.integer(others)));
    Expr steps = assign(added, arguments.getFirst());
    steps = then(steps, assign(Build.element(type, row, at), Build.convert(type, added)));
    if (kernelRow.isPresent()) {
      Expr index = arguments.get(1);
      for (int k = 2; k < arguments.size(); k++) {
        index = Build.add(Build.multiply(index, Build.integer(kernel[k - 1])), arguments.get(k));
      }
      steps = then(steps, assign(Build.element(NumericType.INT32, kernelRow.get(), at), index));
    }
    steps =
        then(
            steps,
            assign(
                isWrong, new Expr.Conditional(SnippetType.INT32, bad, Build.integer(1), isWrong)));
    return then(steps, Build.addTo(count, Build.integer(1)));
  }

  private static Expr assign(Expr target, Expr value) {
    return new Expr.Assign(target.type(), target, Expr.Compound.PLAIN, value);
  }

  private static Expr then(Expr first, Expr second) {
    return new Expr.Sequence(second.type(), first, second);
  }
}
