package org.mlgenn.cli.commands;

import java.util.List;
import org.mlgenn.benchmarks.Benchmark;
import org.mlgenn.cli.Arguments;
import org.mlgenn.cli.Command;
import org.mlgenn.cli.CommandOption;
import org.mlgenn.cli.Console;
import org.mlgenn.cli.ExitCode;
import org.mlgenn.cli.Recipe;
import org.mlgenn.cli.SimulationRecipe;
import org.mlgenn.cli.Table;

/// Shows what there is to train, to simulate and to measure.
final class ListCommand implements Command {
  @Override
  public String name() {
    return "list";
  }

  @Override
  public String usage() {
    return "";
  }

  @Override
  public String summary() {
    return "show recipes and networks with their options, and benchmarks";
  }

  @Override
  public List<CommandOption> options() {
    return List.of();
  }

  @Override
  public ExitCode run(List<String> words, Console console) {
    if (HelpCommand.isAsked(words)) {
      return HelpCommand.show(this, words, console);
    }
    Arguments.parse(options(), words).requireNoWords();
    console.out().println("recipes (mlgenn train, evaluate, predict)");
    for (Recipe recipe : Recipe.all()) {
      console.out().print(new Table().row(recipe.name(), recipe.summary()).text(2));
      console.out().print(HelpCommand.optionTable(recipe.options(), 4));
    }
    console.out().println("\nnetworks (mlgenn simulate)");
    for (SimulationRecipe recipe : SimulationRecipe.all()) {
      console.out().print(new Table().row(recipe.name(), recipe.summary()).text(2));
      console.out().print(HelpCommand.optionTable(recipe.options(), 4));
    }
    console.out().println("\nbenchmarks (mlgenn bench)");
    var benchmarks = new Table();
    Benchmark.all().forEach(benchmark -> benchmarks.row(benchmark.name(), benchmark.summary()));
    console.out().print(benchmarks.text(2));
    console.out().println("\nmlgenn help train latency-mnist shows all options of a command.");
    return ExitCode.SUCCESS;
  }
}
