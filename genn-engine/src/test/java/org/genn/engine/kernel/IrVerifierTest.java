package org.genn.engine.kernel;

import static org.genn.engine.backend.Ir.add;
import static org.genn.engine.backend.Ir.addTo;
import static org.genn.engine.backend.Ir.assign;
import static org.genn.engine.backend.Ir.at;
import static org.genn.engine.backend.Ir.declare;
import static org.genn.engine.backend.Ir.evaluate;
import static org.genn.engine.backend.Ir.hoist;
import static org.genn.engine.backend.Ir.integer;
import static org.genn.engine.backend.Ir.kernel;
import static org.genn.engine.backend.Ir.literal;
import static org.genn.engine.backend.Ir.program;
import static org.genn.engine.backend.Ir.row;
import static org.genn.engine.backend.Ir.run;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.genn.engine.snippet.NumericType.INT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.genn.engine.backend.LifProgram;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;
import org.junit.jupiter.api.Test;

class IrVerifierTest {
  private static final Rows V = new Rows("V", FLOAT, 2, 4);
  private static final Rows TAPE = new Rows("tape", INT32, 2, Rows.RAGGED);
  private static final Op HOIST = hoist("v", V, integer("begin"));

  private static void refuse(String message, Op... body) {
    refuse(message, program("p", List.of(V, TAPE), kernel("k", body)));
  }

  private static void refuse(String message, Program program) {
    var e = assertThrows(IllegalStateException.class, () -> IrVerifier.verify(program));
    assertEquals("kernel IR, " + message, e.getMessage());
  }

  @Test
  void acceptsAndReturnsAGoodProgram() {
    Program program = LifProgram.of("lif", 2, 3, 4);
    assertSame(program, IrVerifier.verify(program));
  }

  @Test
  void namesMustBeDeclared() {
    refuse("kernel 'k': 'x' is not declared", run(declare(INT32, "y", integer("x"))));
    refuse(
        "kernel 'k': 'v' is not declared",
        run(addTo(at(FLOAT, "v", integer(0)), literal(FLOAT, 1))),
        HOIST);
    Op inner =
        new Op.Loop("i", integer(0), integer(3), List.of(run(declare(INT32, "x", integer("i")))));
    refuse("kernel 'k': 'x' is not declared", inner, run(declare(INT32, "y", integer("x"))));
  }

  @Test
  void namesAreDeclaredOnce() {
    refuse("kernel 'k': 'begin' is declared twice", run(declare(INT32, "begin", integer(0))));
    refuse("kernel 'k': 'v' is declared twice", HOIST, HOIST);
    refuse(
        "kernel 'k': 'x' is declared twice",
        run(declare(INT32, "x", integer(0))),
        new Op.Loop("x", integer(0), integer(3), List.of()));
    refuse("arrays: two arrays are called 'V'", program("p", List.of(V, V)));
    refuse(
        "kernels: two functions or kernels are called 'k'",
        program("p", List.of(), kernel("k"), kernel("k")));
    var elements = new Op.Elements("same", "j", integer(4), List.of());
    refuse("kernel 'k': two loops are called 'same'", elements, elements);
    refuse("kernel: 'exp' is a function of the language", program("p", List.of(), kernel("exp")));
    refuse("kernel: its name is no identifier: 'a b'", program("p", List.of(), kernel("a b")));
  }

  @Test
  void typesAgree() {
    String number = "Number[numeric=FLOAT]";
    refuse(
        "kernel 'k': initial value of 'x' has type %s, not Number[numeric=INT32]".formatted(number),
        run(declare(INT32, "x", literal(FLOAT, 1))));
    refuse(
        "kernel 'k': right side of + has type %s, not Number[numeric=INT32]".formatted(number),
        run(declare(INT32, "x", add(integer(1), literal(FLOAT, 1)))));
    refuse(
        "kernel 'k': condition has type Number[numeric=INT32], not Number[numeric=BOOL]",
        new Op.When(integer(1), List.of()));
    refuse(
        "kernel 'k': assigned value has type Number[numeric=INT32], not " + number,
        HOIST,
        run(assign(at(FLOAT, "v", integer(0)), integer(1))));
    refuse(
        "kernel 'k': element of Name[type=Pointer[pointee=%s, constant=false], name=v] has type Number[numeric=INT32], not %s"
            .formatted(number, number),
        HOIST,
        run(addTo(new Expr.Subscript(SnippetType.INT32, row(FLOAT, "v"), integer(0)), integer(1))));
    refuse(
        "kernel 'k': index of a row is no integer: " + literal(FLOAT, 0),
        hoist("w", V, literal(FLOAT, 0)));
  }

  @Test
  void rowsAreNotAssigned() {
    refuse(
        "kernel 'k': row 'v' is assigned",
        HOIST,
        hoist("w", V, integer("end")),
        run(assign(row(FLOAT, "v"), row(FLOAT, "w"))));
  }

  @Test
  void arraysAndFunctionsExist() {
    refuse(
        "kernel 'k': the program has no array Rows[name=W, type=FLOAT, count=1, length=1,"
            + " isScratch=false]",
        hoist("w", new Rows("W", FLOAT, 1, 1), integer(0)));
    refuse("kernel 'k': the program has no function 'f'", new Op.Invoke("f", List.of()));
    var f = new Function("f", "", List.of(integer("n")), List.of());
    refuse(
        "kernel 'k': 'f' has 2 arguments, not 1",
        program(
            "p",
            List.of(),
            List.of(f),
            kernel("k", new Op.Invoke("f", List.of(integer(1), integer(2))))));
    refuse(
        "kernel 'k': argument 1 of 'f' has type Number[numeric=FLOAT], not Number[numeric=INT32]",
        program(
            "p",
            List.of(),
            List.of(f),
            kernel("k", new Op.Invoke("f", List.of(literal(FLOAT, 1))))));
  }

  @Test
  void roomIsReservedBeforeRowsAreTaken() {
    Op reserve = new Op.Reserve(List.of(TAPE), integer("begin"), integer(5), integer(10));
    Op take = hoist("ids", TAPE, integer("begin"));
    IrVerifier.verify(program("p", List.of(TAPE), kernel("k", reserve, take)));
    refuse("kernel 'k': room is reserved in 'tape' after a row of it was taken", take, reserve);
    refuse(
        "kernel 'k': rows of 'V' have a fixed length and cannot grow",
        new Op.Reserve(List.of(V), integer("begin"), integer(5), integer(10)));
  }

  @Test
  void whatLoweringShouldHaveReplacedIsRefused() {
    refuse(
        "kernel 'k': for_each_synapse has not been lowered",
        run(new Stmt.ForEachSynapse(new Stmt.Block(List.of()))));
    refuse(
        "kernel 'k': delayed access to 'x' has not been lowered",
        run(declare(INT32, "y", new Expr.Delayed(SnippetType.INT32, "x", integer(1)))));
    refuse(
        "kernel 'k': the target of an assignment is neither a variable nor an element: "
            + integer(1),
        run(evaluate(assign(integer(1), integer(2)))));
  }
}
