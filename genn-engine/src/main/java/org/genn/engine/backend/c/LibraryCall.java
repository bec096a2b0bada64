package org.genn.engine.backend.c;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.genn.engine.backend.BackendException;

/// Calls the functions by which a library handles memory. They have one type, four `long`s or
/// addresses and a `long` as result, since the JVM takes 10 to 20 ms for each type of function at
/// first.
final class LibraryCall {
  private static final MethodHandle CALL = handle();

  private LibraryCall() {}

  /// Does nothing but initialise the class.
  static void prepare() {}

  @SuppressWarnings("restricted")
  private static MethodHandle handle() {
    var number = ValueLayout.JAVA_LONG;
    return Linker.nativeLinker()
        .downcallHandle(FunctionDescriptor.of(number, number, number, number, number));
  }

  /// @param what it does, for the message when that fails
  static long call(
      String what, MemorySegment function, long first, long second, long third, long fourth) {
    try {
      return (long) CALL.invokeExact(function, first, second, third, fourth);
    } catch (Throwable e) {
      throw new BackendException(what + " failed: " + e, e);
    }
  }
}
