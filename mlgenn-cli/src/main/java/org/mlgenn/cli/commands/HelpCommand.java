package org.mlgenn.cli.commands;

import java.util.List;
import org.mlgenn.cli.Arguments;
import org.mlgenn.cli.Command;
import org.mlgenn.cli.CommandOption;
import org.mlgenn.cli.Console;
import org.mlgenn.cli.ExitCode;
import org.mlgenn.cli.Recipe;
import org.mlgenn.cli.Table;

/// Shows what commands do and which options they have.
final class HelpCommand implements Command {
  private static final String HELP = "--" + Arguments.HELP.name();

  @Override
  public String name() {
    return "help";
  }

  @Override
  public String usage() {
    return "[COMMAND [RECIPE]]";
  }

  @Override
  public String summary() {
    return "show commands, or the options of one";
  }

  @Override
  public List<CommandOption> options() {
    return List.of();
  }

  @Override
  public ExitCode run(List<String> words, Console console) {
    List<String> topics = words.stream().filter(word -> !word.equals(HELP)).toList();
    if (!topics.isEmpty() && topics.getFirst().equals(new SimulateCommand().name())) {
      return new SimulateCommand().help(topics.subList(1, topics.size()), console);
    }
    if (!topics.isEmpty()) {
      return show(Commands.named(topics.getFirst()), topics.subList(1, topics.size()), console);
    }
    var commands = new Table();
    for (Command command : Commands.all()) {
      commands.row("mlgenn %s %s".formatted(command.name(), command.usage()), command.summary());
    }
    console
        .out()
        .print(
            """
            Trains and simulates spiking neural networks.

            %s
            Start with: mlgenn train latency-mnist
            Options of a command: mlgenn help train latency-mnist
            Errors with their stack traces: --debug
            Exit codes: 0 success, 1 failure, 2 wrong usage, 130 after Ctrl-C
            """
                .formatted(commands.text(2)));
    return ExitCode.SUCCESS;
  }

  /// Whether `--help` is among the words.
  static boolean isAsked(List<String> words) {
    return words.contains(HELP) || words.contains("-h");
  }

  /// Shows a command, with the options of a recipe if one is among the words.
  static ExitCode show(Command command, List<String> words, Console console) {
    console
        .out()
        .printf("mlgenn %s %s%n%s%n", command.name(), command.usage(), capital(command.summary()));
    boolean takesRecipe = command.usage().startsWith("RECIPE");
    List<CommandOption> options = command.options();
    if (takesRecipe && !words.isEmpty() && !words.getFirst().startsWith("-")) {
      Recipe recipe = Recipe.named(words.getFirst());
      console.out().printf("%n%s: %s%n", recipe.name(), recipe.summary());
      options = RecipeOptions.of(command, recipe);
    } else if (takesRecipe) {
      console
          .out()
          .printf(
              "%nRecipes: %s; each has options of its own, see mlgenn help %s RECIPE%n",
              String.join(", ", Recipe.all().stream().map(Recipe::name).toList()), command.name());
    }
    if (!options.isEmpty()) {
      console.out().printf("%nOptions%n%s", optionTable(options, 2));
    }
    if (!command.remark().isEmpty()) {
      console.out().printf("%n%s%n", command.remark());
    }
    return ExitCode.SUCCESS;
  }

  static String optionTable(List<CommandOption> options, int indent) {
    var table = new Table();
    for (CommandOption option : options) {
      String standard = option.standard().isEmpty() ? "" : " [%s]".formatted(option.standard());
      table.row(option.usage(), option.description() + standard);
    }
    return table.text(indent);
  }

  private static String capital(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
