package org.mlgenn.cli;

import java.util.Collection;
import org.genn.engine.snippet.Spelling;

/// Says what somebody may have meant.
public final class Nearest {
  private static final int FEW = 9;

  private Nearest() {}

  /// The message about a name that does not exist: with the nearest one, and with all where they
  /// are few or none is near.
  ///
  /// @param kind of thing, e.g. `recipe`
  /// @param names that there are
  public static UsageException unknown(String kind, String word, Collection<String> names) {
    return new UsageException(message(kind, word, names));
  }

  static String message(String kind, String word, Collection<String> names) {
    String hint = Spelling.hint(word, names);
    boolean isListed = hint.isEmpty() || (names.size() > 1 && names.size() <= FEW);
    return "unknown %s '%s'%s%s"
        .formatted(
            kind,
            word,
            hint,
            isListed
                ? (hint.isEmpty() ? "; there are: " : " There are: ") + String.join(", ", names)
                : "");
  }
}
