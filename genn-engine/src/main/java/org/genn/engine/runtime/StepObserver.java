package org.genn.engine.runtime;

/// Watches a trial step by step. Variables may be read, and set, in both methods.
public interface StepObserver {

  /// Before a step.
  ///
  /// @param phases phases of the run, such as `FORWARD`
  /// @param step of the run, from its first to its last; a backward run replays the trial's steps
  ///   from last to first
  default void begin(String phases, int step) {}

  /// After a step.
  default void end(String phases, int step) {}
}
