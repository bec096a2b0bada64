package org.mlgenn.train;

/// Why a training ended.
public enum Ending {
  /// All epochs are done.
  COMPLETED,
  /// A callback asked for it, such as early stopping.
  STOPPED,
  /// `Trainer.requestStop` was called, for instance because the user pressed Ctrl-C.
  INTERRUPTED
}
