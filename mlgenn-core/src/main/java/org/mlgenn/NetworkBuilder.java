package org.mlgenn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mlgenn.connectivity.Connectivity;
import org.mlgenn.connectivity.Connectivity.Ends;
import org.mlgenn.neurons.Neuron;
import org.mlgenn.synapses.Delta;
import org.mlgenn.synapses.Synapse;

/// Collects populations and connections and makes a `Network` of them.
///
/// ```java
/// var net = new NetworkBuilder();
/// var input = net.population("input", new SpikeInput(), 784);
/// var hidden = net.population("hidden", new LeakyIntegrateFire(), 128);
/// net.connect(input, hidden, new Dense(new Normal(0.078, 0.045)), new Exponential(5));
/// Network network = net.build();
/// ```
public final class NetworkBuilder {
  private final Map<String, Population> populations = new LinkedHashMap<>();
  private final List<Connection> connections = new ArrayList<>();
  private Defaults defaults = Defaults.NONE;
  private int unnamed;

  /// Neurons and synapses that this network starts from; replaces earlier ones.
  public NetworkBuilder defaults(Defaults defaults) {
    this.defaults = defaults;
    return this;
  }

  /// The network's default of a class of neurons.
  ///
  /// @throws IllegalArgumentException when there is none
  public <N extends Neuron> N neuron(Class<N> type) {
    return preset(type, defaults.neurons().get(type), "neuron");
  }

  /// The network's default of a class of synapses.
  ///
  /// @throws IllegalArgumentException when there is none
  public <S extends Synapse> S synapse(Class<S> type) {
    return preset(type, defaults.synapses().get(type), "synapse");
  }

  private static <T> T preset(Class<T> type, @Nullable Object preset, String kind) {
    if (preset == null) {
      throw new IllegalArgumentException(
          "NetworkBuilder: no default for %s; add it with defaults(Defaults.NONE.%s(…))"
              .formatted(type.getSimpleName(), kind));
    }
    return type.cast(preset);
  }

  /// Adds a population.
  ///
  /// @param shape its sizes, slowest dimension first; none to have it inferred from its connections
  /// @throws IllegalArgumentException when the name is taken or not valid
  public Population population(String name, Neuron neuron, int... shape) {
    var population = new Population(name, neuron, Shape.of(shape));
    if (populations.putIfAbsent(name, population) != null) {
      throw new IllegalArgumentException(
          "NetworkBuilder: there is already a population '%s'".formatted(name));
    }
    return population;
  }

  /// Adds a population named `Pop0`, `Pop1`, … in the order of those without a name.
  public Population population(Neuron neuron, int... shape) {
    return population("Pop" + unnamed++, neuron, shape);
  }

  /// Makes the spikes of the population recordable.
  public NetworkBuilder recordSpikes(Population population) {
    populations.put(population.name(), own(population).recordsSpikes(true));
    return this;
  }

  /// Makes the spike-like events of the population recordable.
  public NetworkBuilder recordSpikeEvents(Population population) {
    populations.put(population.name(), own(population).recordsSpikeEvents(true));
    return this;
  }

  /// Connects two populations; the connection is named `Conn_<source>_<target>`.
  public Connection connect(
      Population source, Population target, Connectivity connectivity, Synapse synapse) {
    return connect(
        "Conn_%s_%s".formatted(source.name(), target.name()),
        source,
        target,
        connectivity,
        synapse);
  }

  /// Connects two populations with the network's default synapse: that of its `Defaults` if they
  /// have exactly one, otherwise `Delta`.
  public Connection connect(Population source, Population target, Connectivity connectivity) {
    return connect(source, target, connectivity, defaultSynapse());
  }

  /// Connects two populations by a connection of that name.
  ///
  /// @throws IllegalArgumentException when a population is not of this builder, or the name is
  ///   taken or not valid
  public Connection connect(
      String name,
      Population source,
      Population target,
      Connectivity connectivity,
      Synapse synapse) {
    var connection =
        new Connection(name, own(source).name(), own(target).name(), connectivity, synapse);
    for (Connection other : connections) {
      if (other.name().equals(name)) {
        throw new IllegalArgumentException(
            "NetworkBuilder: there is already a connection '%s'; give this one a name of its own"
                .formatted(name));
      }
    }
    connections.add(connection);
    return connection;
  }

  Synapse defaultSynapse() {
    return defaults.onlySynapse().orElseGet(Delta::new);
  }

  private Population own(Population population) {
    Population known = populations.get(population.name());
    if (known == null || known.neuron() != population.neuron()) {
      throw new IllegalArgumentException(
          "NetworkBuilder: population '%s' is not of this network; it has %s"
              .formatted(population.name(), populations.keySet()));
    }
    return known;
  }

  /// The network, with all shapes inferred. The builder can go on afterwards.
  ///
  /// @throws InvalidNetworkException listing everything that is wrong
  public Network build() {
    var shapes = new LinkedHashMap<String, Shape>();
    populations.forEach((name, population) -> shapes.put(name, population.shape()));
    // What one connection tells may be what the next one needs; each round infers a shape or ends.
    for (int round = 0; round < populations.size(); round++) {
      connections.forEach(connection -> infer(connection, shapes));
    }
    return new Network(
        populations.values().stream()
            .map(population -> population.shape(shapes.get(population.name())))
            .toList(),
        connections);
  }

  private static void infer(Connection connection, Map<String, Shape> shapes) {
    var ends = new Ends(shapes.get(connection.source()), shapes.get(connection.target()));
    try {
      Ends inferred = connection.connectivity().infer(ends);
      shapes.put(connection.source(), inferred.source());
      shapes.put(connection.target(), inferred.target());
    } catch (IllegalArgumentException _) {
      // The network reports it, with everything else that is wrong.
    }
  }
}
