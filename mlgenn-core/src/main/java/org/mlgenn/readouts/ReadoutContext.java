package org.mlgenn.readouts;

import java.util.Optional;
import java.util.Set;
import org.mlgenn.parts.Quirk;

/// What a readout knows of the population that it reads.
///
/// Code of a readout may use `t` and `dt` (ms) and the parameters `ExampleTime` (ms) and
/// `ExampleTimesteps`.
///
/// @param population its name, for messages
/// @param neuron kind of its neurons, for messages
/// @param outputVariable engine variable that is the output of its neurons, if they have one
/// @param spikes whether its neurons spike
/// @param quirks of ml_genn that are asked for
public record ReadoutContext(
    String population,
    String neuron,
    Optional<String> outputVariable,
    boolean spikes,
    Set<Quirk> quirks) {
  public ReadoutContext {
    quirks = Set.copyOf(quirks);
  }

  public ReadoutContext(
      String population, String neuron, Optional<String> outputVariable, boolean spikes) {
    this(population, neuron, outputVariable, spikes, Set.of());
  }

  public ReadoutContext quirks(Set<Quirk> quirks) {
    return new ReadoutContext(population, neuron, outputVariable, spikes, quirks);
  }

  public boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }

  /// The output variable.
  ///
  /// @throws IllegalArgumentException when the neuron has none
  public String output() {
    return outputVariable.orElseThrow(
        () ->
            new IllegalArgumentException(
                "population '%s': %s has no output variable".formatted(population, neuron)));
  }
}
