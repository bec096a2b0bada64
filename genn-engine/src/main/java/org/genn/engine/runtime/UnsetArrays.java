package org.genn.engine.runtime;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.model.VariableReference;

/// Extra global parameters that the model's description leaves open, until somebody gives them
/// values: kernels must not run before, as they would read what lies behind an empty array.
final class UnsetArrays {
  private final String owner;
  private final Map<Integer, String> names = new TreeMap<>();

  UnsetArrays(LoweredModel model) {
    owner = "model '" + model.spec().name() + "'";
    for (var entry : model.extraGlobalParameters().entrySet()) {
      VariableReference reference = entry.getKey();
      int array = entry.getValue().array();
      boolean isOpen = model.program().arrays().get(array).isRagged();
      // Arrays of initialisers, whose keys have a dot, are there when they have run.
      if (isOpen && !reference.group().contains(".")) {
        names.putIfAbsent(array, reference.group() + "." + reference.variable());
      }
    }
  }

  /// Values, be they none, were given to an array.
  void given(int array) {
    names.remove(array);
  }

  /// @throws IllegalStateException when an array has no values yet
  void requireNone(Memory memory) {
    if (names.isEmpty()) {
      return;
    }
    names.keySet().removeIf(array -> memory.rowLength(array, 0) > 0);
    if (!names.isEmpty()) {
      throw new IllegalStateException(
          names.values().stream()
              .map("extra global parameter '%s'"::formatted)
              .collect(
                  Collectors.joining(
                      ", ",
                      owner + ": ",
                      " without values; give them before the model is loaded, or set them before"
                          + " its first step")));
    }
  }
}
