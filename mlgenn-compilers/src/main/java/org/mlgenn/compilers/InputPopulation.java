package org.mlgenn.compilers;

import java.util.List;
import org.mlgenn.Network;
import org.mlgenn.Shape;

/// A population that is given data.
///
/// @param population its name
/// @param group name of the neuron group that emits the spikes
public record InputPopulation(String population, String group, Shape shape) {
  /// The inputs of a network.
  public static List<InputPopulation> of(Network network) {
    return network.inputs().stream()
        .map(each -> new InputPopulation(each.name(), each.name(), each.shape()))
        .toList();
  }
}
