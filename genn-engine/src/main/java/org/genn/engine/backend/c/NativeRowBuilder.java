package org.genn.engine.backend.c;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import org.genn.engine.backend.RowBuilder;

/// Lends the same memory again and again, and puts what is kept into slabs, one row after the
/// other.
final class NativeRowBuilder implements RowBuilder {
  private static final long HEAD = 16;

  /// Bytes that a row takes besides its elements: its head, its address, half an alignment.
  static final int PER_ROW = (int) (HEAD + Long.BYTES + HEAD / 2);

  private static final MemorySegment ALL = NativeMemory.ALL;

  private final NativeMemory memory;
  private final Slabs slabs;
  private final Map<Integer, Loan> loans = new HashMap<>();
  private long next;
  private long end;

  /// Memory that is lent as the rows of an array.
  private record Loan(long start, long bytes) {}

  NativeRowBuilder(NativeMemory memory, Slabs slabs) {
    this.memory = memory;
    this.slabs = slabs;
  }

  @Override
  public void lend(int array, int first, int count, int length) {
    long stride = size(array, length);
    Loan loan = loans.get(array);
    if (loan == null || loan.bytes < stride * count) {
      loan = new Loan(place(stride * count), stride * count);
      loans.put(array, loan);
    }
    for (int k = 0; k < count; k++) {
      bind(array, first + k, loan.start + stride * k, length);
    }
  }

  @Override
  public void keep(int array, int row, int length) {
    if (length == 0) {
      memory.bindEmpty(array, row);
      return;
    }
    long lent = memory.rowStart(array, row);
    long at = place(size(array, length));
    bind(array, row, at, length);
    MemorySegment.copy(ALL, lent, ALL, at + HEAD, NativeMemory.bytes(memory.type(array)) * length);
  }

  @Override
  public void zeros(int array, int row, int length) {
    if (length == 0) {
      memory.bindEmpty(array, row);
      return;
    }
    long size = size(array, length);
    long at = place(size);
    bind(array, row, at, length);
    ALL.asSlice(at + HEAD, size - HEAD).fill((byte) 0);
  }

  /// Bytes of a row with its head.
  private long size(int array, int length) {
    return HEAD + Math.ceilDiv(NativeMemory.bytes(memory.type(array)) * length, HEAD) * HEAD;
  }

  private void bind(int array, int row, long at, int length) {
    ALL.set(ValueLayout.JAVA_LONG, at, 0);
    ALL.set(ValueLayout.JAVA_LONG, at + Long.BYTES, length);
    memory.bind(array, row, at + HEAD);
  }

  private long place(long size) {
    if (size > end - next) {
      long room = Math.max(size, Slabs.SIZE);
      next = slabs.allocate(room);
      end = next + room;
    }
    long at = next;
    next += size;
    return at;
  }
}
