package org.mlgenn.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mlgenn.cli.Arguments;
import org.mlgenn.cli.Command;
import org.mlgenn.cli.CommandOption;
import org.mlgenn.cli.Experiment;
import org.mlgenn.cli.Recipe;
import org.mlgenn.cli.UsageException;
import org.mlgenn.train.Evaluator;
import org.mlgenn.train.checkpoints.Checkpoints;

/// A trained network of a recipe, opened to answer.
///
/// @param evaluator with the weights of the checkpoint
record SavedNetwork(Recipe recipe, Path checkpoint, Experiment experiment, Evaluator evaluator)
    implements AutoCloseable {
  static List<CommandOption> options() {
    return List.of(
        RecipeOptions.CHECKPOINT,
        RecipeOptions.BATCH,
        RecipeOptions.BACKEND,
        RecipeOptions.THREADS);
  }

  static SavedNetwork open(Command command, Recipe recipe, Arguments arguments) throws IOException {
    Path path =
        arguments
            .path(RecipeOptions.CHECKPOINT.name())
            .orElseThrow(
                () ->
                    new UsageException(
                        command.name() + " needs --checkpoint PATH: a folder, or a file in it"));
    Path file = Checkpoints.resolve(path);
    Experiment experiment = recipe.prepare(arguments, Optional.of(Checkpoints.read(file)));
    Evaluator evaluator = Evaluator.open(experiment.inference(), RecipeOptions.runtime(arguments));
    try {
      evaluator.load(file);
      return new SavedNetwork(recipe, file, experiment, evaluator);
    } catch (Throwable failure) {
      evaluator.close();
      throw failure;
    }
  }

  @Override
  public void close() {
    evaluator.close();
  }
}
