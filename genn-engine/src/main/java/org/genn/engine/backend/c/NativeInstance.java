package org.genn.engine.backend.c;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.Instance;
import org.genn.engine.backend.Memory;

/// A program's memory, and calls of its kernels on it.
final class NativeInstance implements Instance {
  private static final int SUCCESS = 0;
  private static final int FAILURE = 1;
  private static final MethodHandle RUN = handle();

  private final NativeExecutable executable;
  private final MemorySegment run;
  private final NativeMemory memory;

  NativeInstance(NativeExecutable executable) {
    this.executable = executable;
    run = executable.run();
    memory = new NativeMemory(executable);
  }

  /// Initialises the classes whose handles of C functions take long to make.
  static void prepare() {
    LibraryCall.prepare();
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle() {
    var number = ValueLayout.JAVA_INT;
    return Linker.nativeLinker()
        .downcallHandle(
            FunctionDescriptor.of(
                number, ValueLayout.ADDRESS, number, number, number, number, number, number));
  }

  @Override
  public void run(int kernel, int begin, int end, int slice, int first, int steps) {
    int code;
    try {
      code = (int) RUN.invokeExact(run, memory.instance(), kernel, begin, end, slice, first, steps);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new BackendException("kernel failed: " + e, e);
    }
    if (code != SUCCESS) {
      throw code == FAILURE
          ? KernelFailure.latest(executable)
          : new IndexOutOfBoundsException("no kernel " + kernel);
    }
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public boolean dividedByZero() {
    return memory.takeDividedByZero();
  }

  @Override
  public void close() {
    memory.release();
  }
}
