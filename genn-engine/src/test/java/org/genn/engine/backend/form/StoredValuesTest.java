package org.genn.engine.backend.form;

import static org.genn.engine.backend.Ir.add;
import static org.genn.engine.backend.Ir.addTo;
import static org.genn.engine.backend.Ir.assign;
import static org.genn.engine.backend.Ir.at;
import static org.genn.engine.backend.Ir.evaluate;
import static org.genn.engine.backend.Ir.integer;
import static org.genn.engine.backend.Ir.less;
import static org.genn.engine.backend.Ir.literal;
import static org.genn.engine.snippet.NumericType.DOUBLE;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.genn.engine.backend.Ir;
import org.genn.engine.kernel.Function;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Stmt;
import org.junit.jupiter.api.Test;

class StoredValuesTest {
  private static final Expr V = at(FLOAT, "v", integer("j"));
  private static final Expr R = at(FLOAT, "r", integer("j"));
  private static final Expr.Name X = Ir.name(FLOAT, "x");

  private static final Stmt STORE = evaluate(assign(V, X));
  private static final Stmt READ = Ir.declare(FLOAT, "y", V);
  private static final Stmt COPY = Ir.declare(FLOAT, "y", X);

  private static List<Stmt> changed(Stmt... body) {
    var loop = new Op.Elements("cells", "j", integer(8), List.of(body));
    var program =
        new Program(
            "cells",
            List.of(),
            List.of(new Function("step", "", List.of(), List.of(loop))),
            List.of());
    return ((Op.Elements) StoredValues.of(program).functions().getFirst().body().getFirst()).body();
  }

  private static void assertUnchanged(Stmt... body) {
    assertEquals(List.of(body), changed(body));
  }

  @Test
  void whatHasJustBeenStoredIsNotReadAgain() {
    Stmt other = evaluate(assign(R, literal(FLOAT, 1)));
    assertEquals(List.of(STORE, other, COPY), changed(STORE, other, READ));
  }

  @Test
  void anElementThatHasChangedSinceIsRead() {
    assertUnchanged(STORE, evaluate(addTo(V, literal(FLOAT, 1))), READ);
    Stmt elsewhere = evaluate(assign(at(FLOAT, "v", add(integer("j"), integer(1))), X));
    assertUnchanged(STORE, elsewhere, READ);
    assertUnchanged(STORE, Ir.when(less(R, X), evaluate(assign(V, literal(FLOAT, 1)))), READ);
  }

  @Test
  void anElementWhoseLocalHasChangedSinceIsRead() {
    assertUnchanged(STORE, evaluate(addTo(X, literal(FLOAT, 1))), READ);
  }

  @Test
  void aConditionalStoreIsNoValue() {
    assertUnchanged(Ir.when(less(R, X), STORE), READ);
  }

  @Test
  void onlyLocalsOfTheSameTypeAreTaken() {
    assertUnchanged(evaluate(assign(V, add(X, X))), READ);
    assertUnchanged(evaluate(assign(V, Ir.name(DOUBLE, "x"))), READ);
  }

  @Test
  void aRowThatIsPassedOnMayHaveChanged() {
    Stmt passed = evaluate(Ir.call(Ir.type(FLOAT), "f", Ir.row(FLOAT, "v"), literal(FLOAT, 1)));
    assertUnchanged(STORE, passed, READ);
  }
}
