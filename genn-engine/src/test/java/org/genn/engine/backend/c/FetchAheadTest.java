package org.genn.engine.backend.c;

import static org.genn.engine.backend.Ir.add;
import static org.genn.engine.backend.Ir.addTo;
import static org.genn.engine.backend.Ir.at;
import static org.genn.engine.backend.Ir.evaluate;
import static org.genn.engine.backend.Ir.hoist;
import static org.genn.engine.backend.Ir.integer;
import static org.genn.engine.backend.Ir.less;
import static org.genn.engine.backend.Ir.literal;
import static org.genn.engine.backend.Ir.run;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.genn.engine.snippet.NumericType.INT32;
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

class FetchAheadTest {
  private static final Rows IDS = new Rows("ids", INT32, 1, 9);
  private static final Rows STARTS = new Rows("starts", INT32, 1, 8);
  private static final Rows TARGETS = new Rows("targets", INT32, 8, Rows.RAGGED);
  private static final Rows EVEN = new Rows("even", INT32, 8, 16);
  private static final Rows INPUT = new Rows("input", FLOAT, 1, 8);

  private static final Op SOURCE =
      run(Ir.declare(INT32, "source", at(INT32, "list", integer("entry"))));
  private static final Op FIRST =
      run(Ir.declare(INT32, "first", at(INT32, "begins", integer("source"))));
  private static final Op LAST =
      run(Ir.declare(INT32, "last", at(INT32, "ends", integer("source"))));
  private static final Op ELEMENTS =
      new Op.Elements(
          "deliver",
          "synapse",
          integer("first"),
          integer("last"),
          List.of(
              evaluate(
                  addTo(
                      at(FLOAT, "sum", at(INT32, "row", integer("synapse"))), literal(FLOAT, 1)))));

  private static Op row(Rows rows) {
    return hoist("row", rows, integer("source"));
  }

  private static List<Op> changed(Expr end, Op... body) {
    var ops = new ArrayList<Op>();
    ops.add(hoist("list", IDS, integer(0)));
    ops.add(hoist("begins", STARTS, integer(0)));
    ops.add(hoist("ends", STARTS, integer(0)));
    ops.add(hoist("sum", INPUT, integer(0)));
    ops.add(new Op.Loop("entry", integer(0), end, List.of(body)));
    var program =
        new Program(
            "net",
            List.of(IDS, STARTS, TARGETS, EVEN, INPUT),
            List.of(new Function("deliver", "", List.of(), ops)),
            List.of());
    Op.Loop loop = (Op.Loop) FetchAhead.of(program).functions().getFirst().body().getLast();
    return loop.body();
  }

  @Test
  void theRangeOfTheNextRowIsFetchedWhileThereIsOne() {
    Expr end = integer("count");
    List<Op> body = changed(end, SOURCE, FIRST, LAST, row(TARGETS), ELEMENTS);
    assertEquals(List.of(SOURCE, FIRST, LAST, row(TARGETS), ELEMENTS), body.subList(1, 6));
    Expr next = add(integer("entry"), integer(1));
    var expected =
        List.of(
            run(Ir.declare(INT32, "source_next", at(INT32, "list", next))),
            run(Ir.declare(INT32, "first_next", at(INT32, "begins", integer("source_next")))),
            run(Ir.declare(INT32, "last_next", at(INT32, "ends", integer("source_next")))),
            hoist("row_next", TARGETS, integer("source_next")));
    Op.When when = (Op.When) body.getFirst();
    assertEquals(less(next, end), when.condition());
    assertEquals(expected, when.body().subList(0, 4));
    assertEquals(1, when.body().size() - expected.size());
    assertEquals(
        List.of(Ir.row(INT32, "row_next"), integer("first_next"), integer("last_next")),
        fetched(when.body().getLast()));
  }

  private static List<Expr> fetched(Op op) {
    return op instanceof Op.Do(Stmt.Evaluate(Expr.Call call))
            && call.function().equals(FetchAhead.FETCH)
        ? call.arguments()
        : List.of();
  }

  @Test
  void onlyWhatTheRowNeedsIsLookedUp() {
    Op unused = run(Ir.declare(INT32, "unused", at(INT32, "begins", integer("entry"))));
    List<Op> body = changed(integer(4), SOURCE, unused, FIRST, LAST, row(TARGETS), ELEMENTS);
    assertEquals(5, ((Op.When) body.getFirst()).body().size());
  }

  @Test
  void rowsThatFollowEachOtherAreLeftToTheProcessor() {
    assertEquals(
        List.of(SOURCE, FIRST, LAST, row(EVEN), ELEMENTS),
        changed(integer(4), SOURCE, FIRST, LAST, row(EVEN), ELEMENTS));
  }

  @Test
  void aLoopThatIsNotOverAListOfSourcesStaysAsItIs() {
    Op counted = run(Ir.declare(INT32, "source", add(integer("entry"), integer(1))));
    assertEquals(
        List.of(counted, FIRST, LAST, row(TARGETS), ELEMENTS),
        changed(integer(4), counted, FIRST, LAST, row(TARGETS), ELEMENTS));
  }

  @Test
  void anEndThatCouldChangeSomethingIsNotEvaluatedTwice() {
    Expr end = Ir.call(Ir.type(INT32), "count");
    assertEquals(
        List.of(SOURCE, FIRST, LAST, row(TARGETS), ELEMENTS),
        changed(end, SOURCE, FIRST, LAST, row(TARGETS), ELEMENTS));
  }
}
