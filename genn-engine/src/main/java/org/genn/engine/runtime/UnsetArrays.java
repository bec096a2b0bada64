package org.genn.engine.runtime;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.model.ArrayUse;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.VariableReference;

/// Extra global parameters that the model's description leaves open, until somebody gives them
/// values: kernels must not run before, as they would read what lies behind an empty array.
final class UnsetArrays {
  private final ModelSpec spec;
  private final Map<Integer, VariableReference> undescribed = new TreeMap<>();
  private final Map<Integer, VariableReference> open = new TreeMap<>();

  UnsetArrays(LoweredModel model) {
    spec = model.spec();
    for (var entry : model.extraGlobalParameters().entrySet()) {
      VariableReference reference = entry.getKey();
      int array = entry.getValue().array();
      boolean isOpen = model.program().arrays().get(array).isRagged();
      // Arrays of initialisers, whose keys have a dot, are there when they have run.
      if (isOpen && !reference.group().contains(".")) {
        undescribed.putIfAbsent(array, reference);
      }
    }
    open.putAll(undescribed);
  }

  /// Takes all values away that were given.
  void discardAll(Memory memory) {
    undescribed.keySet().forEach(array -> memory.discardRows(array, 1));
    open.putAll(undescribed);
  }

  /// Values, be they none, were given to an array.
  void given(int array) {
    open.remove(array);
  }

  /// @throws IllegalStateException when an array that some code uses has no values yet
  void requireNone(Memory memory) {
    if (open.isEmpty()) {
      return;
    }
    open.keySet().removeIf(array -> memory.rowLength(array, 0) > 0);
    if (!open.isEmpty()) {
      open.values().removeAll(ArrayUse.unused(spec).keySet());
    }
    if (!open.isEmpty()) {
      throw new IllegalStateException(
          open.values().stream()
              .map(array -> "extra global parameter '" + array.group() + "." + array.variable())
              .collect(
                  Collectors.joining(
                      "', ",
                      "model '" + spec.name() + "': ",
                      "' without values; give them before the model is loaded, or set them before"
                          + " its first step")));
    }
  }
}
