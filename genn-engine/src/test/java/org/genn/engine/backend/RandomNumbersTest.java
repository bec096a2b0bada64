package org.genn.engine.backend;

import static org.genn.engine.snippet.NumericType.DOUBLE;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.genn.engine.snippet.NumericType.INT32;
import static org.genn.engine.snippet.NumericType.UINT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.feature.Feature;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Feature("L21")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomNumbersTest {
  private static final int LENGTH = 40000;
  private static final long SEED = 0x0123456789abcdefL;

  private Table table;

  /// Draw number i of a function with parameters.
  private static Table.Column draw(NumericType result, String function, Expr... parameters) {
    var arguments = new ArrayList<Expr>();
    for (long word : new long[] {SEED & 0xffffffffL, SEED >>> 32}) {
      arguments.add(new Expr.Literal(SnippetType.UINT32, word));
    }
    arguments.add(Ir.convert(UINT32, Table.variable(INT32, 0)));
    for (int word : new int[] {5, 6, 7}) {
      arguments.add(new Expr.Literal(SnippetType.UINT32, word));
    }
    arguments.addAll(List.of(parameters));
    return new Table.Column(
        result, List.of(INT32), Ir.call(Ir.type(result), function, arguments.toArray(Expr[]::new)));
  }

  @BeforeAll
  void build() {
    Expr trials = new Expr.Literal(SnippetType.UINT32, 40);
    table =
        new Table(
            LENGTH,
            List.of(
                draw(UINT32, "random_bits"),
                draw(FLOAT, "random_uniform"),
                draw(DOUBLE, "random_uniform"),
                draw(FLOAT, "random_normal"),
                draw(DOUBLE, "random_normal"),
                draw(FLOAT, "random_exponential"),
                draw(DOUBLE, "random_exponential"),
                draw(FLOAT, "random_gamma", Ir.literal(FLOAT, 2.5)),
                draw(DOUBLE, "random_gamma", Ir.literal(DOUBLE, 0.4)),
                draw(FLOAT, "random_log_normal", Ir.literal(FLOAT, 0.2), Ir.literal(FLOAT, 0.5)),
                draw(UINT32, "random_binomial", trials, Ir.literal(FLOAT, 0.1)),
                draw(
                    UINT32,
                    "random_binomial",
                    new Expr.Literal(SnippetType.UINT32, 1000),
                    Ir.literal(FLOAT, 0.7))));
    for (int column = 0; column < 12; column++) {
      for (int i = 0; i < LENGTH; i++) {
        table.set(column, 0, i, i);
      }
      table.run(column);
    }
  }

  @AfterAll
  void close() {
    table.close();
  }

  @Test
  void kernelsDrawTheNumbersOfTheHost() {
    var host = new Philox(SEED);
    for (int i = 0; i < 20000; i++) {
      assertEquals(Integer.toUnsignedLong(host.bits(i, 5, 6, 7)), table.getLong(0, i));
      assertEquals(host.uniformFloat(i, 5, 6, 7), table.get(1, i));
      assertEquals(host.uniform(i, 5, 6, 7), table.get(2, i));
      assertEquals((float) host.normal(i, 5, 6, 7), table.get(3, i));
      assertEquals(host.normal(i, 5, 6, 7), table.get(4, i));
      assertEquals((float) host.exponential(i, 5, 6, 7), table.get(5, i));
      assertEquals(host.exponential(i, 5, 6, 7), table.get(6, i));
    }
  }

  // Means and variances within four standard errors
  @Test
  void meansAndVariancesAreThoseOfTheDistributions() {
    moments(1, 0.5, 1.0 / 12, 1.0 / 80);
    moments(4, 0, 1, 3);
    moments(6, 1, 1, 9);
    moments(7, 2.5, 2.5, 3 * 2.5 * 2.5 + 6 * 2.5);
    moments(8, 0.4, 0.4, 3 * 0.4 * 0.4 + 6 * 0.4);
    double variance = (Math.exp(0.25) - 1) * Math.exp(0.4 + 0.25);
    moments(9, Math.exp(0.2 + 0.125), variance, 12 * variance * variance);
    moments(10, 4, 3.6, 3 * 3.6 * 3.6 + 3.6);
    moments(11, 700, 210, 3 * 210 * 210);
  }

  private void moments(int column, double mean, double variance, double fourth) {
    double sum = 0;
    for (int i = 0; i < LENGTH; i++) {
      sum += table.get(column, i);
    }
    double measured = sum / LENGTH;
    assertEquals(mean, measured, 4 * Math.sqrt(variance / LENGTH), "mean of " + column);
    double squares = 0;
    for (int i = 0; i < LENGTH; i++) {
      double d = table.get(column, i) - mean;
      squares += d * d;
    }
    double error = Math.sqrt((fourth - variance * variance) / LENGTH);
    assertEquals(variance, squares / LENGTH, 4 * error, "variance of " + column);
  }

  @Test
  void normalNumbersHaveTheRightTails() {
    int beyond = 0;
    int inside = 0;
    for (int i = 0; i < LENGTH; i++) {
      beyond += Math.abs(table.get(4, i)) > 1.959963984540054 ? 1 : 0;
      inside += Math.abs(table.get(4, i)) < 0.6744897501960817 ? 1 : 0;
    }
    assertEquals(0.05, beyond / (double) LENGTH, 4 * Math.sqrt(0.05 * 0.95 / LENGTH));
    assertEquals(0.5, inside / (double) LENGTH, 4 * Math.sqrt(0.25 / LENGTH));
    assertTrue(table.get(1, 3) >= 0 && table.get(1, 3) < 1);
  }
}
