package org.genn.engine.snippet;

import static org.genn.engine.snippet.Checks.problem;
import static org.genn.engine.snippet.Checks.problems;
import static org.genn.engine.snippet.Checks.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {

  @Test
  @Feature("L05")
  void declarationsMayHaveSeveralDeclarators() {
    assertEquals("int a = 1;\nint g;\nint e = (a + 1);", tree("const int a = 1, g, e = a + 1;"));
  }

  @Test
  @Feature("L05")
  void compoundAndEmptyStatements() {
    assertEquals("{\n  i = 1;\n  {}\n}\n{}\n{}", tree("{ i = 1; ; } ; {}"));
  }

  @Test
  @Feature("L05")
  void emptyCodeHasNoStatements() {
    assertEquals("", tree(" \n // nothing\n"));
  }

  @Test
  @Feature("L06")
  void elseBelongsToTheNearestIf() {
    assertEquals(
        "if (bool(i)) if (b) i = 1; else i = 2;", tree("if (i) if (b) i = 1; else i = 2;"));
  }

  @Test
  @Feature("L06")
  void loops() {
    assertEquals("while ((f < 3.0f)) f +=<float> 1.0f;", tree("while (f < 3.0) f += 1.0;"));
    assertEquals("do f +=<float> 1.0f; while ((f < 3.0f));", tree("do f += 1.0; while (f < 3.0);"));
    assertEquals("do {\n  i++;\n} while (bool(i));", tree("do { i++; } while (i);"));
    assertEquals(
        "for (int a = 0; int e = 1; (a < e); a++) i = a;",
        tree("for (int a = 0, e = 1; a < e; a++) i = a;")
            .replace("(  int", "(int")
            .replace("( int", "(int"));
    assertEquals("for (; ; ) break;", tree("for (;;) break;"));
    assertEquals(
        "for (i = 0; true; (i++, f = 1.0f)) {}", tree("for (i = 0; true; i++, f = 1.0) {}"));
  }

  @Test
  @Feature("L07")
  void casesFallThroughAndShareLabels() {
    assertEquals(
        """
        switch (i) {
        case 1: case 5:
          f = 1.0f;
          break;
        case -3: default:
          f = 2.0f;
        case 7:
        }\
        """,
        tree(
            "switch (i) { case 1: case 2 + 3: f = 1.0; break; case -3: default: f = 2.0; case 7:"
                + " }"));
  }

  @Test
  @Feature("L07")
  void selectorIsPromotedAndLabelsHaveItsType() {
    assertEquals(
        "switch (int(c)) {\ncase 1:\n  {}\n}", tree("switch (c) { case 1 ? true : 0: ; }"));
    assertEquals("switch (u) {\ncase 4294967295:\n  {}\n}", tree("switch (u) { case -1: ; }"));
    assertEquals(
        "switch (l) {\ncase 4294967296:\n  {}\n}", tree("switch (l) { case 4294967296: ; }"));
  }

  @ParameterizedTest
  @Feature("L07")
  @CsvSource(
      delimiter = '=',
      value = {
        "(7 - 2) * 3 % 4=3",
        "1 << 4 >> 1=8",
        "(~0 & 0xff) ^ 1=254",
        "1 | 2=3",
        "3 > 2 && !(2 > 3)=1",
        "0 || 4 < 3=0",
        "(unsigned char)300=44",
        "(int)2.9=2",
        "(bool)0.5=1",
        "-7 / 2=-3",
        "5u - 6u=-1",
        "18446744073709551615u / 2 > 4=1",
        "false ? 1 / 0 : 6=6"
      })
  void labelsAreFolded(String code, long value) {
    var statement =
        (Stmt.Switch)
            Snippet.statements(
                    Checks.source("switch (i) { case " + code + ": ; }"), Checks.ENVIRONMENT)
                .getFirst();
    assertEquals(List.of(value), statement.cases().getFirst().labels());
  }

  @ParameterizedTest
  @Feature("L07")
  @CsvSource(
      delimiter = '|',
      value = {
        "switch (f) { case 1: ; }|the selector of a switch must be an integer, got float",
        "switch (i) { case 1.5: ; }|the value of a case must be an integer, got float",
        "switch (i) { case i: ; }|the value of a case must be a constant",
        "switch (i) { case 1 / 0: ; }|the value of a case must be a constant",
        "switch (i) { case 3: ; case 1 + 2: ; }|there are two cases for 3",
        "switch (i) { default: ; default: ; }|there are two defaults in this switch",
        "switch (i) case 1: ;|expected '{' after the selector of the switch but found 'case'",
        "switch (i) { f = 1.0; case 1: ; }|expected 'case' or 'default'; what stands before them"
            + " never runs",
        "case 1: f = 1.0;|'case' is only possible inside a switch",
        "default: f = 1.0;|'default' is only possible inside a switch",
        "switch (i) { case 1: if (b) { case 2: ; } }|'case' must stand directly between the braces"
            + " of its switch",
        "switch (i) { case 1: if (b) default: ; }|'default' must stand directly between the braces"
            + " of its switch",
        "break;|'break' is only possible inside a loop or switch",
        "continue;|'continue' is only possible inside a loop",
        "switch (i) { case 1: continue; }|'continue' is only possible inside a loop",
        "if (b) { break; }|'break' is only possible inside a loop or switch",
        "if (i) int z = 1;|a declaration is not possible here; put it into braces",
        "int z[3];|arrays cannot be declared in a snippet; use an extra global parameter",
        "int z(int a) { i = 1; }|functions cannot be declared in a snippet",
        "const z = 1;|expected a type but found 'z'",
        "unsigned float z;|'unsigned float' is not a type",
        "long double z;|'long double' is not a type",
        "int 3;|expected the name of a variable but found '3'",
        "scalar z = 1.0, *y;|expected the name of a variable but found '*'",
        "int return = 3;|'return' is a word of C and cannot be a name",
        "int exp;; exp = exp(1.0);|'exp' is a variable, not a function",
        "return;|'return' is not part of the snippet language",
        "goto end;|'goto' is not part of the snippet language",
        "static int z = 1;|'static' is not part of the snippet language",
        "i = sizeof(int);|'sizeof' is not part of the snippet language",
        "i = &u;|there is no address-of operator '&' in the snippet language",
        "i = i.x;|there are no structures and members in the snippet language",
        "else i = 1;|expected an expression but found 'else'",
        "do i++; until (b);|expected 'while' after the body of the do loop but found 'until'",
        "for (i = 0) i++;|expected ';' after the start of the for loop but found ')'",
        "for (i = 0; b) i++;|expected ';' after the condition of the for loop but found ')'",
        "for (i = 0; b; i++ i++;|expected ')' after the head of the for loop but found 'i'",
        "while b i++;|expected '(' but found 'b'",
        "}|this '}' closes nothing"
      })
  void misplacedStatementsAreFaults(String code, String problem) {
    assertEquals(problem, problem(code));
  }

  @Test
  @Feature("L07")
  void jumpsInsideLoops() {
    assertEquals(
        "while (b) switch (i) {\ncase 1:\n  continue;\n  break;\n}",
        tree("while (b) switch (i) { case 1: continue; break; }"));
    assertEquals(
        List.of("'continue' is only possible inside a loop"),
        problems("while (b) { continue; } continue;"));
  }

  @Test
  @Feature("L07")
  void declarationsOfASwitchMoveToItsFront() {
    assertEquals(
        """
        {
          int a;
          switch (i) {
          case 1:
            a = 3;
          case 2:
            i = a;
          }
        }\
        """,
        tree("switch (i) { case 1: int a = 3; case 2: i = a; }"));
  }

  @Test
  void conditionsAreConvertedToBool() {
    assertEquals("if (b) {}", tree("if (b) ;"));
    assertEquals("if (bool(f)) {}", tree("if (f) ;"));
    assertEquals("if (bool((i & 1))) {}", tree("if (i & 1) ;"));
    assertEquals("a condition must be a number, got float*", problem("while (p) ;"));
  }
}
