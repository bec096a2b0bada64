package org.genn.engine.model.builtin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.genn.engine.snippet.Spelling;

/// Built-in things of one kind by name.
///
/// @param kind what they are, as messages say it: `neuron model`
record Catalogue<T>(String kind, Map<String, T> entries) {

  static <T> Catalogue<T> of(String kind, List<T> models, Function<T, String> name) {
    Map<String, T> entries = new LinkedHashMap<>();
    models.forEach(model -> entries.put(name.apply(model), model));
    return new Catalogue<>(kind, java.util.Collections.unmodifiableMap(entries));
  }

  /// @throws IllegalArgumentException when there is none of that name
  T get(String name) {
    T found = entries.get(name);
    if (found == null) {
      String hint =
          Spelling.nearest(name, entries.keySet())
              .map("; did you mean '%s'?"::formatted)
              .orElse("");
      throw new IllegalArgumentException(
          "there is no built-in %s '%s'; there are %s%s"
              .formatted(kind, name, entries.keySet(), hint));
    }
    return found;
  }
}
