package org.genn.engine.kernel;

import java.util.List;

/// What a back end builds: arrays and the kernels that work on them. Immutable; its printed form is
/// what build caches are keyed by.
///
/// @param name a valid identifier
public record Program(
    String name, List<Rows> arrays, List<Function> functions, List<Kernel> kernels) {
  public Program {
    arrays = List.copyOf(arrays);
    functions = List.copyOf(functions);
    kernels = List.copyOf(kernels);
  }

  /// Its arrays, and of its kernels what is known without their code.
  public Program withoutCode() {
    List<Kernel> launched =
        kernels.stream()
            .map(k -> new Kernel(k.name(), k.comment(), k.domain(), k.units(), List.of()))
            .toList();
    return new Program(name, arrays, List.of(), launched);
  }
}
