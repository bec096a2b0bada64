package org.mlgenn.cli.commands;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.genn.engine.backend.Backend;
import org.genn.engine.backend.Backends;
import org.genn.engine.runtime.RuntimeSettings;
import org.mlgenn.cli.Arguments;
import org.mlgenn.cli.Command;
import org.mlgenn.cli.CommandOption;
import org.mlgenn.cli.Recipe;
import org.mlgenn.cli.UsageException;

/// Options that commands with a recipe share.
final class RecipeOptions {
  static final CommandOption BATCH =
      CommandOption.value("batch", "N", "examples per batch").standard(32);
  static final CommandOption BACKEND =
      CommandOption.value("backend", "NAME", "back end that runs it, see mlgenn info")
          .standard("auto");
  static final CommandOption THREADS =
      CommandOption.value("threads", "N", "threads; 0 for one per core").standard(0);
  static final CommandOption CHECKPOINT =
      CommandOption.value("checkpoint", "PATH", "folder with checkpoints, or one of them");
  static final CommandOption REPORT =
      CommandOption.value("report", "FILE", "write what came of it as JSON");

  private RecipeOptions() {}

  /// The recipe that the first word names.
  static Recipe recipe(Command command, List<String> words) {
    if (words.isEmpty() || words.getFirst().startsWith("-")) {
      throw new UsageException(
          "%s what? Usage: mlgenn %s %s; recipes: %s"
              .formatted(
                  command.name(),
                  command.name(),
                  command.usage(),
                  String.join(", ", Recipe.all().stream().map(Recipe::name).toList())));
    }
    return Recipe.named(words.getFirst());
  }

  /// Those of the command and of the recipe; where both have one, that of the recipe.
  static List<CommandOption> of(Command command, Recipe recipe) {
    var options = new LinkedHashMap<String, CommandOption>();
    command.options().forEach(option -> options.put(option.name(), option));
    recipe.options().forEach(option -> options.put(option.name(), option));
    return new ArrayList<>(options.values());
  }

  static RuntimeSettings runtime(Arguments arguments) {
    return new RuntimeSettings().backend(backend(arguments)).threads(threads(arguments));
  }

  static int threads(Arguments arguments) {
    return arguments.integer(THREADS.name(), 0, RuntimeSettings.MOST_THREADS);
  }

  /// @throws UsageException when there is no such back end, with the nearest one
  static String backend(Arguments arguments) {
    var names = new ArrayList<>(Backends.all().stream().map(Backend::name).toList());
    names.addFirst("auto");
    return arguments.choice(BACKEND.name(), "back end", names);
  }
}
