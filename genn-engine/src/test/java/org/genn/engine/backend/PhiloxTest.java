package org.genn.engine.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

@Feature("L21")
class PhiloxTest {
  // Known answers published with Random123 (kat_vectors, philox4x32 10)
  @Test
  void wordsAreThePublishedOnes() {
    assertArrayEquals(
        new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
        new Philox(0).words(0, 0, 0, 0));
    assertArrayEquals(
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
        new Philox(-1).words(-1, -1, -1, -1));
    assertArrayEquals(
        new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
        new Philox(0x299f31d0_a4093822L).words(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344));
  }
}
