package org.mlgenn.serialisers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class NumpyArrayTest {
  @Test
  void valuesAreCopied() {
    float[] values = {1, 2};
    NumpyArray array = NumpyArray.of(values);
    values[0] = 9;
    array.floats()[1] = 9;
    array.shape()[0] = 9;

    assertArrayEquals(new float[] {1, 2}, array.floats());
    assertArrayEquals(new int[] {2}, array.shape());
  }

  @Test
  void integersConvertWithoutLoss() {
    NumpyArray array = NumpyArray.unsigned(new byte[] {-1, 1});

    assertArrayEquals(new int[] {255, 1}, array.ints());
    assertArrayEquals(new long[] {255, 1}, array.longs());
    assertArrayEquals(new float[] {255, 1}, array.floats());
    assertArrayEquals(new byte[] {-1, 1}, array.bytes());
    assertArrayEquals(new int[] {-1, 1}, NumpyArray.of(new byte[] {-1, 1}).ints());
    assertArrayEquals(new int[] {1, 0}, NumpyArray.of(new boolean[] {true, false}).ints());
    assertArrayEquals(new int[] {65535}, NumpyArray.unsigned(new short[] {-1}).ints());
  }

  @Test
  void largeIntegersAreRoundedOnce() {
    // 2^54 + 2^30 + 1: rounds up in one step, but through double it would tie and round down
    long value = (1L << 54) + (1L << 30) + 1;

    assertEquals(0x1.000002p54f, NumpyArray.scalar(value).floats()[0]);
  }

  @Test
  void shapeCanChange() {
    NumpyArray array = NumpyArray.of(new int[] {1, 2, 3, 4}).reshape(2, 2);

    assertEquals(2, array.rank());
    assertEquals(NumpyArray.of(new int[] {1, 2, 3, 4}, 2, 2), array);
    assertNotEquals(NumpyArray.of(new int[] {1, 2, 3, 4}), array);
    assertNotEquals(NumpyArray.unsigned(new int[] {1, 2, 3, 4}, 2, 2), array);
  }

  @Test
  void wrongConversionsAreRefused() {
    assertFails(
        "NumpyArray[f4, shape=(1,)]: expected integers", () -> NumpyArray.of(new float[1]).ints());
    assertFails(
        "NumpyArray[i8, shape=()]: value 2147483648 at index 0 does not fit into 32 bits",
        () -> NumpyArray.scalar(1L << 31).ints());
    assertFails(
        "NumpyArray[U, shape=()]: expected integers", () -> NumpyArray.scalar("adam").doubles());
    assertFails(
        "NumpyArray[i4, shape=(2,)]: expected truth values",
        () -> NumpyArray.of(new int[2]).booleans());
    assertFails(
        "NumpyArray[i4, shape=(2,)]: expected strings", () -> NumpyArray.of(new int[2]).strings());
    assertFails(
        "NumpyArray[i4, shape=(2,)]: expected integers of 8 bits",
        () -> NumpyArray.of(new int[2]).bytes());
    assertFails(
        "NumpyArray[i4, shape=(2,)]: expected a single value",
        () -> NumpyArray.of(new int[2]).integer());
  }

  @Test
  void wrongShapesAreRefused() {
    assertRefused(
        "array of shape (2, 3): expected 6 values, got 5", () -> NumpyArray.of(new float[5], 2, 3));
    assertRefused(
        "array of shape (2147483647, 2147483647, 2147483647): expected more values, got 5",
        () -> NumpyArray.of(new float[5], 2147483647, 2147483647, 2147483647));
    assertRefused(
        "array of shape (-5, -1): expected dimensions that are not negative",
        () -> NumpyArray.of(new float[5], -5, -1));
    assertRefused(
        "array of bytes: 'τ' has characters beyond ÿ, expected ISO 8859-1",
        () -> NumpyArray.bytes(new String[] {"τ"}));
  }

  private static void assertFails(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalStateException.class, action).getMessage());
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }
}
