package org.genn.engine.model.builtin;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.genn.engine.model.Given;
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
    Given.all("built-in " + kind, "name", name);
    T found = entries.get(name);
    if (found == null) {
      Optional<String> nearest = Spelling.nearest(name, entries.keySet());
      var known = new LinkedHashSet<String>();
      nearest.ifPresent(known::add);
      known.addAll(entries.keySet());
      String hint = otherKind(name).orElseGet(() -> Spelling.hint(name, entries.keySet()));
      throw new IllegalArgumentException(
          "there is no built-in %s '%s'; there are %s%s".formatted(kind, name, known, hint));
    }
    return found;
  }

  /// What the name is of, when it is of something else.
  private static Optional<String> otherKind(String name) {
    for (var built : BuiltIns.names().entrySet()) {
      if (built.getValue().contains(name)) {
        return Optional.of("; '%s' is a %s".formatted(name, built.getKey()));
      }
    }
    return Optional.empty();
  }
}
