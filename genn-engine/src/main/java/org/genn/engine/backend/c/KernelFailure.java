package org.genn.engine.backend.c;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.genn.engine.backend.BackendException;
import org.genn.engine.kernel.Limit;

/// What stopped a kernel; the library keeps it for each thread.
final class KernelFailure {
  // offsets in struct failure
  private static final long KIND = 0;
  private static final long TEXT = 8;
  private static final long INDEX = 16;
  private static final long LENGTH = 24;
  private static final long SIZE = 32;

  private static final int ROW = 1;
  private static final int ASSERTION = 2;
  private static final int MEMORY = 3;
  private static final int ELEMENT = 5;
  private static final int LIMIT = 6;

  private static final MethodHandle LATEST = handle();

  private KernelFailure() {}

  @SuppressWarnings("restricted")
  private static MethodHandle handle() {
    return Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(ValueLayout.ADDRESS));
  }

  /// What stopped the kernel that this thread has just called.
  @SuppressWarnings("restricted")
  static IllegalStateException latest(NativeExecutable executable) {
    MemorySegment failure;
    try {
      failure = ((MemorySegment) LATEST.invokeExact(executable.failure())).reinterpret(SIZE);
    } catch (Throwable e) {
      throw new BackendException("reading why a kernel failed failed: " + e, e);
    }
    String text = failure.get(ValueLayout.ADDRESS, TEXT).reinterpret(Long.MAX_VALUE).getString(0);
    long index = failure.get(ValueLayout.JAVA_LONG, INDEX);
    long length = failure.get(ValueLayout.JAVA_LONG, LENGTH);
    return new IllegalStateException(
        switch ((int) failure.get(ValueLayout.JAVA_LONG, KIND)) {
          case ELEMENT -> "%s[%d] is outside of its %d elements".formatted(text, index, length);
          case ROW ->
              "in '%s': a subscript is outside of its row: Index %d out of bounds for length %d"
                  .formatted(text, index, length);
          case LIMIT -> Limit.told(text, index, length);
          case ASSERTION -> text + " failed";
          case MEMORY -> "no memory for a row of %d bytes".formatted(length);
          default -> "in '%s': a pointer is used that points to nothing".formatted(text);
        });
  }
}
