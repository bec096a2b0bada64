package org.genn.engine.runtime;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Things by name, and what to say when there is none.
///
/// @param owner opens the message, as the user knows it: `model 'mnist'`
/// @param kind what the things are: `custom update group`
record Lookup<T>(String owner, String kind, Map<String, T> entries) {
  Lookup {
    entries = Map.copyOf(entries);
  }

  T get(String name) {
    T found = entries.get(name);
    if (found == null) {
      throw new IllegalArgumentException(missing(owner, kind, name, entries.keySet()));
    }
    return found;
  }

  static String missing(String owner, String kind, String name, Collection<String> available) {
    String has = available.isEmpty() ? "it has none" : "it has " + new TreeSet<>(available);
    String hint = nearest(name, available).map("; did you mean '%s'?"::formatted).orElse("");
    return "%s has no %s '%s'; %s%s".formatted(owner, kind, name, has, hint);
  }

  /// The name that is fewest edits away, if these are at most a third of it.
  static Optional<String> nearest(String name, Collection<String> available) {
    return new TreeSet<>(available)
        .stream()
            .min(Comparator.comparingInt(other -> edits(name, other)))
            .filter(other -> edits(name, other) <= Math.max(1, other.length() / 3));
  }

  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        int cost = Math.min(diagonal + (same ? 0 : 1), Math.min(row[j], row[j - 1]) + 1);
        diagonal = row[j];
        row[j] = cost;
      }
    }
    return row[b.length()];
  }
}
