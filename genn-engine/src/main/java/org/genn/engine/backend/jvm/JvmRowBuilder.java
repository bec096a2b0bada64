package org.genn.engine.backend.jvm;

import java.lang.reflect.Array;
import java.util.HashMap;
import java.util.Map;
import org.genn.engine.backend.RowBuilder;

/// Lends the same rows again and again, so that only what is kept is allocated.
final class JvmRowBuilder implements RowBuilder {
  private final JvmMemory memory;
  private final Map<Integer, Object[]> lent = new HashMap<>();

  JvmRowBuilder(JvmMemory memory) {
    this.memory = memory;
  }

  @Override
  public void lend(int array, int first, int count, int length) {
    Object[] rows = lent.get(array);
    if (rows == null || rows.length < count || Array.getLength(rows[0]) != length) {
      rows = new Object[count];
      for (int k = 0; k < count; k++) {
        rows[k] = memory.newRow(array, length);
      }
      lent.put(array, rows);
    }
    for (int k = 0; k < count; k++) {
      memory.bind(array, first + k, rows[k]);
    }
  }

  @Override
  public void keep(int array, int first, int[] lengths) {
    for (int k = 0; k < lengths.length; k++) {
      Object kept = memory.newRow(array, lengths[k]);
      System.arraycopy(memory.row(array, first + k), 0, kept, 0, lengths[k]);
      memory.bind(array, first + k, kept);
    }
  }

  @Override
  public void zeros(int array, int first, int[] lengths) {
    for (int k = 0; k < lengths.length; k++) {
      memory.bind(array, first + k, memory.newRow(array, lengths[k]));
    }
  }
}
