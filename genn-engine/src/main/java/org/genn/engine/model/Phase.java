package org.genn.engine.model;

/// The part of a trial that a piece of code belongs to. A plain GeNN model has `FORWARD` code only.
public enum Phase {
  /// Steps run from first to last; spikes are emitted and put on tape.
  FORWARD,

  /// Steps run from last to first; spikes come from the tape. `t` is the time of the step that is
  /// replayed.
  BACKWARD
}
