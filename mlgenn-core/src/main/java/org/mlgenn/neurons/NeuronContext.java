package org.mlgenn.neurons;

import java.util.Set;
import org.mlgenn.parts.Quirk;

/// What a neuron knows of the model that it becomes part of.
///
/// @param population name of the population, for messages
/// @param size number of neurons
/// @param dt duration of a timestep, in ms
/// @param quirks of ml_genn that are asked for
public record NeuronContext(String population, int size, double dt, Set<Quirk> quirks) {
  public NeuronContext {
    quirks = Set.copyOf(quirks);
  }

  public NeuronContext(String population, int size, double dt) {
    this(population, size, dt, Set.of());
  }

  public boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }
}
