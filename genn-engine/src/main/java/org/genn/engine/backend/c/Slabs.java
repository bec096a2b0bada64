package org.genn.engine.backend.c;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/*
 * Rows of sparse connections are many and never freed one by one, so they have no block of their own each. Slabs are as
 * large and aligned as huge pages, which the system is asked for: scattering over them then misses fewer translations.
 * Memory of Java's arenas won't do, since the JVM limits it to the size of its heap.
 */

/// Large blocks of memory outside of Java's heap. Threads may ask for them at the same time.
final class Slabs {
  static final long SIZE = 2 << 20;

  private final NativeExecutable executable;
  private final List<Long> blocks = new ArrayList<>();

  Slabs(NativeExecutable executable) {
    this.executable = executable;
  }

  /// The address of a block of at least `bytes` bytes, which may hold anything.
  synchronized long allocate(long bytes) {
    long size = Math.ceilDiv(bytes, SIZE) * SIZE;
    long block = call("allocating memory", executable.slab(), SIZE, size);
    if (block == 0) {
      throw new OutOfMemoryError("%d bytes for rows of synapses".formatted(size));
    }
    blocks.add(block);
    return block;
  }

  /// Gives all blocks back.
  synchronized void release() {
    for (long block : blocks) {
      call("freeing memory", executable.free(), block, 0);
    }
    blocks.clear();
  }

  private static long call(String what, MemorySegment function, long first, long second) {
    return NativeCall.call(what, function, MemorySegment.NULL, first, second, 0);
  }
}
