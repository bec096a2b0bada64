package org.mlgenn.compilers.eventprop;

/// In which order the passes of batches run.
public enum TrainingOrder {
  /// A batch runs forward, then backward, and is learnt from before the next one begins.
  EXACT,
  /// A batch runs forward beside the batch before it running backward: the same gradients, one
  /// batch later, so that they are of older weights.
  OVERLAPPED
}
