package org.genn.engine.backend;

/// A built program. Immutable and shared by the instances opened from it.
public interface Executable extends AutoCloseable {

  /// New memory, all zero, ragged rows empty.
  Instance open();

  /// Seconds that building took, or loading when it came from the cache.
  double buildSeconds();

  boolean isFromCache();

  /// Name of what was built in the cache; empty where there is none.
  default String cacheKey() {
    return "";
  }

  @Override
  void close();
}
