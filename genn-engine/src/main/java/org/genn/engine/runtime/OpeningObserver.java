package org.genn.engine.runtime;

/// Follows the opening of a simulation, which takes long where there are many synapses. Called by
/// the thread that opens; what it throws ends the opening, and nothing stays open.
@FunctionalInterface
public interface OpeningObserver {
  OpeningObserver NONE = (_, _) -> {};

  /// What happens next.
  enum Stage {
    /// The model is checked and turned into kernels.
    LOWER,
    /// Kernels are compiled, or taken from the cache.
    COMPILE,
    /// The synapses of a group are made.
    CONNECT,
    /// Initial values of variables are computed.
    INITIALISE
  }

  /// @param group synapse group whose connections come next; empty at other stages
  void begins(Stage stage, String group);
}
