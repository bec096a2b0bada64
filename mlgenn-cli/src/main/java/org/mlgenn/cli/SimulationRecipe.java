package org.mlgenn.cli;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/// A network that can be simulated from the command line. Found through `ServiceLoader`.
public interface SimulationRecipe {
  String name();

  /// In one line.
  String summary();

  /// Options besides those that all simulations have: how long, from which seed, how it runs and
  /// what is written.
  List<CommandOption> options();

  /// Describes the network.
  ///
  /// @param seed of all random numbers
  /// @throws UsageException when an option is wrong
  SimulatedNetwork network(Arguments arguments, long seed);

  /// All that there are, by name.
  static List<SimulationRecipe> all() {
    return ServiceLoader.load(SimulationRecipe.class, SimulationRecipe.class.getClassLoader())
        .stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(SimulationRecipe::name))
        .toList();
  }

  /// @throws UsageException when there is none of this name, with the nearest one
  static SimulationRecipe named(String name) {
    List<SimulationRecipe> all = all();
    return all.stream()
        .filter(recipe -> recipe.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Nearest.unknown(
                    "simulation", name, all.stream().map(SimulationRecipe::name).toList()));
  }
}
