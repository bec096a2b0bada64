package org.mlgenn.neurons;

/// What a spike does to the voltage.
public enum Reset {
  /// `V ← V - (vThresh - vReset)`: what exceeds the threshold is kept.
  SUBTRACT,
  /// `V ← vReset`.
  TO_RESET
}
