package org.mlgenn.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds what somebody may have meant.
public final class Nearest {
  private static final int FEW = 9;

  private Nearest() {}

  /// The name with the fewest letters to insert, remove, replace or exchange; the first of equals.
  public static Optional<String> of(String word, Collection<String> names) {
    return names.stream().min(Comparator.comparingInt(name -> distance(word, name)));
  }

  /// The message about a name that does not exist: with the nearest one, and with all where they
  /// are few or none is near.
  ///
  /// @param kind of thing, e.g. `recipe`
  /// @param names that there are
  public static UsageException unknown(String kind, String word, Collection<String> names) {
    Optional<String> near =
        of(word, names)
            .filter(name -> 2 * distance(word, name) <= Math.max(word.length(), name.length()));
    String suggestion = near.map("; did you mean '%s'?"::formatted).orElse("");
    boolean isListed = near.isEmpty() || (names.size() > 1 && names.size() <= FEW);
    return new UsageException(
        "unknown %s '%s'%s%s"
            .formatted(
                kind,
                word,
                suggestion,
                isListed
                    ? (near.isEmpty() ? "; there are: " : " There are: ") + String.join(", ", names)
                    : ""));
  }

  /// Edits that make one word of the other, upper and lower case being equal.
  static int distance(String first, String second) {
    String a = first.toLowerCase(Locale.ROOT);
    String b = second.toLowerCase(Locale.ROOT);
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
