package org.genn.engine.backend.c;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.Executable;
import org.genn.engine.backend.Instance;
import org.genn.engine.kernel.Program;

/// A loaded library. It goes when nothing uses it any more, instances included.
///
/// @param run `mlgenn_run`, and so on
record NativeExecutable(
    Program program,
    MemorySegment run,
    MemorySegment failure,
    MemorySegment resize,
    MemorySegment release,
    MemorySegment lend,
    MemorySegment place,
    MemorySegment slab,
    MemorySegment free,
    String cacheKey,
    double buildSeconds,
    boolean isFromCache)
    implements Executable {

  /// Loads a library from its bytes. Its file is deleted again: the system keeps what it has
  /// loaded.
  @SuppressWarnings("restricted")
  static NativeExecutable load(
      Program program, byte[] library, String cacheKey, long start, boolean isFromCache) {
    try {
      Path file = Files.createTempFile("mlgenn", ".so");
      try {
        Files.write(file, library);
        SymbolLookup symbols = SymbolLookup.libraryLookup(file, Arena.ofAuto());
        KernelOutput.connect(symbols);
        return new NativeExecutable(
            program,
            symbols.findOrThrow("mlgenn_run"),
            symbols.findOrThrow("mlgenn_failure"),
            symbols.findOrThrow("mlgenn_resize"),
            symbols.findOrThrow("mlgenn_release"),
            symbols.findOrThrow("mlgenn_lend"),
            symbols.findOrThrow("mlgenn_place"),
            symbols.findOrThrow("mlgenn_slab"),
            symbols.findOrThrow("mlgenn_free"),
            cacheKey,
            (System.nanoTime() - start) * 1e-9,
            isFromCache);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new BackendException(
          "loading %s failed: %s".formatted(program.name(), e.getMessage()), e);
    }
  }

  @Override
  public Instance open() {
    return new NativeInstance(this);
  }

  @Override
  public void close() {}
}
