package org.genn.engine.backend;

/// A program with memory of its own. `run` may be called from several threads at once for disjoint
/// units; the other methods may not be called while a kernel runs.
public interface Instance extends AutoCloseable {

  /// Runs kernel number `kernel` of the program; see `Kernel` for the arguments. Allocates nothing.
  void run(int kernel, int begin, int end, int slice, int first, int steps);

  Memory memory();

  /// Whether an integer was divided by zero since the last call.
  boolean dividedByZero();

  @Override
  void close();
}
