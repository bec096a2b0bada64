package org.genn.engine.backend.c;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.genn.engine.backend.BackendException;

/// Calls the functions of a library: the one that runs kernels and those that handle memory. They
/// have one type, an address, six `long`s and a `long` as result, since the JVM takes 10 to 20 ms
/// for each type of function at first.
final class NativeCall {
  private static final MethodHandle CALL = handle();

  private NativeCall() {}

  /// Does nothing but initialise the class.
  static void prepare() {}

  @SuppressWarnings("restricted")
  private static MethodHandle handle() {
    var number = ValueLayout.JAVA_LONG;
    return Linker.nativeLinker()
        .downcallHandle(
            FunctionDescriptor.of(
                number, ValueLayout.ADDRESS, number, number, number, number, number, number));
  }

  /// @param what it does, for the message when that fails
  /// @param self struct instance, or `NULL`
  static long call(
      String what,
      MemorySegment function,
      MemorySegment self,
      long first,
      long second,
      long third) {
    return call(what, function, self, first, second, third, 0, 0, 0);
  }

  /// @param what it does, for the message when that fails
  /// @param self struct instance, or `NULL`
  static long call(
      String what,
      MemorySegment function,
      MemorySegment self,
      long first,
      long second,
      long third,
      long fourth,
      long fifth,
      long sixth) {
    try {
      return (long) CALL.invokeExact(function, self, first, second, third, fourth, fifth, sixth);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new BackendException(what + " failed: " + e, e);
    }
  }
}
