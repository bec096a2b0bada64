package org.mlgenn.cli;

import java.util.Collection;
import java.util.Optional;
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
    Optional<String> near = Spelling.nearest(word, names);
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
}
