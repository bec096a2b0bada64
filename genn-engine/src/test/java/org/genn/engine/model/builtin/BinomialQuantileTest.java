package org.genn.engine.model.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Feature("I16")
class BinomialQuantileTest {

  /// Values of SciPy.
  @ParameterizedTest
  @CsvSource({
    "1, 0.02, 1",
    "1000, 0.02, 47",
    "1000000, 0.02, 20897",
    "1, 0.1, 1",
    "1000, 0.1, 153",
    "1000000, 0.1, 101914",
    "1, 1, 1",
    "1000, 1, 1000",
    "1000000, 1, 1000000"
  })
  void boundsRowsOfIndependentPairs(long n, double p, int expected) {
    assertEquals(expected, BinomialQuantile.of(Math.pow(0.9999, 1.0 / n), n, p));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1000, 10",
    "1, 1000000, 12",
    "10, 1000, 30",
    "10, 1000000, 36",
    "100, 1000, 156",
    "100, 1000000, 170"
  })
  void boundsRowsOfFixedNumbers(long k, long neurons, int expected) {
    assertEquals(
        expected, BinomialQuantile.of(Math.pow(0.9999, 1.0 / neurons), k * neurons, 1.0 / neurons));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 10, 0.5, 3",
    "0.499, 10, 0.5, 5",
    "0.5, 10, 0.5, 5",
    "0, 7, 0.5, 0",
    "1, 7, 0.5, 7"
  })
  void invertsTheDistributionFunction(double q, long n, double p, int expected) {
    assertEquals(expected, BinomialQuantile.of(q, n, p));
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertEquals(
        "binomial: quantile must be from 0 to 1, got 1.5",
        assertThrows(IllegalArgumentException.class, () -> BinomialQuantile.of(1.5, 1, 0.5))
            .getMessage());
    assertEquals(
        "binomial: probability must be from 0 to 1, got -0.1",
        assertThrows(IllegalArgumentException.class, () -> BinomialQuantile.of(0.5, 1, -0.1))
            .getMessage());
  }
}
