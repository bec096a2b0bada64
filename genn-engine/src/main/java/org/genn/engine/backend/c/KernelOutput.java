package org.genn.engine.backend.c;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/// What kernels print, which they hand to Java: it has the stream that users see.
final class KernelOutput {
  private static final class Lazy {
    static final MemorySegment PRINTER = printer();

    private Lazy() {}
  }

  private KernelOutput() {}

  /// Sets the variable of a library that has just been loaded.
  @SuppressWarnings("restricted")
  static void connect(SymbolLookup library) {
    library
        .find("checked_printer")
        .ifPresent(
            variable ->
                variable
                    .reinterpret(ValueLayout.ADDRESS.byteSize())
                    .set(ValueLayout.ADDRESS, 0, Lazy.PRINTER));
  }

  @SuppressWarnings("restricted")
  private static MemorySegment printer() {
    try {
      var method =
          MethodHandles.lookup()
              .findStatic(
                  KernelOutput.class,
                  "print",
                  MethodType.methodType(void.class, MemorySegment.class, long.class));
      return Linker.nativeLinker()
          .upcallStub(
              method,
              FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG),
              Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /// An exception here would end the process.
  @SuppressWarnings({"restricted", "UnusedMethod"})
  private static void print(MemorySegment text, long length) {
    try {
      System.out.print(
          new String(
              text.reinterpret(length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(KernelOutput.class).warn("cannot print what a kernel prints", e);
    }
  }
}
