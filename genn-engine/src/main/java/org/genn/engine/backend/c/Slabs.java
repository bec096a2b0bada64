package org.genn.engine.backend.c;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.genn.engine.backend.BackendException;

/*
 * Rows of sparse connections are many and never freed one by one, so they have no block of their own each. Slabs are as
 * large and aligned as huge pages, which the system is asked for: scattering over them then misses fewer translations.
 * Memory of Java's arenas won't do, since the JVM limits it to the size of its heap.
 */

/// Large blocks of memory outside of Java's heap. Threads may ask for them at the same time.
final class Slabs {
  static final long SIZE = 2 << 20;

  private static final int HUGE_PAGES = 14; // MADV_HUGEPAGE of Linux

  private static final MethodHandle ALLOCATE =
      handle(
          "aligned_alloc",
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
  private static final MethodHandle FREE =
      handle("free", FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG));
  private static final Optional<MethodHandle> ADVISE = advise();

  private final List<Long> blocks = new ArrayList<>();

  /// Does nothing but initialise the class.
  static void prepare() {}

  @SuppressWarnings("restricted")
  private static MethodHandle handle(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
  }

  @SuppressWarnings("restricted")
  private static Optional<MethodHandle> advise() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    SymbolLookup lookup = linker.defaultLookup();
    Optional<MemorySegment> symbol = lookup.find("madvise");
    var type =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT);
    return symbol.map(address -> linker.downcallHandle(address, type));
  }

  /// The address of a block of at least `bytes` bytes, which may hold anything.
  synchronized long allocate(long bytes) {
    long size = Math.ceilDiv(bytes, SIZE) * SIZE;
    try {
      long block = (long) ALLOCATE.invokeExact(SIZE, size);
      if (block == 0) {
        throw new OutOfMemoryError("%d bytes for rows of synapses".formatted(size));
      }
      blocks.add(block);
      if (ADVISE.isPresent()) {
        int _ = (int) ADVISE.get().invokeExact(block, size, HUGE_PAGES);
      }
      return block;
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new BackendException("allocating memory failed: " + e, e);
    }
  }

  /// Gives all blocks back.
  synchronized void release() {
    for (long block : blocks) {
      try {
        FREE.invokeExact(block);
      } catch (Throwable e) {
        throw new BackendException("freeing memory failed: " + e, e);
      }
    }
    blocks.clear();
  }
}
