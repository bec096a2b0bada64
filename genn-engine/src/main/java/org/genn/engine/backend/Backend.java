package org.genn.engine.backend;

import java.util.Optional;
import org.genn.engine.kernel.Program;

/// A way to build and run programs. Found through `ServiceLoader`.
public interface Backend {
  /// Bytes of the head of a Java array, of the reference to it, and of half an alignment.
  int JAVA_ROW = 16 + 4 + 4;

  /// Name by which users choose it: `jvm`, `native`, `cuda`.
  String name();

  /// Order of preference of `auto`: the highest available one is taken.
  int preference();

  /// Whether it works on this machine, and if not why and what to do about it.
  Availability availability();

  /// The memory that its programs' arrays may take.
  default MemoryLimit memoryLimit() {
    return new MemoryLimit(
            Runtime.getRuntime().maxMemory(), "the JVM may have", "give the JVM more (-Xmx)")
        .perRow(JAVA_ROW, JAVA_ROW);
  }

  /// How fast its kernels are.
  default Pace pace() {
    return Pace.USUAL;
  }

  /// @throws BackendException when the program cannot be built
  Executable build(Program program, BuildSettings settings);

  /// Loads what was built before, without anything to build it from.
  ///
  /// @param program arrays and kernels, without functions and bodies
  /// @param cacheKey that its executable had
  /// @return nothing where the cache does not have it any more
  default Optional<Executable> load(Program program, String cacheKey, BuildSettings settings) {
    return Optional.empty();
  }

  /// Called when a program will have to be built soon: a back end can load its tools meanwhile, in
  /// a thread of its own.
  default void prepare() {}

  /// Called when a program will soon be run, built before or not: a back end can get ready
  /// meanwhile, in a thread of its own.
  default void prepareToRun() {}

  /// What decides which machine code is made of a program, besides the program: the compiler and
  /// the processor, say.
  default String identity() {
    return "";
  }
}
