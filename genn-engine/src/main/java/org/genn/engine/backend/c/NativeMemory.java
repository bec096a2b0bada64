package org.genn.engine.backend.c;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.genn.engine.backend.Memory;
import org.genn.engine.backend.RowBuilder;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.NumericType;

/*
 * instance   flags, what failed, then for each array the address of its first row or of its table, and the bytes from one
 *            row to the next, if all rows have the same length
 * table      of an array with ragged rows: one pointer per row to its first element
 * row        at least 16 bytes: whether the row is a block of its own, its length; then the elements
 *
 * Rows of fixed length lie one after the other in the arena and start at multiples of 64, so kernels compute where one is:
 * with a table, they would wait for one more access to memory before each row. Ragged rows are blocks of their own, which
 * kernels replace by larger ones, or lie in slabs, where a builder has put them; an empty one is the same for all.
 */

/// A program's arrays outside of Java's heap.
final class NativeMemory implements Memory {
  private static final int HEAD = 64;
  private static final long POINTER = ValueLayout.ADDRESS.byteSize();

  // offsets in struct instance
  private static final long DIVISION = 0;
  private static final long EMPTY = 8;
  private static final long ARRAYS = 16;
  private static final long PER_ARRAY = 2 * POINTER;

  /// Bytes that a row of fixed length takes besides its elements: its head, half an alignment.
  static final int PER_ROW = HEAD + HEAD / 2;

  static final MemorySegment ALL = everything();

  private final NativeExecutable executable;
  private final List<Rows> shapes;
  private final Arena arena = Arena.ofShared();

  /// Not of the arena: calls would count themselves in and out of it, and threads that call kernels
  /// at the same time would wait for each other's counting.
  private final MemorySegment instance;

  /// Addresses of tables, or of first rows.
  private final long[] places;

  private final boolean[] inSlabs;
  private final Slabs slabs;
  private boolean isReleased;

  NativeMemory(NativeExecutable executable) {
    this.executable = executable;
    shapes = executable.program().arrays();
    places = new long[shapes.size()];
    inSlabs = new boolean[shapes.size()];
    slabs = new Slabs(executable);
    instance = Arena.ofAuto().allocate(ARRAYS + PER_ARRAY * places.length, HEAD);
    long tableBytes = 0;
    long rowBytes = 2 * HEAD; // the empty row
    for (Rows rows : shapes) {
      tableBytes += rows.isRagged() ? rounded(POINTER * rows.count()) : 0;
      rowBytes += stride(rows) * rows.count();
    }
    // One allocation each: an arena takes some microseconds for one.
    long table = arena.allocate(Math.max(HEAD, tableBytes), HEAD).address();
    long next = arena.allocate(rowBytes, HEAD).address() + HEAD;
    long empty = next;
    next += 2 * HEAD;
    instance.set(ValueLayout.JAVA_LONG, EMPTY, empty);
    for (int array = 0; array < places.length; array++) {
      Rows rows = shapes.get(array);
      long stride = stride(rows);
      instance.set(ValueLayout.JAVA_LONG, ARRAYS + PER_ARRAY * array + POINTER, stride);
      if (rows.isRagged()) {
        long[] starts = new long[rows.count()];
        Arrays.fill(starts, empty);
        MemorySegment.copy(starts, 0, ALL, ValueLayout.JAVA_LONG, table, starts.length);
        put(array, table);
        table += rounded(POINTER * rows.count());
        continue;
      }
      put(array, next);
      for (int row = 0; row < rows.count(); row++) {
        ALL.set(ValueLayout.JAVA_LONG, next - Long.BYTES, rows.length());
        next += stride;
      }
    }
  }

  private void put(int array, long place) {
    places[array] = place;
    instance.set(ValueLayout.JAVA_LONG, ARRAYS + PER_ARRAY * array, place);
  }

  @SuppressWarnings("restricted")
  private static MemorySegment everything() {
    return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  }

  /// Bytes from one row of fixed length to the next, with the head of the next.
  static long stride(Rows rows) {
    return rows.isRagged() ? 0 : HEAD + rounded(bytes(rows.type()) * rows.length());
  }

  private static long rounded(long bytes) {
    return (bytes + HEAD - 1) / HEAD * HEAD;
  }

  static long bytes(NumericType type) {
    return Math.max(1, type.bits() / 8);
  }

