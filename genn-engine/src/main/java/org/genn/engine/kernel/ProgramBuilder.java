package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;

/// The functions and kernels of a program while it is being made, in the order in which they are
/// printed.
final class ProgramBuilder {
  final List<Function> functions = new ArrayList<>();
  final List<Kernel> kernels = new ArrayList<>();

  /// @return the number that launches have of the kernel
  int add(Kernel kernel) {
    kernels.add(kernel);
    return kernels.size() - 1;
  }

  /// The function of a name, which is made and added unless it is there.
  ///
  /// @param lowering makes a function of the name that it is given
  Function once(String name, java.util.function.Function<String, Function> lowering) {
    for (Function function : functions) {
      if (function.name().equals(name)) {
        return function;
      }
    }
    Function made = lowering.apply(name);
    functions.add(made);
    return made;
  }
}
