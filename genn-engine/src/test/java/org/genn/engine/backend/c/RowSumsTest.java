package org.genn.engine.backend.c;

import static org.genn.engine.backend.Ir.addTo;
import static org.genn.engine.backend.Ir.assign;
import static org.genn.engine.backend.Ir.at;
import static org.genn.engine.backend.Ir.binary;
import static org.genn.engine.backend.Ir.declare;
import static org.genn.engine.backend.Ir.evaluate;
import static org.genn.engine.backend.Ir.integer;
import static org.genn.engine.backend.Ir.literal;
import static org.genn.engine.backend.Ir.when;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.genn.engine.snippet.NumericType.INT32;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.genn.engine.kernel.Op;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Stmt;
import org.junit.jupiter.api.Test;

class RowSumsTest {
  private static final Expr J = integer("j");
  private static final Stmt FIRST = evaluate(addTo(at(FLOAT, "sum", J), at(FLOAT, "first", J)));
  private static final Stmt SECOND = evaluate(addTo(at(FLOAT, "sum", J), at(FLOAT, "second", J)));

  private static boolean isSum(Expr count, Stmt... body) {
    return RowSums.isOne(new Op.Elements("loop", "j", count, List.of(body)));
  }

  @Test
  void severalRowsThatAreAddedToOneAreASum() {
    assertTrue(isSum(integer(256), FIRST, SECOND));
    assertTrue(isSum(integer(256), declare(FLOAT, "g", at(FLOAT, "first", J)), FIRST, SECOND));
  }

  @Test
  void oneRowThatIsAddedIsNone() {
    assertFalse(isSum(integer(256), FIRST));
  }

  @Test
  void aLoopThatWritesSeveralRowsIsNone() {
    Stmt reset = evaluate(assign(at(FLOAT, "first", J), literal(FLOAT, 0)));
    assertFalse(isSum(integer(256), FIRST, SECOND, reset));
  }

  @Test
  void aLoopOverANumberOfElementsThatIsNotKnownIsNone() {
    assertFalse(isSum(integer("count"), FIRST, SECOND));
  }

  @Test
  void aLoopWithBranchesIsNone() {
    Expr isLarge = binary(BinaryOperator.GREATER, at(INT32, "third", J), integer(0));
    assertFalse(isSum(integer(256), FIRST, when(isLarge, SECOND)));
  }
}
