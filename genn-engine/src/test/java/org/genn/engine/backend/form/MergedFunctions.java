package org.genn.engine.backend.form;

import java.util.List;
import org.genn.engine.kernel.Function;
import org.genn.engine.kernel.Lowering;
import org.genn.engine.kernel.LoweringSettings;
import org.genn.engine.kernel.Program;
import org.genn.engine.model.ModelSpec;

/// What is left of a model's functions when those with the same code have become one, however few
/// there are.
final class MergedFunctions {
  private MergedFunctions() {}

  /// Functions whose names match a pattern.
  static List<Function> functions(ModelSpec spec, String name) {
    Program program =
        Lowering.lower(spec, new LoweringSettings().fusesPostsynapticModels(false)).program();
    return Merging.of(program, 0).functions().stream()
        .filter(function -> function.name().matches(name))
        .toList();
  }

  /// Numbers in which the groups of a function differ, other than those of their arrays.
  static long given(Function function) {
    return function.parameters().stream().filter(p -> p.name().startsWith("given")).count();
  }
}
