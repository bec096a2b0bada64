package org.mlgenn.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.genn.engine.model.ModelSpec;

/// A network that is simulated step by step, and what is known about it beforehand.
///
/// @param title of pictures
/// @param model its populations record their spikes
/// @param populations in the order in which they are shown
/// @param synapses expected number per synapse group, which says how far its construction is
/// @param storedBytesPerSynapse 0 where connections are made anew at each spike
/// @param settings everything that decides the result, for the report
/// @param remarks sentences on what to make of the result
public record SimulatedNetwork(
    String title,
    ModelSpec model,
    List<Population> populations,
    Map<String, Long> synapses,
    int storedBytesPerSynapse,
    Map<String, Object> settings,
    List<String> remarks) {

  /// A neuron group.
  ///
  /// @param label as the literature calls it
  /// @param publishedRate mean rate (Hz) to compare with
  /// @param nestRate mean rate (Hz) in a simulation with NEST
  public record Population(
      String group, String label, OptionalDouble publishedRate, OptionalDouble nestRate) {}

  public SimulatedNetwork {
    populations = List.copyOf(populations);
    synapses = Collections.unmodifiableMap(new LinkedHashMap<>(synapses));
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    remarks = List.copyOf(remarks);
  }

  public long synapseCount() {
    return synapses.values().stream().mapToLong(Long::longValue).sum();
  }

  public int neuronCount() {
    return populations.stream().mapToInt(this::size).sum();
  }

  public int size(Population population) {
    return model.neuronGroup(population.group()).size();
  }
}
