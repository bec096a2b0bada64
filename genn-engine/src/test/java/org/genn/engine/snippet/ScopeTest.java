package org.genn.engine.snippet;

import static org.genn.engine.snippet.Checks.ENVIRONMENT;
import static org.genn.engine.snippet.Checks.problem;
import static org.genn.engine.snippet.Checks.problems;
import static org.genn.engine.snippet.Checks.source;
import static org.genn.engine.snippet.Checks.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeTest {

  @Test
  @Feature("L22")
  void innerLocalsShadowOuterOnesUnderAnotherName() {
    assertEquals(
        """
        int a = 1;
        {
          int a_1 = 2;
          i = a_1;
        }
        i = a;\
        """,
        tree("int a = 1; { int a = 2; i = a; } i = a;"));
  }

  @Test
  @Feature("L22")
  void siblingsHaveDifferentNamesToo() {
    assertEquals(
        """
        {
          int a = 1;
        }
        int a_1 = 2;
        for (int a_2 = 0; (a_2 < 2); a_2++) {
          int a_3 = 3;
        }
        int a_1_1;\
        """,
        tree("{ int a = 1; } int a = 2; for (int a = 0; a < 2; a++) { int a = 3; } int a_1;"));
  }

  @Test
  @Feature("L22")
  void localsMayShadowNamesOfTheEnvironment() {
    assertEquals(
        "float f_1 = (f * 2.0f);\nf_1 = f_1;\nint addToPost_1;\nfloat exp_1;",
        tree("scalar f = f * 2.0; f = f; int addToPost; scalar exp;"));
  }

  @Test
  @Feature("L22")
  void redeclarationInTheSameBlockIsAFault() {
    assertEquals("'a' is already declared in this block", problem("int a = 1; int a = 2;"));
    assertEquals("'a' is already declared in this block", problem("for (int a = 0, a = 1;;) ;"));
    assertEquals(2, problems("int a, a, a;").size());
  }

  @Test
  @Feature("L22")
  void localsEndWithTheirBlock() {
    for (String code : List.of("{ int q; } q = 1;", "for (int q = 0; q < 1; q++) ; q = 1;")) {
      assertEquals(
          "'q' is not defined here; available: [b, c, cp, d, f, i, l, m, p, ro, u, up, wo, x]",
          problem(code));
    }
  }

  @Test
  @Feature("L22")
  void laterCodesSeeTheLocalsOfEarlierOnes() {
    var scope = Snippet.scope(ENVIRONMENT);
    scope.statements(source("scalar a = f; { int hidden; }"));
    assertEquals("(a > 1.0f)", TreeText.of(scope.condition(source("a > 1.0"))));
    assertEquals("bool(a)", TreeText.of(scope.condition(source("a"))));
    assertEquals("a", TreeText.of(scope.expression(source("a"))));
    assertEquals(
        "float a_1 = a;\nint hidden_1;",
        TreeText.of(scope.statements(source("scalar a = a; int hidden;"))));
    assertThrows(SnippetException.class, () -> Snippet.scope(ENVIRONMENT).expression(source("a")));
  }

  @Test
  @Feature("L24")
  void delayedValues() {
    assertEquals("f = delayed(x, (i + 1));", tree("f = x[i + 1];"));
    assertEquals("f = (delayed(x, i) + delayed(x, u));", tree("f = x[i] + x[u];"));
    assertEquals(
        "d = delayed(x, 1);",
        tree(
            "d = x[1];",
            ENVIRONMENT.withDelayableVariable(
                "x", SnippetType.DOUBLE, Environment.Access.READ_ONLY)));
    assertEquals("f = x;", tree("f = x;"));
    assertEquals("float x_1 = 1.0f;\nf = x_1;", tree("scalar x = 1.0; f = x;"));
    assertEquals("the number of steps back must be an integer, got float", problem("f = x[1.0];"));
    assertEquals("an earlier value of a variable cannot be changed", problem("x[1] = 2.0;"));
    assertEquals("'x' is read-only", problem("x = 2.0;"));
    assertEquals(
        "'x' is used both with and without a delay subscript; use one of them throughout",
        problem("f = x[1];\nf = x;"));
    assertEquals(
        "'x' is used both with and without a delay subscript; use one of them throughout",
        problem("f = x + x[1];"));
  }

  @Test
  @Feature("L25")
  void theSynapseLoopHasNamesOfItsOwn() {
    var inside =
        ENVIRONMENT
            .withVariable("id_post", SnippetType.UINT32, Environment.Access.READ_ONLY)
            .withFunction("remove_synapse", SnippetType.NOTHING, List.of());
    var environment = ENVIRONMENT.withSynapseLoop(inside);
    assertEquals(
        "for_each_synapse {\n  if ((id_post == 3u)) remove_synapse(); else continue;\n  break;\n}",
        tree(
            "for_each_synapse { if (id_post == 3u) remove_synapse(); else continue; break; }",
            environment));
    assertEquals(
        "'id_post' is only defined inside for_each_synapse", problem("u = id_post;", environment));
    assertEquals(
        "'remove_synapse' is only defined inside for_each_synapse",
        problem("remove_synapse();", environment));
    assertEquals(
        "int a;\nfor_each_synapse {\n  int id_post_1;\n  a = id_post_1;\n}",
        tree("int a; for_each_synapse { int id_post; a = id_post; }", environment));
    assertEquals(
        "for_each_synapse is not possible here",
        problem("for_each_synapse for_each_synapse ;", environment));
    assertEquals("for_each_synapse is not possible here", problem("for_each_synapse { i = 1; }"));
    assertEquals(
        "for_each_synapse i++;", tree("for_each_synapse i++;", ENVIRONMENT.withSynapseLoop()));
  }

  @Test
  @Feature("L26")
  void legacySyntaxIsUnderstood() {
    var environment =
        ENVIRONMENT
            .withRandomNumbers()
            .withVariable("st_pre", SnippetType.DOUBLE, Environment.Access.READ_ONLY)
            .withFunction(
                "addToPostDelay",
                SnippetType.NOTHING,
                List.of(SnippetType.FLOAT, SnippetType.UINT32));
    assertEquals(
        """
        f = float((double(f) + st_pre));
        addToPost((f * 2.0f));
        addToPostDelay(f, u);
        f = gennrand_uniform();
        f = exp(f);\
        """,
        tree(
            "$(f) = $(f) + $(sT_pre); $(addToInSyn, $(f) * 2.0); $(addToInSynDelay, $(f), $(u));"
                + " $(f) = $(gennrand_uniform); $(f) = exp($(f));",
            environment));
    assertEquals(
        "'$(endRow)' of GeNN 4 has no counterpart; let the build code loop over the whole row or"
            + " column",
        problem("$(endRow);"));
    assertEquals("expected a name but found '3'", problem("f = $(3);"));
  }

  @ParameterizedTest
  @Feature("L26")
  @CsvSource({
    "sT, st",
    "sT_pre, st_pre",
    "sT_post, st_post",
    "prev_sT_pre, prev_st_pre",
    "prev_sT_post, prev_st_post",
    "seT_pre, set_pre",
    "seT_post, set_post",
    "prev_seT_pre, prev_set_pre",
    "prev_seT_post, prev_set_post",
    "anything, anything"
  })
  void legacyNamesAreThoseOfToday(String before, String today) {
    var environment =
        ENVIRONMENT.withVariable(today, SnippetType.FLOAT, Environment.Access.READ_ONLY);
    assertEquals("f = " + today + ";", tree("$(f) = $(" + before + ");", environment));
    if (!before.equals(today)) { // without the dollar it is a name like any other
      assertEquals(1, problems("f = " + before + ";", environment).size());
    }
  }
}
