package org.mlgenn.train.callbacks;

import org.mlgenn.train.Progress;

/// Recorded data under keys.
final class Recordings {
  private Recordings() {}

  /// @throws IllegalArgumentException when another callback has the key
  static void start(Progress progress, String key, Object recording) {
    if (progress.recorded(key).isPresent()) {
      throw new IllegalArgumentException(
          "there is already a callback that records '%s'; give this one a key of its own"
              .formatted(key));
    }
    progress.record(key, recording);
  }

  static <T> T of(Progress progress, String key, Class<T> type) {
    return type.cast(progress.recorded(key).orElseThrow());
  }
}
