package org.mlgenn.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mlgenn.data.SpikeDataset;
import org.mlgenn.data.Targets;

@Feature("DAT-06")
class YinYangTest {
  // By hand from the picture: dots at (0.75, 0.5) and (0.25, 0.5), yin above and around the left
  // dot.
  @ParameterizedTest
  @CsvSource({
    "0.75, 0.5, 2", "0.25, 0.5, 2", "0.25, 0.65, 1", "0.75, 0.65, 0", "0.5, 0.9, 1",
    "0.5, 0.1, 0", "0.4, 0.5, 1", "0.6, 0.5, 0", "0.05, 0.45, 1", "0.95, 0.55, 0"
  })
  void classFollowsTheSymbol(double x, double y, int label) {
    assertEquals(label, new YinYang(1, 1).classOf(x, y));
  }

  @Test
  void classesAreEquallyLikely() {
    SpikeDataset data = new YinYang(3000, 10).seed(1).generate(11, 1);

    for (int count : ((Targets.Labels) data.targets()).classCounts()) {
      // five standard deviations of a binomial count: sqrt(3000 * 1/3 * 2/3) = 26
      assertTrue(Math.abs(count - 1000) < 130, "" + count);
    }
  }

  @Test
  void spikesEncodeThePointAndItsMirror() {
    // fine steps, so that times are known to 0.01
    YinYang points = new YinYang(200, 10).offset(2).seed(5);
    SpikeDataset data = points.generate(1300, 0.01);

    for (int example = 0; example < data.size(); example++) {
      double[] times = new double[5];
      int[] steps = data.input(example).steps();
      int[] ids = data.input(example).ids();
      assertEquals(5, ids.length);
      for (int spike = 0; spike < 5; spike++) {
        times[ids[spike]] = steps[spike] * 0.01;
      }
      double x = (times[1] - 2) / 10;
      double y = (times[2] - 2) / 10;
      assertEquals(2, times[0], 0.011);
      assertEquals(10 + 2 * 2, times[1] + times[3], 0.021);
      assertEquals(10 + 2 * 2, times[2] + times[4], 0.021);
      assertTrue(Math.hypot(x - 0.5, y - 0.5) < 0.502);
      if (isClear(points, x, y)) {
        assertEquals(data.label(example), points.classOf(x, y));
      }
    }
  }

  /// Whether the class is the same all around a point, by more than times are rounded.
  private static boolean isClear(YinYang points, double x, double y) {
    int label = points.classOf(x, y);
    return points.classOf(x - 0.002, y) == label
        && points.classOf(x + 0.002, y) == label
        && points.classOf(x, y - 0.002) == label
        && points.classOf(x, y + 0.002) == label;
  }

  @Test
  void biasCanBeLeftOut() {
    SpikeDataset data = new YinYang(3, 10).bias(false).generate(11, 1);

    assertEquals(4, data.neurons());
    assertEquals(4, data.input(0).spikeCount());
  }

  @Test
  void seedDecidesTheData() {
    YinYang points = new YinYang(20, 10).seed(3);

    assertEquals(points.generate(11, 1), points.generate(11, 1));
    assertEquals(points.generate(11, 1).sha256(), points.generate(11, 1).sha256());
    assertNotEquals(points.generate(11, 1), points.seed(4).generate(11, 1));
  }

  @Test
  void wrongArgumentsAreRefused() {
    assertRefused("YinYang: size must be at least 1, got 0", () -> new YinYang(0, 1));
    assertRefused(
        "YinYang: expected a positive dotRadius up to half the radius, got radius 0.5 and dotRadius"
            + " 0.3",
        () -> new YinYang(1, 1).dotRadius(0.3));
    var failure =
        assertThrows(
            IllegalArgumentException.class, () -> new YinYang(10, 10).seed(1).generate(5, 1));
    assertTrue(
        failure
            .getMessage()
            .matches(
                "example 0: spike \\d \\(neuron \\d\\) at \\d.\\d+ ms lies beyond the example,"
                    + " whose last step \\(4\\) is at 4.0 ms"),
        failure.getMessage());
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }
}
