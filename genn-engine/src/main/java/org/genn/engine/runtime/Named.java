package org.genn.engine.runtime;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/// Parts of a model by name, to be read only. Unlike that of other maps, `get` of a name that is
/// not there says which names there are.
final class Named<T> extends AbstractMap<String, T> {
  private final String owner;
  private final String kind;
  private final Map<String, T> parts;

  /// @param owner opens the message, as the user knows it: `group 'Exc'`
  /// @param kind what the parts are: `variable`
  Named(String owner, String kind, Map<String, T> parts) {
    this.owner = owner;
    this.kind = kind;
    this.parts = Collections.unmodifiableMap(parts);
  }

  /// @throws IllegalArgumentException when there is no part of this name
  @Override
  public T get(Object name) {
    T part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException(
          Lookup.missing(owner, kind, String.valueOf(name), parts.keySet()));
    }
    return part;
  }

  @Override
  public T getOrDefault(Object name, T otherwise) {
    return parts.getOrDefault(name, otherwise);
  }

  @Override
  public boolean containsKey(Object name) {
    return parts.containsKey(name);
  }

  @Override
  public Set<Entry<String, T>> entrySet() {
    return parts.entrySet();
  }
}
