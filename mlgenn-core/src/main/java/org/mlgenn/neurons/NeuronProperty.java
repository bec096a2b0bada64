package org.mlgenn.neurons;

import java.util.Optional;
import org.mlgenn.initializers.Value;

/// A property of a neuron that has a value for each neuron of the population.
///
/// @param name as the user writes it, e.g. `vThresh`
/// @param value as it is at the start
/// @param variable how the engine's code calls it, e.g. `Vthresh`; empty when code uses a number
///   that is computed from it
public record NeuronProperty(String name, Value value, Optional<String> variable) {
  public NeuronProperty(String name, Value value, String variable) {
    this(name, value, Optional.of(variable));
  }

  public NeuronProperty(String name, Value value) {
    this(name, value, Optional.empty());
  }
}
