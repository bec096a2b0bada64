package org.genn.engine.runtime;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.genn.engine.model.Given;

/// Locations that were asked for, by what they are of. Names are checked when they are set.
final class Locations {
  private final ModelState state;
  private final String owner;
  private final VarLocation usual;
  private final Map<String, VarLocation> chosen = new LinkedHashMap<>();

  /// @param owner opens messages: `group 'input'`
  Locations(ModelState state, String owner, VarLocation usual) {
    this.state = state;
    this.owner = owner;
    this.usual = usual;
  }

  /// @param kind what it is: `variable`
  /// @param available names that there are
  void set(String kind, String name, Collection<String> available, VarLocation location) {
    state.requireNotBuilt("change where values are");
    check(kind, name, available);
    Given.all("%s: %s '%s'".formatted(owner, kind, name), "location", location);
    chosen.put(kind + " " + name, location);
  }

  VarLocation get(String kind, String name, Collection<String> available) {
    check(kind, name, available);
    return chosen.getOrDefault(kind + " " + name, usual);
  }

  private void check(String kind, String name, Collection<String> available) {
    if (!available.contains(name)) {
      throw new IllegalArgumentException(Lookup.missing(owner, kind, name, available));
    }
  }
}
