package org.mlgenn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mlgenn.connectivity.Connectivity.Ends;
import org.mlgenn.data.Sha256;

/// A complete spiking network: every shape is known and everything fits. Immutable.
///
/// Build one with `NetworkBuilder`; give it to a compiler.
///
/// @param populations in the order in which they were added
/// @param connections in the order in which they were added
public record Network(List<Population> populations, List<Connection> connections) {
  /// @throws InvalidNetworkException listing everything that is wrong
  public Network {
    populations = List.copyOf(populations);
    connections = List.copyOf(connections);
    var problems = NetworkCheck.problems(populations, connections);
    if (!problems.isEmpty()) {
      throw new InvalidNetworkException(problems);
    }
  }

  public Population population(String name) {
    return find(populations, Population::name, "population", name);
  }

  /// The population that a builder's handle stands for.
  public Population population(Population handle) {
    return population(handle.name());
  }

  public Connection connection(String name) {
    return find(connections, Connection::name, "connection", name);
  }

  private static <T> T find(List<T> list, Function<T, String> nameOf, String kind, String name) {
    return list.stream()
        .filter(each -> nameOf.apply(each).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the network has no %s '%s'; it has %s"
                        .formatted(kind, name, list.stream().map(nameOf).toList())));
  }

  /// Populations that the user gives data to.
  public List<Population> inputs() {
    return populations.stream().filter(Population::isInput).toList();
  }

  /// Populations with a readout.
  public List<Population> outputs() {
    return populations.stream().filter(Population::isOutput).toList();
  }

  /// Connections that end at the population.
  public List<Connection> incoming(Population population) {
    return connections.stream().filter(each -> each.target().equals(population.name())).toList();
  }

  /// Connections that start at the population.
  public List<Connection> outgoing(Population population) {
    return connections.stream().filter(each -> each.source().equals(population.name())).toList();
  }

  /// Shapes of the populations that the connection joins.
  public Ends ends(Connection connection) {
    return new Ends(
        population(connection.source()).shape(), population(connection.target()).shape());
  }

  /// The same network in which spikes of these populations, too, can be recorded.
  public Network recordSpikes(Population... recorded) {
    Set<String> names = Stream.of(recorded).map(Population::name).collect(Collectors.toSet());
    names.forEach(this::population);
    return new Network(
        populations.stream()
            .map(each -> names.contains(each.name()) ? each.recordsSpikes(true) : each)
            .toList(),
        connections);
  }

  /// The same network with another population in place of the one of that name.
  public Network replace(Population population) {
    var replaced = new ArrayList<>(populations);
    Collections.replaceAll(replaced, population(population.name()), population);
    return new Network(replaced, connections);
  }

  /// The same network with another connection in place of the one of that name.
  public Network replace(Connection connection) {
    var replaced = new ArrayList<>(connections);
    Collections.replaceAll(replaced, connection(connection.name()), connection);
    return new Network(populations, replaced);
  }

  /// Hash of everything but the initial weights and what is recorded: the same for the same network
  /// in any process, so that a checkpoint knows whose it is.
  public String identity() {
    var hash = new Sha256();
    hash.add("network 1");
    for (Population population : populations) {
      hash.add(population.name());
      hash.add(population.neuron().toString());
      hash.add(population.shape().toString());
    }
    for (Connection connection : connections) {
      hash.add(connection.name());
      hash.add(connection.source());
      hash.add(connection.target());
      hash.add(connection.connectivity().structure());
      hash.add(connection.synapse().toString());
    }
    return hash.hex();
  }

  /// One line per population and connection.
  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    lines.add(
        "network of %d populations and %d connections"
            .formatted(populations.size(), connections.size()));
    for (Population population : populations) {
      lines.add(
          "  %s %s: %s".formatted(population.name(), population.shape(), population.neuron()));
    }
    for (Connection connection : connections) {
      lines.add(
          "  %s, %s → %s: %s, %s"
              .formatted(
                  connection.name(),
                  connection.source(),
                  connection.target(),
                  connection.connectivity(),
                  connection.synapse()));
    }
    return String.join("\n", lines);
  }
}
