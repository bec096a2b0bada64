package org.genn.engine.snippet;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds what a misspelt name may have meant.
public final class Spelling {

  private static final int LONGEST = 64;

  /// Fewer letters at the beginning are in common by chance.
  private static final int SHORTEST_PREFIX = 3;

  private Spelling() {}

  /// The candidate with the fewest typing errors, if these are at most a third of the name, upper
  /// and lower case telling only equals apart; else the one that the name begins or that begins the
  /// name, with the most letters in common, then the shortest.
  public static Optional<String> nearest(@Nullable String name, Collection<String> candidates) {
    if (name == null || name.length() > LONGEST) {
      return Optional.empty();
    }
    return mistyped(name, candidates).or(() -> begunAlike(name, candidates));
  }

  /// The end of a message that tells the nearest of the names that there are; empty if none is
  /// near.
  public static String hint(@Nullable String name, Collection<String> candidates) {
    return nearest(name, candidates).map("; did you mean '%s'?"::formatted).orElse("");
  }

  private static Optional<String> mistyped(String name, Collection<String> candidates) {
    return candidates.stream()
        .filter(candidate -> isMistyped(name, candidate))
        .min(
            Comparator.comparingInt((String candidate) -> errors(name, candidate))
                .thenComparingInt(candidate -> distance(name, candidate)));
  }

  private static boolean isMistyped(String name, String candidate) {
    int most = Math.max(1, name.length() / 3);
    if (Math.abs(candidate.length() - name.length()) > most) {
      return false;
    }
    int errors = errors(name, candidate);
    return errors <= most && errors < Math.max(name.length(), candidate.length());
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

  /// Upper and lower case being equal.
  private static int errors(String a, String b) {
    return distance(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
  }

  /// Least number of letters to insert, remove or replace, or of neighbours to exchange.
  private static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[a.length()][b.length()];
  }
}
