package org.mlgenn.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.mlgenn.train.checkpoints.TrainingState;

/// Something that can be trained from the command line: a network, its data, a way of training.
/// Found through `ServiceLoader`.
public interface Recipe {
  String name();

  /// In one line.
  String summary();

  /// Options besides those that all recipes have, which are `--batch`, `--seed`, `--epochs` and
  /// whatever says how it runs; one of these names here gives it another standard.
  List<CommandOption> options();

  /// Starts loading the data in the background.
  ///
  /// @param saved the checkpoint that is to be used, if any: options that decide the shape of the
  ///   network can be taken from it
  /// @throws UsageException when an option is wrong
  Experiment prepare(Arguments arguments, Optional<TrainingState> saved) throws IOException;

  /// All that there are, by name.
  static List<Recipe> all() {
    return ServiceLoader.load(Recipe.class, Recipe.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(java.util.Comparator.comparing(Recipe::name))
        .toList();
  }

  /// @throws UsageException when there is none of this name, with the nearest one
  static Recipe named(String name) {
    List<Recipe> all = all();
    return all.stream()
        .filter(recipe -> recipe.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> Nearest.unknown("recipe", name, all.stream().map(Recipe::name).toList()));
  }
}
