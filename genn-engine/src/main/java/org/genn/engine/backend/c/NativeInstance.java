package org.genn.engine.backend.c;

import java.lang.foreign.MemorySegment;
import org.genn.engine.backend.Instance;
import org.genn.engine.backend.Memory;

/// A program's memory, and calls of its kernels on it.
final class NativeInstance implements Instance {
  private static final long SUCCESS = 0;
  private static final long FAILURE = 1;

  private final NativeExecutable executable;
  private final MemorySegment run;
  private final NativeMemory memory;

  NativeInstance(NativeExecutable executable) {
    this.executable = executable;
    run = executable.run();
    memory = new NativeMemory(executable);
  }

  /// Initialises the class whose handle of C functions takes long to make.
  static void prepare() {
    NativeCall.prepare();
  }

  @Override
  public void run(int kernel, int begin, int end, int slice, int first, int steps) {
    long code =
        NativeCall.call(
            "a kernel", run, memory.instance(), kernel, begin, end, slice, first, steps);
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
