package org.genn.engine.backend;

import static org.genn.engine.snippet.NumericType.DOUBLE;
import static org.genn.engine.snippet.NumericType.INT32;
import static org.genn.engine.snippet.NumericType.UINT32;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.SnippetType;
import org.genn.feature.Feature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Feature({"L21", "C03"})
class PoissonTest {
  private static final int LENGTH = 200_000;

  private static Table table(int length) {
    var arguments = new Expr[7];
    for (int i = 0; i < 6; i++) {
      arguments[i] = new Expr.Literal(SnippetType.UINT32, 11 + i);
    }
    arguments[2] = Ir.convert(UINT32, Table.variable(INT32, 0));
    arguments[6] = Table.variable(DOUBLE, 1);
    return new Table(
        length,
        List.of(
            new Table.Column(
                INT32,
                List.of(INT32, DOUBLE),
                Ir.call(Ir.type(INT32), "random_poisson", arguments))));
  }

  // On both sides of the change of methods at 10, and where a table would be too long.
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 1.28, 2.32, 9.99, 10.01, 47.3, 1234.5})
  void numbersHaveTheDistribution(double mean) {
    try (var table = table(LENGTH)) {
      for (int i = 0; i < LENGTH; i++) {
        table.set(0, 0, i, i);
        table.set(0, 1, i, mean);
      }
      table.run(0);
      var counts = new long[(int) (mean + 8 * Math.sqrt(mean)) + 8];
      for (int i = 0; i < LENGTH; i++) {
        counts[(int) Math.min(table.getLong(0, i), counts.length - 1)]++;
      }
      ChiSquare.check("mean " + mean, counts, n -> ChiSquare.poisson(mean, n));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.NEGATIVE_INFINITY})
  void nothingHappensWithoutAMean(double mean) {
    try (var table = table(1)) {
      assertEquals(0, table.at(0, 5, mean));
    }
  }

  // Five standard deviations of 1e5 are far from the limit of the type.
  @ParameterizedTest
  @ValueSource(doubles = {1e9, 2e9})
  void largeMeansAreNearlyNormal(double mean) {
    try (var table = table(1)) {
      assertEquals(mean, table.at(0, 5, mean), 5 * Math.sqrt(mean));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e12, Double.POSITIVE_INFINITY})
  void whatTheTypeCannotHoldIsItsLargestValue(double mean) {
    try (var table = table(1)) {
      assertEquals(Integer.MAX_VALUE, table.at(0, 5, mean));
    }
  }
}
