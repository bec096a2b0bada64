package org.genn.engine.kernel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which elements of which arrays a part uses, in functions that all parts run at the same time.
final class Footprint {
  private final Map<Rows, Set<Owner>> used = new HashMap<>();
  private final Set<Rows> written = new HashSet<>();

  void read(Rows rows, Owner owner) {
    used.computeIfAbsent(rows, _ -> new HashSet<>()).add(owner);
  }

  void write(Rows rows, Owner owner) {
    read(rows, owner);
    written.add(rows);
  }

  boolean writes(Rows rows) {
    return written.contains(rows);
  }

  /// Both together.
  Footprint and(Footprint other) {
    var both = new Footprint();
    for (Footprint part : new Footprint[] {this, other}) {
      part.used.forEach((rows, owners) -> owners.forEach(owner -> both.read(rows, owner)));
      both.written.addAll(part.written);
    }
    return both;
  }

  /// Whether no part meets what another one writes: all elements of an array that is written are
  /// divided, and in one way.
  boolean isDivided() {
    return written.stream()
        .map(used::get)
        .allMatch(owners -> owners.size() == 1 && !owners.contains(Owner.ANYONE));
  }
}
