package org.mlgenn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
  // Published reference values of splitmix64 for this seed.
  @Test
  void drawsTheReferenceSequence() {
    SplitMix64 random = new SplitMix64(1234567);

    assertEquals("6457827717110365317", Long.toUnsignedString(random.nextLong()));
    assertEquals("3203168211198807973", Long.toUnsignedString(random.nextLong()));
    assertEquals("9817491932198370423", Long.toUnsignedString(random.nextLong()));
    assertEquals("4593380528125082431", Long.toUnsignedString(random.nextLong()));
  }

  @Test
  void goesOnFromASavedState() {
    SplitMix64 random = new SplitMix64(99);
    random.permutation(10);
    SplitMix64 resumed = new SplitMix64(random.state());

    assertArrayEquals(random.permutation(50), resumed.permutation(50));
    assertEquals(random.nextDouble(), resumed.nextDouble());
  }

  @Test
  @Feature("DAT-08")
  void permutationHoldsEachNumberOnce() {
    int[] order = new SplitMix64(5).permutation(1000);

    Arrays.sort(order);
    assertArrayEquals(IntStream.range(0, 1000).toArray(), order);
  }

  @Test
  void permutationsAreEquallyLikely() {
    SplitMix64 random = new SplitMix64(1);
    int[] counts = new int[27];
    for (int draw = 0; draw < 60_000; draw++) {
      int[] order = random.permutation(3);
      counts[9 * order[0] + 3 * order[1] + order[2]]++;
    }
    int[] seen = IntStream.of(counts).filter(count -> count > 0).toArray();

    assertEquals(6, seen.length);
    // five standard deviations of a binomial count: sqrt(60000 * 1/6 * 5/6) = 91
    assertTrue(IntStream.of(seen).allMatch(count -> Math.abs(count - 10_000) < 455));
  }

  @Test
  void boundedNumbersAreUniform() {
    SplitMix64 random = new SplitMix64(3);
    int[] counts = new int[3];
    for (int draw = 0; draw < 30_000; draw++) {
      // two thirds of a bound near 2^31: a plain remainder would favour the lower half
      counts[random.nextInt(3 << 29) >> 29]++;
    }

    assertTrue(IntStream.of(counts).allMatch(count -> Math.abs(count - 10_000) < 410));
  }

  @Test
  void pairsHaveGeneratorsOfTheirOwn() {
    long[] first =
        IntStream.range(0, 100)
            .mapToLong(index -> SplitMix64.of(7, index / 10, index % 10).nextLong())
            .toArray();

    assertEquals(100, Arrays.stream(first).distinct().count());
    assertEquals(first[42], SplitMix64.of(7, 4, 2).nextLong());
  }

  @Test
  void emptyRangeIsRefused() {
    var failure = assertThrows(IllegalArgumentException.class, () -> new SplitMix64(0).nextInt(0));

    assertEquals("random number: bound must be at least 1, got 0", failure.getMessage());
  }
}
