package org.mlgenn.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import org.genn.engine.backend.c.CLibrary;

/// Loops written by hand in C, compiled as the back end `native` compiles its kernels.
final class CLoops {
  private final CLibrary library;

  private CLoops(CLibrary library) {
    this.library = library;
  }

  /// @throws org.genn.engine.backend.BackendException when there is no compiler, with the reason
  static CLoops of(String resource) {
    try (var source = CLoops.class.getResourceAsStream(resource)) {
      if (source == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      String text = new String(source.readAllBytes(), StandardCharsets.UTF_8);
      return new CLoops(CLibrary.compile(resource, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  MethodHandle function(String name, MemoryLayout result, MemoryLayout... parameters) {
    return library.function(name, FunctionDescriptor.of(result, parameters));
  }

  MethodHandle procedure(String name, MemoryLayout... parameters) {
    return library.function(name, FunctionDescriptor.ofVoid(parameters));
  }

  /// What a call of a C function threw: nothing that it could.
  static IllegalStateException failed(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(thrown);
  }
}
