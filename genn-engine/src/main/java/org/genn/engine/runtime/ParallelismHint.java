package org.genn.engine.runtime;

/// What GeNN's GPU kernels give a thread each. This engine accepts it and does the same whatever it
/// is.
public enum ParallelismHint {
  POSTSYNAPTIC,
  PRESYNAPTIC,
  WORD_PACKED_BITMASK
}