  /// What kernels get; fails after it was released.
  MemorySegment instance() {
    if (isReleased) {
      throw new IllegalStateException(
          "the memory of " + executable.program().name() + " has been released");
    }
    return instance;
  }

  // ---- flags

  boolean takeDividedByZero() {
    boolean taken = instance().get(ValueLayout.JAVA_LONG, DIVISION) != 0;
    instance.set(ValueLayout.JAVA_LONG, DIVISION, 0);
    return taken;
  }

  // ---- elements

  long rowStart(int array, int row) {
    instance();
    Rows rows = shapes.get(array);
    Objects.checkIndex(row, rows.count());
    return rows.isRagged()
        ? ALL.get(ValueLayout.JAVA_LONG, places[array] + POINTER * row)
        : places[array] + stride(rows) * row;
  }

  private static int length(long start) {
    return (int) ALL.get(ValueLayout.JAVA_LONG, start - Long.BYTES);
  }

  /// Address of an element.
  private long element(int array, int row, int index, NumericType wanted) {
    require(array, wanted);
    long start = rowStart(array, row);
    return start + bytes(wanted) * Objects.checkIndex(index, length(start));
  }

  private void require(int array, NumericType wanted) {
    Rows rows = shapes.get(array);
    boolean fits =
        rows.type() == wanted || (wanted == NumericType.INT32 && rows.type() == NumericType.UINT32);
    if (!fits) {
      throw wrongType(
          rows,
          wanted == NumericType.INT32 ? "int32" : wanted.name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  private static IllegalArgumentException wrongType(Rows rows, String wanted) {
    return new IllegalArgumentException(
        "array '%s' has elements of type %s, not %s".formatted(rows.name(), rows.type(), wanted));
  }

  @Override
  public int rowLength(int array, int row) {
    return length(rowStart(array, row));
  }

  @Override
  public float getFloat(int array, int row, int index) {
    return ALL.get(ValueLayout.JAVA_FLOAT, element(array, row, index, NumericType.FLOAT));
  }

  @Override
  public void setFloat(int array, int row, int index, float value) {
    ALL.set(ValueLayout.JAVA_FLOAT, element(array, row, index, NumericType.FLOAT), value);
  }

  @Override
  public double getDouble(int array, int row, int index) {
    return ALL.get(ValueLayout.JAVA_DOUBLE, element(array, row, index, NumericType.DOUBLE));
  }

  @Override
  public void setDouble(int array, int row, int index, double value) {
    ALL.set(ValueLayout.JAVA_DOUBLE, element(array, row, index, NumericType.DOUBLE), value);
  }

  private NumericType integral(int array) {
    Rows rows = shapes.get(array);
    if (rows.type().isReal()) {
      throw wrongType(rows, "integer");
    }
    return rows.type();
  }

  @Override
  public long getLong(int array, int row, int index) {
    NumericType type = integral(array);
    long at = element(array, row, index, type);
    return switch (type) {
      case BOOL, UINT8 -> ALL.get(ValueLayout.JAVA_BYTE, at) & 0xff;
      case INT8 -> ALL.get(ValueLayout.JAVA_BYTE, at);
      case INT16 -> ALL.get(ValueLayout.JAVA_SHORT, at);
      case UINT16 -> ALL.get(ValueLayout.JAVA_SHORT, at) & 0xffff;
      case INT32 -> ALL.get(ValueLayout.JAVA_INT, at);
      case UINT32 -> Integer.toUnsignedLong(ALL.get(ValueLayout.JAVA_INT, at));
      case INT64, UINT64 -> ALL.get(ValueLayout.JAVA_LONG, at);
      case FLOAT, DOUBLE -> throw wrongType(shapes.get(array), "integer");
    };
  }

  @Override
  public void setLong(int array, int row, int index, long value) {
    NumericType type = integral(array);
    long at = element(array, row, index, type);
    switch (type) {
      case BOOL -> ALL.set(ValueLayout.JAVA_BYTE, at, (byte) (value != 0 ? 1 : 0));
      case INT8, UINT8 -> ALL.set(ValueLayout.JAVA_BYTE, at, (byte) value);
      case INT16, UINT16 -> ALL.set(ValueLayout.JAVA_SHORT, at, (short) value);
      case INT32, UINT32 -> ALL.set(ValueLayout.JAVA_INT, at, (int) value);
      case INT64, UINT64 -> ALL.set(ValueLayout.JAVA_LONG, at, value);
      case FLOAT, DOUBLE -> throw wrongType(shapes.get(array), "integer");
    }
  }

  // ---- rows

  @Override
  public void readFloats(int array, int row, float[] target, int offset) {
    require(array, NumericType.FLOAT);
    long start = rowStart(array, row);
    MemorySegment.copy(ALL, ValueLayout.JAVA_FLOAT, start, target, offset, length(start));
  }

  @Override
  public void writeFloats(int array, int row, float[] source, int offset) {
    require(array, NumericType.FLOAT);
    long start = rowStart(array, row);
    MemorySegment.copy(source, offset, ALL, ValueLayout.JAVA_FLOAT, start, length(start));
  }

  @Override
  public void readInts(int array, int row, int[] target, int offset, int length) {
    require(array, NumericType.INT32);
    long start = rowStart(array, row);
    Objects.checkFromIndexSize(0, length, length(start));
    MemorySegment.copy(ALL, ValueLayout.JAVA_INT, start, target, offset, length);
  }

  /// Address of an integer of a row, from which on there are `length`.
  private long integers(int array, int row, int first, int length) {
    NumericType type = integral(array);
    if (type == NumericType.BOOL || type.bits() > Integer.SIZE) {
      throw wrongType(shapes.get(array), "integer of at most 32 bits");
    }
    long start = rowStart(array, row);
    Objects.checkFromIndexSize(first, length, length(start));
    return start + bytes(type) * first;
  }

  @Override
  public void readIntegers(int array, int row, int first, int[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    long at = integers(array, row, first, length);
    boolean isUnsigned = !type(array).isSigned();
    switch (type(array).bits()) {
      case Byte.SIZE -> {
        for (int i = 0; i < length; i++) {
          byte value = ALL.get(ValueLayout.JAVA_BYTE, at + i);
          target[offset + i] = isUnsigned ? value & 0xff : value;
        }
      }
      case Short.SIZE -> {
        for (int i = 0; i < length; i++) {
          short value = ALL.get(ValueLayout.JAVA_SHORT, at + (long) Short.BYTES * i);
          target[offset + i] = isUnsigned ? value & 0xffff : value;
        }
      }
      default -> MemorySegment.copy(ALL, ValueLayout.JAVA_INT, at, target, offset, length);
    }
  }

  @Override
  public void writeIntegers(int array, int row, int first, int[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    long at = integers(array, row, first, length);
    switch (type(array).bits()) {
      case Byte.SIZE -> {
        for (int i = 0; i < length; i++) {
          ALL.set(ValueLayout.JAVA_BYTE, at + i, (byte) source[offset + i]);
        }
      }
      case Short.SIZE -> {
        for (int i = 0; i < length; i++) {
          ALL.set(ValueLayout.JAVA_SHORT, at + (long) Short.BYTES * i, (short) source[offset + i]);
        }
      }
      default -> MemorySegment.copy(source, offset, ALL, ValueLayout.JAVA_INT, at, length);
    }
  }

  @Override
  public void bindInts(int array, int row, int[] values) {
    requireRagged(array);
    require(array, NumericType.INT32);
    resize(array, row, values.length);
    MemorySegment.copy(values, 0, ALL, ValueLayout.JAVA_INT, rowStart(array, row), values.length);
  }

  @Override
  public void bindFloats(int array, int row, float[] values) {
    requireRagged(array);
    require(array, NumericType.FLOAT);
    resize(array, row, values.length);
    MemorySegment.copy(values, 0, ALL, ValueLayout.JAVA_FLOAT, rowStart(array, row), values.length);
  }

  @Override
  public void resize(int array, int row, int length) {
    requireRagged(array);
    if (length(rowStart(array, row)) == length) {
      return;
    }
    long done =
        NativeCall.call(
            "resizing a row",
            executable.resize(),
            instance,
            places[array] + POINTER * row,
            bytes(shapes.get(array).type()),
            length);
    if (done == 0) {
      throw new OutOfMemoryError(
          "a row of '%s' with %d elements".formatted(shapes.get(array).name(), length));
    }
  }

  private void requireRagged(int array) {
    Rows rows = shapes.get(array);
    if (!rows.isRagged()) {
      throw new IllegalArgumentException(
          "rows of array '%s' have a fixed length of %d".formatted(rows.name(), rows.length()));
    }
  }

  // ---- building

  @Override
  public RowBuilder rowBuilder() {
    return new NativeRowBuilder(this, slabs);
  }

  NumericType type(int array) {
    return shapes.get(array).type();
  }

  /// Lets rows be where they are lent: one every `stride` bytes, each after its head.
  void lend(int array, int first, int count, long start, long stride, int length) {
    call(
        "lending rows",
        executable.lend(),
        slot(array, first, count),
        count,
        start,
        stride,
        length,
        0);
  }

  /// Puts rows into a slab, one after the other.
  ///
  /// @param start address of the head of the first one
  /// @param lengths address of their lengths, `int32`
  /// @param isKept whether they keep their first elements; else they are of zeros
  void place(int array, int first, int count, long start, long lengths, boolean isKept) {
    long slot = slot(array, first, count);
    long size = bytes(type(array));
    call("placing rows", executable.place(), slot, count, start, lengths, size, isKept ? 1 : 0);
  }

  private void call(
      String what, MemorySegment function, long a, long b, long c, long d, long e, long f) {
    NativeCall.call(what, function, instance(), a, b, c, d, e, f);
  }

  /// Where the address of the first of some rows is that builders put somewhere.
  private long slot(int array, int first, int count) {
    requireRagged(array);
    Objects.checkFromIndexSize(first, count, shapes.get(array).count());
    inSlabs[array] = true;
    return places[array] + POINTER * first;
  }

  /// Slabs go when nothing is in them any more.
  @Override
  public void discardRows(int array, int rows) {
    requireRagged(array);
    release(places[array], rows);
    inSlabs[array] = false;
    for (boolean isUsed : inSlabs) {
      if (isUsed) {
        return;
      }
    }
    slabs.release();
  }

  @Override
  public void swap(int first, int second) {
    Rows a = shapes.get(first);
    Rows b = shapes.get(second);
    if (!CDialect.elementType(a.type()).equals(CDialect.elementType(b.type()))
        || a.count() != b.count()
        || a.length() != b.length()) {
      throw new IllegalArgumentException(
          "arrays '%s' and '%s' differ in shape".formatted(a.name(), b.name()));
    }
    if (!a.isRagged()) {
      long held = places[first];
      put(first, places[second]);
      put(second, held);
      return;
    }
    for (int row = 0; row < a.count(); row++) {
      long held = rowStart(first, row);
      ALL.set(ValueLayout.JAVA_LONG, places[first] + POINTER * row, rowStart(second, row));
      ALL.set(ValueLayout.JAVA_LONG, places[second] + POINTER * row, held);
    }
  }

  @Override
  public void clear(int array) {
    Rows rows = shapes.get(array);
    for (int row = 0; row < rows.count(); row++) {
      long start = rowStart(array, row);
      ALL.asSlice(start, bytes(rows.type()) * length(start)).fill((byte) 0);
    }
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (int array = 0; array < places.length; array++) {
      for (int row = 0; row < shapes.get(array).count(); row++) {
        bytes += bytes(shapes.get(array).type()) * rowLength(array, row);
      }
    }
    return bytes;
  }

  @Override
  @SuppressWarnings("restricted")
  public MemorySegment segment(int array, int row) {
    Rows rows = shapes.get(array);
    if (rows.isRagged()) {
      throw new IllegalArgumentException("rows of array '%s' may move".formatted(rows.name()));
    }
    if (rows.type() == NumericType.BOOL) {
      throw wrongType(rows, "number");
    }
    return MemorySegment.ofAddress(rowStart(array, row))
        .reinterpret(bytes(rows.type()) * rows.length(), arena, null);
  }

  /// Gives the memory back; afterwards every access is refused.
  void release() {
    if (isReleased) {
      return;
    }
    for (int array = 0; array < places.length; array++) {
      if (shapes.get(array).isRagged()) {
        release(places[array], shapes.get(array).count());
      }
    }
    slabs.release();
    isReleased = true;
    arena.close();
  }

  private void release(long table, int count) {
    NativeCall.call("releasing memory", executable.release(), instance, table, count, 0);
  }
}
