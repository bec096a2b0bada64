package org.genn.engine.snippet;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds what a misspelt name may have meant.
public final class Spelling {

  private static final int LONGEST = 64;

  /// Fewer letters at the beginning are in common by chance.
  private static final int SHORTEST_PREFIX = 3;

  private Spelling() {}

  /// The candidate with the fewest typing errors, if these are at most a third of the name; else
  /// the one that the name begins or that begins the name, with the most letters in common, then
  /// the shortest.
  public static Optional<String> nearest(@Nullable String name, Collection<String> candidates) {
    if (name == null || name.length() > LONGEST) {
      return Optional.empty();
    }
    int best = Math.max(1, name.length() / 3) + 1;
    Optional<String> nearest = Optional.empty();
    for (String candidate : candidates) {
      if (Math.abs(candidate.length() - name.length()) >= best) {
        continue;
      }
      int distance = candidate.equalsIgnoreCase(name) ? 0 : distance(name, candidate);
      if (distance < best && distance < Math.max(name.length(), candidate.length())) {
        best = distance;
        nearest = Optional.of(candidate);
      }
    }
    return nearest.or(() -> begunAlike(name, candidates));
  }

  private static Optional<String> begunAlike(String name, Collection<String> candidates) {
    return candidates.stream()
        .filter(candidate -> isBegunAlike(name, candidate))
        .min(
            Comparator.comparing((String candidate) -> -Math.min(name.length(), candidate.length()))
                .thenComparing(String::length)
                .thenComparing(Comparator.naturalOrder()));
  }

  /// Whether one of them is the beginning of the other.
  private static boolean isBegunAlike(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    return shared >= SHORTEST_PREFIX && a.regionMatches(true, 0, b, 0, shared);
  }

  /// Least number of letters to insert, remove or replace.
  public static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
