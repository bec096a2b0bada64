package org.mlgenn.tests.genn;

/// A case needs what the engine does not have yet.
final class NotCovered extends RuntimeException {
  NotCovered(String what) {
    super(what);
  }
}
