package org.genn.engine.backend.form;

import static org.genn.engine.backend.Ir.add;
import static org.genn.engine.backend.Ir.assign;
import static org.genn.engine.backend.Ir.at;
import static org.genn.engine.backend.Ir.binary;
import static org.genn.engine.backend.Ir.evaluate;
import static org.genn.engine.backend.Ir.hoist;
import static org.genn.engine.backend.Ir.integer;
import static org.genn.engine.backend.Ir.literal;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.genn.engine.snippet.NumericType.INT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.genn.engine.backend.Ir;
import org.genn.engine.kernel.Function;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Stmt;
import org.junit.jupiter.api.Test;

class LoopFusionTest {
  private static final Rows V = new Rows("V", FLOAT, 1, 8);
  private static final Rows LIST = new Rows("list", INT32, 1, 9);

  private static Op.Elements integrate(String index) {
    Expr v = at(FLOAT, "v", integer(index));
    return new Op.Elements(
        "cells_integrate",
        index,
        integer(8),
        List.of(
            Ir.declare(FLOAT, "x", binary(BinaryOperator.MULTIPLY, v, literal(FLOAT, 2))),
            evaluate(assign(v, Ir.name(FLOAT, "x")))));
  }

  private static Op.Elements fire(Expr looked, int count) {
    Expr list = at(INT32, "spikes", integer(0));
    return new Op.Elements(
        "cells_fire",
        "k",
        integer(count),
        List.of(
            Ir.declare(FLOAT, "x", at(FLOAT, "v", looked)),
            Ir.when(
                binary(BinaryOperator.GREATER_EQUAL, Ir.name(FLOAT, "x"), literal(FLOAT, 1)),
                evaluate(assign(list, add(list, integer(1)))))));
  }

  private static List<Op> fused(Op... loops) {
    var body = new java.util.ArrayList<Op>();
    body.add(hoist("v", V, integer(0)));
    body.add(loops[0]);
    body.add(hoist("spikes", LIST, integer(0)));
    body.addAll(List.of(loops).subList(1, loops.length));
    var program =
        new Program(
            "cells",
            List.of(V, LIST),
            List.of(new Function("step", "", List.of(), body)),
            List.of());
    return LoopFusion.of(program, _ -> true).functions().getFirst().body();
  }

  @Test
  void loopsOverTheSameElementsBecomeOneAfterWhatTheSecondNeeds() {
    List<Op> ops = fused(integrate("j"), fire(integer("k"), 8));
    assertEquals(3, ops.size());
    assertEquals(hoist("spikes", LIST, integer(0)), ops.get(1));
    var loop = (Op.Elements) ops.get(2);
    assertEquals("cells_integrate_fire", loop.label());
    assertEquals("j", loop.index());
    assertEquals(4, loop.body().size());
    // the second loop's local has another name now, and its index is the first one's
    assertEquals(Ir.declare(FLOAT, "x_", at(FLOAT, "v", integer("j"))), loop.body().get(2));
  }

  @Test
  void aSecondLoopThatLooksAtOtherElementsStaysAlone() {
    assertEquals(4, fused(integrate("j"), fire(add(integer("k"), integer(1)), 8)).size());
  }

  @Test
  void loopsOfDifferentLengthStayAlone() {
    assertEquals(4, fused(integrate("j"), fire(integer("k"), 7)).size());
  }

  @Test
  void aFirstLoopThatLooksAtOtherElementsStaysAlone() {
    Op.Elements shifted =
        new Op.Elements(
            "cells_shift",
            "j",
            integer(8),
            List.of(
                evaluate(
                    assign(
                        at(FLOAT, "v", integer("j")),
                        at(FLOAT, "v", add(integer("j"), integer(1)))))));
    assertEquals(4, fused(shifted, fire(integer("k"), 8)).size());
  }

  @Test
  void branchesAreSeen() {
    assertTrue(LoopFusion.branches(fire(integer("k"), 8)));
    assertFalse(LoopFusion.branches(integrate("j")));
    Stmt choice =
        evaluate(
            assign(
                at(FLOAT, "v", integer("j")),
                new Expr.Conditional(
                    literal(FLOAT, 1).type(),
                    binary(BinaryOperator.LESS, integer("j"), integer(3)),
                    literal(FLOAT, 1),
                    literal(FLOAT, 2))));
    assertTrue(
        LoopFusion.branches(new Op.Elements("cells_choose", "j", integer(8), List.of(choice))));
  }
}
