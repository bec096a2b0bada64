package org.genn.engine.backend.c;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.genn.engine.backend.Backend;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.backend.Ir;
import org.genn.engine.backend.Memory;
import org.genn.engine.backend.OnNative;
import org.genn.engine.backend.RowBuilder;
import org.genn.engine.backend.jvm.JvmBackend;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.NumericType;
import org.junit.jupiter.api.Test;

@OnNative
class NativeMemoryTest {
  private static final List<Rows> ARRAYS = arrays();
  private static final int RAGGED_INTS = NumericType.values().length;
  private static final int RAGGED_FLOATS = RAGGED_INTS + 1;

  private static List<Rows> arrays() {
    var arrays = new ArrayList<Rows>();
    for (NumericType type : NumericType.values()) {
      arrays.add(new Rows("a" + type.ordinal(), type, 2, 5));
    }
    arrays.add(new Rows("ints", NumericType.INT32, 2, Rows.RAGGED));
    arrays.add(new Rows("floats", NumericType.FLOAT, 2, Rows.RAGGED));
    arrays.add(new Rows("none", NumericType.FLOAT, 0, 7));
    arrays.add(new Rows("empty", NumericType.FLOAT, 3, 0));
    return arrays;
  }

  private static void with(Backend backend, Consumer<Memory> use) {
    try (var executable =
            backend.build(
                Ir.program("memory", ARRAYS, Ir.kernel("nothing")),
                new BuildSettings().cacheDirectory(Optional.empty()));
        var instance = executable.open()) {
      use.accept(instance.memory());
    }
  }

  private static void onBoth(Consumer<Memory> use) {
    with(new JvmBackend(), use);
    with(new NativeBackend(), use);
  }

  @Test
  void elementsOfEveryTypeKeepWhatFits() {
    onBoth(
        memory -> {
          for (NumericType type : NumericType.values()) {
            int array = type.ordinal();
            assertEquals(5, memory.rowLength(array, 1));
            switch (type) {
              case FLOAT -> {
                memory.setFloat(array, 1, 4, 0.1f);
                assertEquals(0.1f, memory.getFloat(array, 1, 4));
              }
              case DOUBLE -> {
                memory.setDouble(array, 1, 4, 0.1);
                assertEquals(0.1, memory.getDouble(array, 1, 4));
              }
              default -> {
                memory.setLong(array, 1, 4, -2);
                long all = type.bits() == 64 ? -1 : (1L << type.bits()) - 1;
                long expected = type == NumericType.BOOL ? 1 : type.isSigned() ? -2 : -2 & all;
                assertEquals(expected, memory.getLong(array, 1, 4));
                assertEquals(0, memory.getLong(array, 1, 3));
                assertThrows(IllegalArgumentException.class, () -> memory.getFloat(array, 1, 4));
              }
            }
            assertThrows(IndexOutOfBoundsException.class, () -> memory.rowLength(array, 2));
            memory.clear(array);
          }
        });
  }

  @Test
  void raggedRowsAreBoundResizedAndSwapped() {
    onBoth(
        memory -> {
          assertEquals(0, memory.rowLength(RAGGED_INTS, 1));
          memory.bindInts(RAGGED_INTS, 1, new int[] {3, 4, 5});
          memory.resize(RAGGED_INTS, 1, 5);
          int[] read = new int[6];
          memory.readInts(RAGGED_INTS, 1, read, 1, 5);
          assertArrayEquals(new int[] {0, 3, 4, 5, 0, 0}, read);
          memory.resize(RAGGED_INTS, 1, 2);
          assertEquals(2, memory.rowLength(RAGGED_INTS, 1));
          assertThrows(IndexOutOfBoundsException.class, () -> memory.getLong(RAGGED_INTS, 1, 2));
          memory.bindFloats(RAGGED_FLOATS, 0, new float[] {1, 2});
          assertEquals(2f, memory.getFloat(RAGGED_FLOATS, 0, 1));
          assertThrows(
              IndexOutOfBoundsException.class, () -> memory.readInts(RAGGED_INTS, 0, read, 0, 1));
          assertThrows(
              IllegalArgumentException.class, () -> memory.swap(RAGGED_INTS, RAGGED_FLOATS));
          assertThrows(IllegalArgumentException.class, () -> memory.resize(0, 0, 3));
          int signed = NumericType.INT32.ordinal();
          int unsigned = NumericType.UINT32.ordinal();
          memory.setLong(signed, 0, 0, 7);
          memory.swap(signed, unsigned);
          assertEquals(7, memory.getLong(unsigned, 0, 0));
          memory.clear(unsigned);
          assertEquals(0, memory.getLong(unsigned, 0, 0));
        });
  }

