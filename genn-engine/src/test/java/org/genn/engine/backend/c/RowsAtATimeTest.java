package org.genn.engine.backend.c;

import static org.genn.engine.backend.Ir.addTo;
import static org.genn.engine.backend.Ir.at;
import static org.genn.engine.backend.Ir.compound;
import static org.genn.engine.backend.Ir.declare;
import static org.genn.engine.backend.Ir.evaluate;
import static org.genn.engine.backend.Ir.hoist;
import static org.genn.engine.backend.Ir.integer;
import static org.genn.engine.backend.Ir.run;
import static org.genn.engine.backend.Ir.times;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.genn.engine.snippet.NumericType.INT32;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.backend.Ir;
import org.genn.engine.backend.OnNative;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Stmt;
import org.junit.jupiter.api.Test;

/// Entries of lists of any length, several of them in one pass, against one after the other in
/// Java.
@OnNative
class RowsAtATimeTest {
  private static final int ROWS = 40;

  /// Fewer than vectors that are read at a time have, and more.
  private static final int[] TARGETS = {19, 307};

  private static final int LONGEST = 37;

  private static final int LIST = 0;
  private static final int WEIGHTS = 1;
  private static final int X = 2;

  private static final Expr X_J = at(FLOAT, "x", integer("j"));
  private static final Expr W_J = at(FLOAT, "w", integer("j"));

  /// For each `k < list[0]` with `source = list[k + 1]`: the body over rows `w` and `x`.
  private static Program program(Stmt body, int targets) {
    var list = new Rows("list", INT32, 1, LONGEST + 1);
    var weights = new Rows("weights", FLOAT, ROWS, targets);
    var x = new Rows("x", FLOAT, 1, targets);
    Op loop =
        new Op.Loop(
            "k",
            integer(1),
            Ir.add(at(INT32, "id", integer(0)), integer(1)),
            List.of(
                run(declare(INT32, "source", at(INT32, "id", integer("k")))),
                hoist("w", weights, integer("source")),
                new Op.Elements("pass", "j", integer(targets), List.of(body))));
    return Ir.program(
        "passes",
        List.of(list, weights, x),
        Ir.kernel("launch", hoist("id", list, integer(0)), hoist("x", x, integer(0)), loop));
  }

  private interface Pass {
    void over(float[] w, float[] x, int j);
  }

  private static void compare(Stmt body, Pass pass, boolean isAscending) {
    for (int targets : TARGETS) {
      compare(body, pass, isAscending, targets);
    }
  }

  private static void compare(Stmt body, Pass pass, boolean isAscending, int targets) {
    var random = new SplittableRandom(5);
    var settings = new BuildSettings().cacheDirectory(Optional.empty());
    try (var executable = new NativeBackend().build(program(body, targets), settings);
        var instance = executable.open()) {
      var memory = instance.memory();
      for (int length = 0; length <= LONGEST; length++) {
        float[][] w = new float[ROWS][targets];
        float[] x = new float[targets];
        for (int j = 0; j < targets; j++) {
          x[j] = random.nextFloat() - 0.5f;
          memory.setFloat(X, 0, j, x[j]);
          for (int source = 0; source < ROWS; source++) {
            w[source][j] = random.nextFloat() - 0.5f;
            memory.setFloat(WEIGHTS, source, j, w[source][j]);
          }
        }
        memory.setLong(LIST, 0, 0, length);
        for (int k = 0; k < length; k++) {
          int source = isAscending ? k + 2 : random.nextInt(ROWS);
          memory.setLong(LIST, 0, k + 1, source);
          for (int j = 0; j < targets; j++) {
            pass.over(w[source], x, j);
          }
        }
        instance.run(0, 0, 1, 0, 0, 0);
        for (int j = 0; j < targets; j++) {
          assertEquals(x[j], memory.getFloat(X, 0, j), "x after " + length + " entries");
          for (int source = 0; source < ROWS; source++) {
            assertEquals(
                w[source][j],
                memory.getFloat(WEIGHTS, source, j),
                "row " + source + " after " + length + " entries");
          }
        }
      }
    }
  }

  @Test
  void rowsOfAListOfAnyLengthAreAddedInItsOrder() {
    compare(evaluate(addTo(X_J, W_J)), (w, x, j) -> x[j] += w[j], false);
  }

  @Test
  void rowsThatRepeatAreChangedOneAfterTheOther() {
    Stmt body = evaluate(compound(W_J, BinaryOperator.SUBTRACT, FLOAT, times(W_J, X_J)));
    compare(body, (w, x, j) -> w[j] -= w[j] * x[j], false);
  }

  @Test
  void ascendingRowsAreAllChanged() {
    Stmt body = evaluate(compound(W_J, BinaryOperator.SUBTRACT, FLOAT, times(W_J, X_J)));
    compare(body, (w, x, j) -> w[j] -= w[j] * x[j], true);
  }
}
