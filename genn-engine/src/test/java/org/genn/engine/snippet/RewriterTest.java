package org.genn.engine.snippet;

import static org.genn.engine.snippet.Checks.ENVIRONMENT;
import static org.genn.engine.snippet.Checks.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RewriterTest {

  private static final String EVERYTHING =
      """
      int a = 1;
      scalar *q = p + a;
      if (b) { q[a] = f; } else i++;
      while (i < 3) { i += 2; continue; }
      do i--; while (!i);
      for (int e = 0; e < 4; e++) { if (e) break; }
      switch (i) { case 1: f = x[2]; break; default: f = b ? (i, 1.0) : exp(f); }
      for_each_synapse printf("%d", (char)i);
      """;

  private static List<Stmt> everything() {
    return Snippet.statements(source(EVERYTHING), ENVIRONMENT.withSynapseLoop());
  }

  @Test
  void identityGivesAnEqualTree() {
    assertEquals(everything(), Rewriter.map(everything(), UnaryOperator.identity()));
  }

  @Test
  void childrenAreRewrittenBeforeTheirParents() {
    var order = new StringBuilder();
    Rewriter.map(
        Snippet.expression(source("f = f + 1.0"), ENVIRONMENT),
        expr -> {
          order.append(expr.getClass().getSimpleName()).append(' ');
          return expr;
        });
    assertEquals("Name Name Literal Binary Assign ", order.toString());
  }

  @Test
  void namesAreSubstituted() {
    Expr substituted =
        Rewriter.map(
            Checks.expression("f * exp(-f)"),
            expr -> expr instanceof Expr.Name(var type, _) ? new Expr.Name(type, "g") : expr);
    assertEquals("(g * exp((-g)))", TreeText.of(substituted));
  }

  @Test
  void statementsAreReplaced() {
    List<Stmt> replaced =
        Rewriter.map(
            Snippet.statements(source("while (b) { if (b) break; }"), ENVIRONMENT),
            UnaryOperator.identity(),
            statement -> statement instanceof Stmt.Break ? new Stmt.Continue() : statement);
    assertEquals("while (b) {\n  if (b) continue;\n}", TreeText.of(replaced));
  }

  @Test
  void renamingCoversDeclarationsAndDelayedNames() {
    var renamed =
        Rewriter.rename(
            Snippet.statements(source("scalar a = x[1]; f = a;"), ENVIRONMENT), name -> "_" + name);
    assertEquals("float _a = delayed(_x, 1);\n_f = _a;", TreeText.of(renamed));
    assertEquals(
        "(_f + 1.0f)",
        TreeText.of(Rewriter.rename(Checks.expression("f + 1.0"), name -> "_" + name)));
  }

  @Test
  void namesAreSortedByUse() {
    Names names = Names.of(everything());
    assertEquals(List.of("p", "a", "b", "f", "i", "e", "x"), List.copyOf(names.read()));
    assertEquals(List.of("q", "i", "e", "f"), List.copyOf(names.written()));
    assertEquals(List.of("a", "q", "e"), List.copyOf(names.declared()));
    assertEquals(List.of("x"), List.copyOf(names.delayed()));
    assertEquals(List.of("exp", "printf"), List.copyOf(names.called()));
    assertTrue(names.uses("q"));
  }

  @Test
  void writingAnElementWritesItsArray() {
    Names names = Names.of(Checks.expression("*(p + i) = f"));
    assertEquals(List.of("f", "i"), List.copyOf(names.read()));
    assertEquals(List.of("p"), List.copyOf(names.written()));
    Names compound = Names.of(Checks.expression("p[u] += f"));
    assertEquals(List.of("f", "u", "p"), List.copyOf(compound.read()));
    Names plain = Names.of(Checks.expression("f = i"));
    assertEquals(List.of("i"), List.copyOf(plain.read()));
  }
}
