package org.mlgenn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mlgenn.connectivity.Connectivity;
import org.mlgenn.neurons.Neuron;
import org.mlgenn.synapses.Synapse;

/// Makes a network of layers of which each is connected to the one before.
///
/// ```java
/// var net = new SequentialBuilder();
/// net.input("input", new SpikeInput(), 784);
/// net.layer("hidden", new Dense(0.1), new LeakyIntegrateFire(), new Exponential(5), 128);
/// Network network = net.build();
/// ```
public final class SequentialBuilder {
  private final NetworkBuilder network = new NetworkBuilder();
  private final List<Layer> layers = new ArrayList<>();

  /// Neurons and synapses that this network starts from; replaces earlier ones.
  public SequentialBuilder defaults(Defaults defaults) {
    network.defaults(defaults);
    return this;
  }

  /// The network's default of a class of neurons.
  public <N extends Neuron> N neuron(Class<N> type) {
    return network.neuron(type);
  }

  /// The network's default of a class of synapses.
  public <S extends Synapse> S synapse(Class<S> type) {
    return network.synapse(type);
  }

  /// Adds the first layer.
  public Layer input(String name, Neuron neuron, int... shape) {
    return addInput(network.population(name, neuron, shape));
  }

  /// Adds the first layer under the name `Pop0`.
  public Layer input(Neuron neuron, int... shape) {
    return addInput(network.population(neuron, shape));
  }

  private Layer addInput(Population population) {
    if (!layers.isEmpty()) {
      throw new IllegalArgumentException(
          "SequentialBuilder: an input comes first; '%s' would be layer %d"
              .formatted(population.name(), layers.size()));
    }
    return add(new Layer(population, Optional.empty()));
  }

  /// Adds a layer that the layer before is connected to.
  ///
  /// @param shape its sizes; none to have it inferred from the connectivity
  public Layer layer(
      String name, Connectivity connectivity, Neuron neuron, Synapse synapse, int... shape) {
    requireInput();
    return append(network.population(name, neuron, shape), connectivity, synapse);
  }

  /// Adds a layer named `Pop1`, `Pop2`, …
  public Layer layer(Connectivity connectivity, Neuron neuron, Synapse synapse, int... shape) {
    requireInput();
    return append(network.population(neuron, shape), connectivity, synapse);
  }

  /// Adds a layer named `Pop1`, `Pop2`, … with the network's default synapse.
  public Layer layer(Connectivity connectivity, Neuron neuron, int... shape) {
    return layer(connectivity, neuron, network.defaultSynapse(), shape);
  }

  private void requireInput() {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(
          "SequentialBuilder: the first layer must be an input; add one with input(…)");
    }
  }

  private Layer append(Population population, Connectivity connectivity, Synapse synapse) {
    Population before = layers.getLast().population();
    return add(
        new Layer(
            population, Optional.of(network.connect(before, population, connectivity, synapse))));
  }

  private Layer add(Layer layer) {
    layers.add(layer);
    return layer;
  }

  /// The layers so far.
  public List<Layer> layers() {
    return List.copyOf(layers);
  }

  /// Makes the spikes of the layer recordable.
  public SequentialBuilder recordSpikes(Layer layer) {
    network.recordSpikes(layer.population());
    return this;
  }

  /// The network, with all shapes inferred.
  ///
  /// @throws InvalidNetworkException listing everything that is wrong
  public Network build() {
    return network.build();
  }
}
