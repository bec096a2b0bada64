package org.genn.engine.runtime;

import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import org.genn.engine.snippet.Spelling;
import org.jspecify.annotations.Nullable;

/// Things by name, and what to say when there is none.
///
/// @param owner opens the message, as the user knows it: `model 'mnist'`
/// @param kind what the things are: `custom update group`
record Lookup<T>(String owner, String kind, Map<String, T> entries) {
  Lookup {
    entries = Map.copyOf(entries);
  }

  T get(@Nullable String name) {
    T found = name == null ? null : entries.get(name);
    if (found == null) {
      throw new IllegalArgumentException(missing(owner, kind, name, entries.keySet()));
    }
    return found;
  }

  static String missing(
      String owner, String kind, @Nullable String name, Collection<String> available) {
    String has = available.isEmpty() ? "it has none" : "it has " + new TreeSet<>(available);
    String hint = Spelling.hint(name, available);
    return "%s has no %s '%s'; %s%s".formatted(owner, kind, name, has, hint);
  }
}
