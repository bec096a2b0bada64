package org.genn.engine.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Immutable maps in the order of their entries.
final class OrderedMap {
  private OrderedMap() {}

  /// A copy; nothing is made for an empty map, as most maps of most descriptions are.
  static <K, V> Map<K, V> copyOf(Map<K, V> map) {
    return map.isEmpty()
        ? Collections.emptyMap()
        : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /// A copy with one entry more, or another value for it.
  static <K, V> Map<K, V> plus(Map<K, V> map, K key, V value) {
    var extended = new LinkedHashMap<>(map);
    extended.put(key, value);
    return extended;
  }
}
