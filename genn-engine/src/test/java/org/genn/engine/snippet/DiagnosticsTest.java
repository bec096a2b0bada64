package org.genn.engine.snippet;

import static org.genn.engine.snippet.Checks.fault;
import static org.genn.engine.snippet.Checks.problems;
import static org.genn.engine.snippet.Checks.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.genn.engine.snippet.Environment.Access;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

@Feature("L23")
class DiagnosticsTest {

  private static final Environment LIF =
      Environment.of(NumericType.FLOAT, NumericType.FLOAT)
          .withVariable("V", SnippetType.FLOAT, Access.READ_WRITE)
          .withVariable("Isyn", SnippetType.FLOAT, Access.READ_ONLY);

  @Test
  void faultShowsOriginLineAndCarets() { // E29
    assertEquals(
        """
        sim code of neuron model Lif, line 2: 'Isin' is not defined here; available: [Isyn, V]; did you mean 'Isyn'?
          V += Isin;
               ^^^^\
        """,
        fault("V *= 0.9;\n  V += Isin;", LIF));
  }

  @Test
  void allFaultsOfACodeAreReportedInOrder() { // E29
    assertEquals(
        """
        sim code of neuron model Lif, line 1: unexpected character '@'
          V = @;
              ^

        sim code of neuron model Lif, line 2: 'a' is not defined here; available: [Isyn, V]
          V = a + b;
              ^

        sim code of neuron model Lif, line 2: 'b' is not defined here; available: [Isyn, V]
          V = a + b;
                  ^

        sim code of neuron model Lif, line 3: expected ')' after the expression but found ';'
          V = (1.0;
                  ^

        sim code of neuron model Lif, line 4: 'Isyn' is read-only
          Isyn = 1.0
               ^

        sim code of neuron model Lif, line 4: expected ';' after '1.0'
          Isyn = 1.0
                    ^

        sim code of neuron model Lif, line 5: '%' needs integers, got float and int
          V = V % 2;
                ^\
        """,
        fault("V = @;\nV = a + b;\nV = (1.0;\nIsyn = 1.0\nV = V % 2;", LIF));
  }

  @Test
  void lineAndColumnAreDataToo() {
    var diagnostic =
        assertThrows(SnippetException.class, () -> Snippet.statements(source("\n\tV = q;"), LIF))
            .diagnostics()
            .getFirst();
    assertEquals("sim code of neuron model Lif", diagnostic.origin());
    assertEquals(2, diagnostic.line());
    assertEquals(6, diagnostic.column());
    assertEquals("'q' is not defined here; available: [Isyn, V]", diagnostic.problem());
    assertEquals("V = q;", diagnostic.excerpt());
    assertEquals("    ^", diagnostic.marker());
  }

  @Test
  void tabsInsideALineKeepTheCaretsInPlace() {
    assertTrue(fault("V\t= q;", LIF).endsWith("\n  V\t= q;\n   \t  ^"));
  }

  @Test
  void endOfTheCodeIsShown() {
    assertEquals(
        """
        sim code of neuron model Lif, line 1: expected an expression, but the code ends here
          if (V > 1.0) V = 1.0; else
                                    ^\
        """,
        fault("if (V > 1.0) V = 1.0; else\n\n", LIF));
    assertEquals(
        """
        sim code of neuron model Lif, line 1: this '{' is not closed; expected '}'
          { { { V = 1.0;
              ^\
        """,
        fault("{ { { V = 1.0;", LIF));
    assertEquals(
        "sim code of neuron model Lif, line 1: expected an expression, but the code ends here",
        assertThrows(SnippetException.class, () -> Snippet.expression(source(""), LIF))
            .getMessage());
  }

  @Test
  void longLinesAreCutAroundTheFault() {
    String code = "V = " + "V + ".repeat(60) + "q" + " + V".repeat(60) + ";";
    String[] lines = fault(code, LIF).split("\n");
    assertTrue(lines[1].startsWith("  … ") && lines[1].endsWith(" …"), lines[1]);
    assertEquals('q', lines[1].charAt(lines[2].indexOf('^')));
    assertTrue(lines[1].length() < 120);
  }

  @Test
  void oneFaultGivesOneDiagnostic() {
    assertEquals(1, problems("V = q + q; V = q;", LIF).size());
    assertEquals(1, problems("int a = 1 + ; V = a; a++;", LIF).size());
    assertEquals(1, problems("int a = 1f; V = a;", LIF).size());
    assertEquals(1, problems("V = exp(q[1] + 3);", LIF).size());
    assertEquals(1, problems("while (q) V = 1.0;", LIF).size());
    assertEquals(1, problems("switch (q) { case 1: V = 1.0; }", LIF).size());
    assertEquals(1, problems("V = V.x.y; V = 1.0;", LIF).size());
  }

  @Test
  void parsingGoesOnAfterAFault() {
    assertEquals(
        List.of(
            "expected an expression but found ')'",
            "expected an expression but found ';'",
            "'q' is not defined here; available: [Isyn, V]"),
        problems("if () { V = ; } V = q;", LIF));
    assertEquals(
        List.of("expected ';' after '1.0'", "expected ';' after '2.0'"),
        problems("V = 1.0\nV = 2.0\nif (V > 1.0) V = 2.0;", LIF));
  }

  @Test
  void expressionsMustEndWhereTheCodeEnds() {
    var exception =
        assertThrows(SnippetException.class, () -> Snippet.expression(source("V > 1.0; V"), LIF));
    assertEquals(
        """
        sim code of neuron model Lif, line 1: expected the end of the expression but found ';'
          V > 1.0; V
                 ^\
        """,
        exception.getMessage());
  }

  @Test
  void faultsOfSeveralCodesAreCombined() {
    var first =
        assertThrows(SnippetException.class, () -> Snippet.statements(source("V = q;"), LIF));
    var second =
        assertThrows(
            SnippetException.class,
            () -> Snippet.condition(new Source("threshold of neuron model Lif", "W > 1"), LIF));
    var combined = SnippetException.combined(List.of(first, second));
    assertEquals(first.getMessage() + "\n\n" + second.getMessage(), combined.getMessage());
    assertEquals(2, combined.diagnostics().size());
  }

  @Test
  void theNumberOfFaultsShownIsLimited() {
    var code = new StringBuilder();
    for (int n = 0; n < 1000; n++) {
      code.append("V = q").append(n).append(";\n");
    }
    List<String> problems = problems(code.toString(), LIF);
    assertEquals(101, problems.size());
    assertEquals("there are more faults than the 100 shown", problems.getLast());
  }

  @Test
  void longListsOfNamesAreCut() {
    var environment = LIF;
    for (int n = 10; n < 70; n++) {
      environment = environment.withVariable("n" + n, SnippetType.FLOAT, Access.READ_ONLY);
    }
    String problem = problems("V = undefined;", environment).getFirst();
    assertTrue(problem.endsWith("n46, n47, … (62 in all)]"), problem);
  }
}
