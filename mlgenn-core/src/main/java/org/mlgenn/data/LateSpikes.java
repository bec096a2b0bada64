package org.mlgenn.data;

/// What becomes of input spikes that would be emitted after the last step of an example.
public enum LateSpikes {
  /// The spike train is refused with an error that names the spike.
  REFUSE,
  /// The spikes are left out, as a simulation that ends before them would do.
  DROP
}
