package org.genn.engine.runtime;

import org.genn.engine.backend.Executable;
import org.genn.engine.backend.Instance;
import org.genn.engine.kernel.LoweredModel;

/// A lowered model with what was built and opened for it.
///
/// @param backend name of the back end that did
record Opened(LoweredModel lowered, String backend, Executable executable, Instance instance) {

  /// Closes both, the second also when the first fails.
  void close() {
    try (executable) {
      instance.close();
    }
  }
}
