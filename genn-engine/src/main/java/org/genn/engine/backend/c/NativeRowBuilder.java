package org.genn.engine.backend.c;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import org.genn.engine.backend.RowBuilder;

/// Lends the same memory again and again, and puts what is kept into slabs, one row after the
/// other.
///
/// The library does it for many rows at a time: one by one they take a new JVM, which interprets
/// what it has not compiled yet, longer than the code that makes them.
final class NativeRowBuilder implements RowBuilder {
  private static final long HEAD = 16;

  /// Bytes that a row takes besides its elements: its head, its address, half an alignment.
  static final int PER_ROW = (int) (HEAD + Long.BYTES + HEAD / 2);

  private final NativeMemory memory;
  private final Slabs slabs;
  private final Map<Integer, Loan> loans = new HashMap<>();
  private Loan told = new Loan(0, 0);
  private long next;
  private long end;

  /// Memory that is lent as the rows of an array, or that lengths are told in. It goes with the
  /// rows, when these are discarded.
  private record Loan(long start, long bytes) {}

  NativeRowBuilder(NativeMemory memory, Slabs slabs) {
    this.memory = memory;
    this.slabs = slabs;
  }

  @Override
  public void lend(int array, int first, int count, int length) {
    long stride = HEAD + rounded(NativeMemory.bytes(memory.type(array)) * length);
    Loan loan = loans.get(array);
    if (loan == null || loan.bytes < stride * count) {
      loan = loan(stride * count);
      loans.put(array, loan);
    }
    memory.lend(array, first, count, loan.start, stride, length);
  }

  @Override
  public void keep(int array, int first, int[] lengths) {
    place(array, first, lengths, true);
  }

  @Override
  public void zeros(int array, int first, int[] lengths) {
    place(array, first, lengths, false);
  }

  /// Puts rows into slabs, as many at a time as a slab has room for.
  private void place(int array, int first, int[] lengths, boolean isKept) {
    tell(lengths);
    int begin = 0;
    while (begin < lengths.length) {
      makeRoom(size(array, lengths[begin]));
      long start = next;
      int last = begin;
      while (last < lengths.length && size(array, lengths[last]) <= end - next) {
        next += size(array, lengths[last]);
        last++;
      }
      long lengthsFrom = told.start + (long) Integer.BYTES * begin;
      memory.place(array, first + begin, last - begin, start, lengthsFrom, isKept);
      begin = last;
    }
  }

  /// Copies lengths to where the library can read them.
  private void tell(int[] lengths) {
    long bytes = rounded((long) Integer.BYTES * lengths.length);
    if (told.bytes < bytes) {
      told = loan(bytes);
    }
    MemorySegment.copy(
        lengths, 0, NativeMemory.ALL, ValueLayout.JAVA_INT, told.start, lengths.length);
  }

  private Loan loan(long bytes) {
    makeRoom(bytes);
    var loan = new Loan(next, bytes);
    next += bytes;
    return loan;
  }

  /// Bytes of a row with its head; an empty one takes none.
  private long size(int array, int length) {
    return length == 0 ? 0 : HEAD + rounded(NativeMemory.bytes(memory.type(array)) * length);
  }

  private static long rounded(long bytes) {
    return Math.ceilDiv(bytes, HEAD) * HEAD;
  }

  private void makeRoom(long size) {
    if (size > end - next) {
      long room = Math.max(size, Slabs.SIZE);
      next = slabs.allocate(room);
      end = next + room;
    }
  }
}
