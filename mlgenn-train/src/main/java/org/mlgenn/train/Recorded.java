package org.mlgenn.train;

import java.util.Map;

/// Looks recorded data up.
final class Recorded {
  private Recorded() {}

  static <T> T get(Map<String, Object> recorded, String key, Class<T> type) {
    Object data = recorded.get(key);
    if (!type.isInstance(data)) {
      throw new IllegalArgumentException(
          "nothing of class %s was recorded as '%s'; recorded: %s"
              .formatted(type.getSimpleName(), key, recorded.keySet()));
    }
    return type.cast(data);
  }
}
