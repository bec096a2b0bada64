package org.genn.engine.backend.form;

import static org.genn.engine.backend.Ir.add;
import static org.genn.engine.backend.Ir.assign;
import static org.genn.engine.backend.Ir.at;
import static org.genn.engine.backend.Ir.evaluate;
import static org.genn.engine.backend.Ir.hoist;
import static org.genn.engine.backend.Ir.integer;
import static org.genn.engine.backend.Ir.less;
import static org.genn.engine.backend.Ir.literal;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.backend.Ir;
import org.genn.engine.kernel.Function;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Stmt;
import org.junit.jupiter.api.Test;

class ScratchLocalsTest {
  private static final Rows V = new Rows("V", FLOAT, 1, 8);
  private static final Rows SCRATCH = new Rows("scratch", FLOAT, 1, 8, true);
  private static final Op ROW = hoist("v", V, integer(0));

  private static final Expr S = at(FLOAT, "s", integer("j"));
  private static final Expr V_J = at(FLOAT, "v", integer("j"));

  /// `s[j] = 2.0`
  private static final Stmt STORE = evaluate(assign(S, literal(FLOAT, 2)));

  /// `v[j] = s[j]`
  private static final Stmt USE = evaluate(assign(V_J, S));

  private static Op.Elements loop(Stmt... body) {
    return new Op.Elements("cells", "j", integer(8), List.of(body));
  }

  private static List<Op> changed(Rows scratch, Op... loops) {
    var body = new ArrayList<Op>();
    body.add(ROW);
    body.add(hoist("s", scratch, integer(0)));
    body.addAll(List.of(loops));
    var program =
        new Program(
            "cells",
            List.of(V, SCRATCH),
            List.of(new Function("step", "", List.of(), body)),
            List.of());
    return ScratchLocals.of(program).functions().getFirst().body();
  }

  private static void assertUnchanged(Rows scratch, Op... loops) {
    List<Op> ops = changed(scratch, loops);
    assertEquals(hoist("s", scratch, integer(0)), ops.get(1));
    assertEquals(List.of(loops), ops.subList(2, ops.size()));
  }

  @Test
  void aRowThatOneLoopWritesAndReadsIsALocal() {
    Expr local = Ir.name(FLOAT, "s_local");
    assertEquals(
        List.of(
            ROW,
            loop(Ir.declare(FLOAT, "s_local", literal(FLOAT, 2)), evaluate(assign(V_J, local)))),
        changed(SCRATCH, loop(STORE, USE)));
  }

  @Test
  void aRowThatIsReadAtTheConditionalEndStays() {
    Stmt rare = Ir.when(less(V_J, literal(FLOAT, 1)), USE);
    assertUnchanged(SCRATCH, loop(STORE, rare));
    assertUnchanged(SCRATCH, loop(STORE, Ir.declare(FLOAT, "x", S), rare));
  }

  @Test
  void aRowThatAnotherLoopReadsStays() {
    assertUnchanged(SCRATCH, loop(STORE), loop(USE));
  }

  @Test
  void aRowThatIsReadBeforeItIsWrittenStays() {
    assertUnchanged(SCRATCH, loop(USE, STORE));
    assertUnchanged(SCRATCH, loop(evaluate(assign(S, add(S, literal(FLOAT, 2)))), USE));
  }

  @Test
  void aRowThatIsReadAtAnotherPlaceStays() {
    Expr other = at(FLOAT, "s", add(integer("j"), integer(1)));
    assertUnchanged(SCRATCH, loop(STORE, evaluate(assign(V_J, other))));
  }

  @Test
  void aRowThatIsNotScratchStays() {
    assertUnchanged(V, loop(STORE, USE));
  }
}
