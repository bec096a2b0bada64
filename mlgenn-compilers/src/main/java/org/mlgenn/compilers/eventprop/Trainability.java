package org.mlgenn.compilers.eventprop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mlgenn.Connection;
import org.mlgenn.Network;
import org.mlgenn.Population;
import org.mlgenn.losses.Loss;
import org.mlgenn.parts.AdjointContext;
import org.mlgenn.parts.LossTiming;
import org.mlgenn.parts.ReadoutKind;
import org.mlgenn.parts.SynapseAdjoint;
import org.mlgenn.readouts.Readout;

/// Why a network cannot be trained with EventProp.
final class Trainability {
  private Trainability() {}

  /// Everything that stands in the way; empty for a network that can be trained.
  static List<String> problems(EventPropCompiler compiler, Network network) {
    var problems = new ArrayList<String>();
    if (network.outputs().isEmpty()) {
      problems.add("no population has a readout; give the output's neuron one with readout(…)");
    }
    for (Population population : network.populations()) {
      for (String problem : problems(compiler, network, population)) {
        problems.add("population '%s': %s".formatted(population.name(), problem));
      }
    }
    for (Connection connection : network.connections()) {
      if (connection.synapse().adjoint(compiler.simulation().dt()).isEmpty()) {
        problems.add(
            "connection '%s': synapse %s is not supported; supported: Exponential with one tau for all neurons"
                .formatted(connection.name(), connection.synapse().name()));
      }
    }
    for (String name : compiler.losses().ofPopulations().keySet()) {
      if (network.outputs().stream().noneMatch(output -> output.name().equals(name))) {
        problems.add(
            "the loss given for '%s' has no output of that name; outputs: %s"
                .formatted(name, names(network.outputs())));
      }
    }
    for (String name : compiler.regularisations().ofPopulations().keySet()) {
      if (hidden(network).stream().noneMatch(population -> population.name().equals(name))) {
        problems.add(
            "the regularisation given for '%s' has no hidden population of that name; hidden populations: %s"
                .formatted(name, names(hidden(network))));
      }
    }
    return problems;
  }

  private static List<Population> hidden(Network network) {
    return network.populations().stream()
        .filter(population -> !population.isInput() && !population.isOutput())
        .toList();
  }

  private static List<String> names(List<Population> populations) {
    return populations.stream().map(Population::name).toList();
  }

  private static List<String> problems(
      EventPropCompiler compiler, Network network, Population population) {
    if (population.isInput()) {
      return population.neuron().spikesFromOutside()
          ? List.of()
          : List.of(
              "input neurons with dynamics, like %s, are not supported; use SpikeInput"
                  .formatted(population.neuron().name()));
    }
    var problems = new ArrayList<String>();
    synapseProblem(compiler, network, population).ifPresent(problems::add);
    population
        .neuron()
        .readout()
        .ifPresentOrElse(
            readout -> outputProblem(compiler, population, readout).ifPresent(problems::add),
            () -> {
              if (!population.neuron().spikes()) {
                problems.add(
                    "%s never spikes and is not read out, so nothing depends on it; give it a readout"
                        .formatted(population.neuron().name()));
              }
            });
    return problems;
  }

  private static Optional<String> synapseProblem(
      EventPropCompiler compiler, Network network, Population population) {
    double dt = compiler.simulation().dt();
    var incoming = network.incoming(population);
    if (incoming.isEmpty()) {
      return Optional.of("no connection ends here");
    }
    var adjoints =
        incoming.stream().flatMap(each -> each.synapse().adjoint(dt).stream()).distinct().toList();
    if (adjoints.size() > 1) {
      return Optional.of(
          "its incoming connections have different synapses (%s); EventProp needs the same for all of them"
              .formatted(
                  incoming.stream()
                      .map(each -> "%s: %s".formatted(each.name(), each.synapse()))
                      .collect(Collectors.joining(", "))));
    }
    return adjoints.isEmpty()
        ? Optional.empty()
        : neuronProblem(compiler, population, adjoints.getFirst());
  }

  private static Optional<String> neuronProblem(
      EventPropCompiler compiler, Population population, SynapseAdjoint synapse) {
    var context = new AdjointContext(compiler.simulation().dt(), synapse, false, Set.of());
    try {
      return population.neuron().adjoint(context).isPresent()
          ? Optional.empty()
          : Optional.of(
              "%s has no adjoint system; use LeakyIntegrateFire, or LeakyIntegrate for an output"
                  .formatted(population.neuron().name()));
    } catch (IllegalArgumentException wrong) {
      return Optional.of(String.valueOf(wrong.getMessage()));
    }
  }

  private static Optional<String> outputProblem(
      EventPropCompiler compiler, Population population, Readout readout) {
    Optional<Loss> loss = compiler.losses().of(population.name());
    if (loss.isEmpty()) {
      return Optional.of("no loss is given for it; use loss(…)");
    }
    LossTiming timing = compiler.losses().timing();
    ReadoutKind kind = readout.kind();
    Optional<String> refusal =
        loss.get()
            .refusal(kind, timing)
            .map(
                reason ->
                    "%s%s of %s: %s"
                        .formatted(
                            loss.get().name(),
                            timing == LossTiming.PER_TIMESTEP ? " per timestep" : "",
                            readout.name(),
                            reason));
    return refusal.isEmpty() && !kind.needsSpikes() && population.neuron().spikes()
        ? Optional.of(
            "%s of neurons that spike is not supported; use LeakyIntegrate, or FirstSpikeTime"
                .formatted(readout.name()))
        : refusal;
  }
}
