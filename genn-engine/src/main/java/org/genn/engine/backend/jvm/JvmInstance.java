package org.genn.engine.backend.jvm;

import java.lang.invoke.MethodHandle;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.Instance;
import org.genn.engine.backend.Memory;

/// An object of a program's class, and the arrays that it works on.
final class JvmInstance implements Instance {
  private final JvmMemory memory;
  private final MethodHandle run;
  private final MethodHandle takeDividedByZero;

  JvmInstance(JvmMemory memory, MethodHandle run, MethodHandle takeDividedByZero) {
    this.memory = memory;
    this.run = run;
    this.takeDividedByZero = takeDividedByZero;
  }

  @Override
  public void run(int kernel, int begin, int end, int slice, int first, int steps) {
    try {
      run.invokeExact(kernel, begin, end, slice, first, steps);
    } catch (ArrayIndexOutOfBoundsException e) {
      throw outOfRange(e);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new BackendException("kernel failed: " + e, e);
    }
  }

  private IllegalStateException outOfRange(ArrayIndexOutOfBoundsException e) {
    StackTraceElement[] trace = e.getStackTrace();
    String method = trace.length == 0 ? "?" : trace[0].getMethodName();
    return new IllegalStateException(
        "in '%s': a subscript is outside of its row: %s".formatted(method, e.getMessage()), e);
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public boolean dividedByZero() {
    try {
      return (boolean) takeDividedByZero.invokeExact();
    } catch (Throwable e) {
      throw new BackendException("reading the error flag failed: " + e, e);
    }
  }

  @Override
  public void close() {
    memory.release();
  }
}
