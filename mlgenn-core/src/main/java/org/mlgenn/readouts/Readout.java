package org.mlgenn.readouts;

import java.util.Optional;
import org.mlgenn.parts.Contribution;

/// What is read of an output population at the end of an example.
public interface Readout {
  /// State and code that accumulate the readout during an example.
  ///
  /// @throws IllegalArgumentException when the neuron lacks what the readout needs; see `problem`
  Contribution contribution(ReadoutContext context);

  /// Variable of the neuron group that holds the readout at the end, one value per example and
  /// neuron.
  String variable(ReadoutContext context);

  /// Why the readout cannot read this population, with the way out; empty when it can.
  Optional<String> problem(ReadoutContext context);
}
