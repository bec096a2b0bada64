package org.genn.engine.backend.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.backend.Ir;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.NumericType;
import org.junit.jupiter.api.Test;

class JvmMemoryTest {
  private static Memory memory(Rows... arrays) {
    return new JvmMemory(Ir.program("memory", List.of(arrays)));
  }

  @Test
  void elementsOfEveryTypeKeepTheirValue() {
    var arrays = new ArrayList<Rows>();
    for (NumericType type : NumericType.values()) {
      arrays.add(new Rows("rows" + type, type, 2, 3));
    }
    Memory memory = memory(arrays.toArray(Rows[]::new));
    for (NumericType type : NumericType.values()) {
      int array = type.ordinal();
      if (type == NumericType.FLOAT) {
        memory.setFloat(array, 1, 2, 1.5f);
        assertEquals(1.5f, memory.getFloat(array, 1, 2));
      } else if (type == NumericType.DOUBLE) {
        memory.setDouble(array, 1, 2, 1e300);
        assertEquals(1e300, memory.getDouble(array, 1, 2));
      } else {
        long most =
            type == NumericType.BOOL ? 1 : type.isSigned() ? -1 : -1L >>> (64 - type.bits());
        memory.setLong(array, 1, 2, most);
        assertEquals(most, memory.getLong(array, 1, 2), type.name());
        memory.clear(array);
        assertEquals(0, memory.getLong(array, 1, 2));
      }
    }
    assertEquals(6 * (1 + 1 + 1 + 2 + 2 + 4 + 4 + 8 + 8 + 4 + 8), memory.bytes());
  }

  @Test
  void rowsAreBoundSwappedAndCopied() {
    var ragged = new Rows("a", NumericType.INT32, 2, Rows.RAGGED);
    Memory memory =
        memory(
            ragged,
            new Rows("b", NumericType.INT32, 2, Rows.RAGGED),
            new Rows("c", NumericType.FLOAT, 1, 2));
    int[] values = {1, 2, 3};
    memory.bindInts(0, 1, values);
    values[0] = 9;
    assertEquals(9, memory.getLong(0, 1, 0));
    assertEquals(3, memory.rowLength(0, 1));
    memory.swap(0, 1);
    assertEquals(0, memory.rowLength(0, 1));
    int[] copy = new int[4];
    memory.readInts(1, 1, copy, 1, 3);
    assertArrayEquals(new int[] {0, 9, 2, 3}, copy);
    memory.writeFloats(2, 0, new float[] {0, 1.5f, 2.5f}, 1);
    float[] floats = new float[2];
    memory.readFloats(2, 0, floats, 0);
    assertArrayEquals(new float[] {1.5f, 2.5f}, floats);
  }

  @Test
  void mistakesAreNamed() {
    Memory memory =
        memory(new Rows("V", NumericType.FLOAT, 1, 2), new Rows("W", NumericType.FLOAT, 1, 3));
    var e = assertThrows(IllegalArgumentException.class, () -> memory.getDouble(0, 0, 0));
    assertEquals("array 'V' has elements of type FLOAT, not double", e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> memory.swap(0, 1));
    assertEquals("arrays 'V' and 'W' differ in shape", e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> memory.bindFloats(0, 0, new float[2]));
    assertEquals("rows of array 'V' have a fixed length of 2", e.getMessage());
  }
}
