package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// Numbers of elements beyond 32 bits.
@Feature("G21")
class ElementOrderTest {
  private static void assertIsInverse(ElementOrder order, int row, int column, long element) {
    assertEquals(element, order.start(row) + column);
    assertEquals(row, order.row(element));
    assertEquals(column, order.column(element));
  }

  @Test
  void rowsOfEqualLengthHaveMoreElementsThanAnInt() {
    var order = new ElementOrder.Equal(80_000, 70_000);
    assertEquals(5_600_000_000L, order.size());
    assertIsInverse(order, 0, 69_999, 69_999);
    assertIsInverse(order, 30_678, 23_648, 2_147_483_648L);
    assertIsInverse(order, 79_999, 1, 5_599_930_001L);
  }

  @Test
  void raggedRowsHaveMoreElementsThanAnInt() {
    var order =
        new ElementOrder.Ragged(new long[] {0, 2_000_000_000, 2_000_000_000, 4_000_000_000L});
    assertEquals(4_000_000_000L, order.size());
    assertEquals(0, order.length(1));
    assertEquals(2_000_000_000, order.length(2));
    assertIsInverse(order, 0, 1_999_999_999, 1_999_999_999);
    assertIsInverse(order, 2, 0, 2_000_000_000);
    assertIsInverse(order, 2, 1_999_999_999, 3_999_999_999L);
  }
}
