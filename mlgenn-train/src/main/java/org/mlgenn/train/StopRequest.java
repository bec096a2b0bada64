package org.mlgenn.train;

/// Whether somebody asked to stop. Any thread may ask.
final class StopRequest {
  private volatile boolean isRequested;

  void request() {
    isRequested = true;
  }

  boolean isRequested() {
    return isRequested;
  }

  void clear() {
    isRequested = false;
  }
}