  @Test
  void rowsOfFloatsAreCopied() {
    onBoth(
        memory -> {
          int array = NumericType.FLOAT.ordinal();
          memory.writeFloats(array, 0, new float[] {9, 1, 2, 3, 4, 5}, 1);
          float[] read = new float[7];
          memory.readFloats(array, 0, read, 2);
          assertArrayEquals(new float[] {0, 0, 1, 2, 3, 4, 5}, read);
          assertEquals(2 * 5 * (3 * 1 + 2 * 2 + 3 * 4 + 3 * 8), memory.bytes());
        });
  }

  @Test
  void rowsThatAreLentAreKeptAsFarAsTheyWereUsed() {
    onBoth(
        memory -> {
          RowBuilder builder = memory.rowBuilder();
          builder.lend(RAGGED_INTS, 0, 2, 3);
          memory.writeIntegers(RAGGED_INTS, 0, 0, new int[] {1, 2, 3}, 0, 3);
          memory.writeIntegers(RAGGED_INTS, 1, 0, new int[] {4, 5, 6}, 0, 3);
          builder.keep(RAGGED_INTS, 0, new int[] {0, 2});
          builder.zeros(RAGGED_FLOATS, 0, new int[] {5, 0});
          assertEquals(0, memory.rowLength(RAGGED_INTS, 0));
          assertEquals(2, memory.rowLength(RAGGED_INTS, 1));
          assertEquals(4, memory.getLong(RAGGED_INTS, 1, 0));
          assertEquals(5, memory.getLong(RAGGED_INTS, 1, 1));
          assertEquals(5, memory.rowLength(RAGGED_FLOATS, 0));
          assertEquals(0, memory.getFloat(RAGGED_FLOATS, 0, 4));
          assertEquals(0, memory.rowLength(RAGGED_FLOATS, 1));
        });
  }

  /// The second row finds no room where the first is.
  @Test
  void keptRowsFillOneBlockOfMemoryAfterTheOther() {
    int length = 400_000;
    int[] numbers = new int[length];
    Arrays.setAll(numbers, k -> k);
    onBoth(
        memory -> {
          RowBuilder builder = memory.rowBuilder();
          builder.lend(RAGGED_INTS, 0, 2, length);
          memory.writeIntegers(RAGGED_INTS, 0, 0, numbers, 0, length);
          memory.writeIntegers(RAGGED_INTS, 1, 0, numbers, 0, length);
          builder.keep(RAGGED_INTS, 0, new int[] {length, length - 1});
          int[] read = new int[length];
          memory.readInts(RAGGED_INTS, 0, read, 0, length);
          assertArrayEquals(numbers, read);
          assertEquals(length - 1, memory.rowLength(RAGGED_INTS, 1));
          assertEquals(length - 2, memory.getLong(RAGGED_INTS, 1, length - 2));
        });
  }

  @Test
  void rowsWithoutElementsAreLent() {
    onBoth(
        memory -> {
          RowBuilder builder = memory.rowBuilder();
          builder.lend(RAGGED_INTS, 0, 2, 0);
          assertEquals(0, memory.rowLength(RAGGED_INTS, 1));
          builder.keep(RAGGED_INTS, 0, new int[2]);
          assertEquals(0, memory.rowLength(RAGGED_INTS, 1));
        });
  }
}
