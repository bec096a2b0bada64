package org.mlgenn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mlgenn.connectivity.Connectivity.Ends;
import org.mlgenn.initializers.Values;
import org.mlgenn.neurons.NeuronProperty;
import org.mlgenn.readouts.ReadoutContext;

/// Finds everything that is wrong with a network.
final class NetworkCheck {
  private final List<Population> populations;
  private final List<Connection> connections;
  private final Map<String, Population> byName = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private NetworkCheck(List<Population> populations, List<Connection> connections) {
    this.populations = populations;
    this.connections = connections;
  }

  static List<String> problems(List<Population> populations, List<Connection> connections) {
    var check = new NetworkCheck(populations, connections);
    check.names();
    check.connections.forEach(check::connection);
    check.populations.forEach(check::population);
    return check.problems;
  }

  private void names() {
    if (populations.isEmpty()) {
      problems.add("it has no populations; add them with NetworkBuilder.population");
    }
    var taken = new HashSet<String>();
    for (Population population : populations) {
      byName.putIfAbsent(population.name(), population);
      if (!taken.add(population.name())) {
        problems.add("population '%s': the name is used twice".formatted(population.name()));
      }
    }
    for (Connection connection : connections) {
      if (!taken.add(connection.name())) {
        problems.add(
            "connection '%s': the name is used twice; give one of them another name"
                .formatted(connection.name()));
      }
    }
  }

  private void connection(Connection connection) {
    Population source = end(connection, connection.source());
    Population target = end(connection, connection.target());
    if (source == null || target == null) {
      return;
    }
    if (target.isInput()) {
      add(connection, "'%s' is an input and cannot receive spikes".formatted(target.name()));
    }
    if (!source.neuron().spikes()) {
      add(
          connection,
          "'%s' has no spikes to send: %s never spikes"
              .formatted(source.name(), source.neuron().name()));
    }
    try {
      connection.connectivity().infer(new Ends(source.shape(), target.shape()));
    } catch (IllegalArgumentException misfit) {
      add(connection, misfit.getMessage());
    }
    if (target.shape().isKnown()) {
      connection.synapse().problems(target.size()).forEach(problem -> add(connection, problem));
    }
  }

  private @Nullable Population end(Connection connection, String name) {
    Population population = byName.get(name);
    if (population == null) {
      add(
          connection,
          "there is no population '%s'; there are %s"
              .formatted(name, populations.stream().map(Population::name).toList()));
    }
    return population;
  }

  private void population(Population population) {
    if (!population.shape().isKnown()) {
      add(
          population,
          "its shape is not known; give it one, or connect it with an array of weights");
    } else {
      population.neuron().properties().forEach(property -> property(population, property));
    }
    population
        .neuron()
        .readout()
        .flatMap(readout -> readout.problem(readoutContext(population)))
        .ifPresent(problem -> add(population, problem));
  }

  private void property(Population population, NeuronProperty property) {
    if (property.value() instanceof Values values && values.length() != population.size()) {
      add(
          population,
          "%s: %s has %d values, the population has %d neurons"
              .formatted(
                  population.neuron().name(), property.name(), values.length(), population.size()));
    }
  }

  private static ReadoutContext readoutContext(Population population) {
    return new ReadoutContext(
        population.name(),
        population.neuron().name(),
        population.neuron().outputVariable(),
        population.neuron().spikes());
  }

  private void add(Population population, String problem) {
    problems.add("population '%s': %s".formatted(population.name(), problem));
  }

  private void add(Connection connection, String problem) {
    problems.add("connection '%s': %s".formatted(connection.name(), problem));
  }
}
