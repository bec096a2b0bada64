package org.mlgenn.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.genn.engine.backend.Backends;
import org.genn.engine.runtime.RuntimeSettings;
import org.mlgenn.cli.Arguments;
import org.mlgenn.cli.Command;
import org.mlgenn.cli.CommandOption;
import org.mlgenn.cli.Console;
import org.mlgenn.cli.ExitCode;
import org.mlgenn.cli.SimulatedNetwork;
import org.mlgenn.cli.SimulationRecipe;
import org.mlgenn.cli.UsageException;

/// Simulates a network and shows what its populations do.
final class SimulateCommand implements Command {
  private static final CommandOption TIME =
      CommandOption.value("time", "MS", "time that is simulated and measured").standard(1000);
  private static final CommandOption WARM_UP =
      CommandOption.value("warm-up", "MS", "time before that, which is not measured").standard(100);
  private static final CommandOption SEED =
      CommandOption.value("seed", "N", "seed of all random numbers").standard(1234);
  private static final CommandOption OUTPUT =
      CommandOption.value("output", "DIR", "folder for the picture").standard("mlgenn-out");

  @Override
  public String name() {
    return "simulate";
  }

  @Override
  public String usage() {
    return "NETWORK [OPTIONS]";
  }

  @Override
  public String summary() {
    return "simulate a network, show its rates, draw its spikes";
  }

  @Override
  public List<CommandOption> options() {
    return List.of(
        TIME,
        WARM_UP,
        SEED,
        RecipeOptions.BACKEND,
        RecipeOptions.THREADS,
        OUTPUT,
        RecipeOptions.REPORT);
  }

  @Override
  public ExitCode run(List<String> words, Console console) throws IOException {
    if (HelpCommand.isAsked(words)) {
      return help(words, console);
    }
    SimulationRecipe recipe = recipe(words);
    var arguments =
        Arguments.parse(options(recipe), words.subList(1, words.size())).requireNoWords();
    double time =
        arguments.number(TIME.name(), value -> value > 0, "a positive number of milliseconds");
    double warmUp =
        arguments.number(
            WARM_UP.name(), value -> value >= 0, "a number of milliseconds, at least 0");
    long seed = arguments.seed(SEED.name());
    if (seed == 0) {
      throw new UsageException("option --seed: expected a whole number other than 0");
    }
    RuntimeSettings settings = RecipeOptions.runtime(arguments);
    SimulatedNetwork network = recipe.network(arguments, seed);
    Optional<Path> report = arguments.path(RecipeOptions.REPORT.name());
    if (report.isPresent()) {
      OutputFile.prepare(RecipeOptions.REPORT, report.get());
    }
    Path output = arguments.path(OUTPUT.name()).orElseThrow();
    OutputFile.prepareFolder(OUTPUT, output);
    double dt = network.model().dt();
    var duration = new SimulationRun.Duration(steps("time", time, dt), stepsOrNone(warmUp, dt), dt);
    SynapseMemory.requireRoom(recipe.name(), network, Backends.named(settings.backend()).name());
    var run = new SimulationRun(recipe.name(), network, duration, settings, console);
    return run.run(output, report);
  }

  private static long steps(String option, double milliseconds, double dt) {
    long steps = stepsOrNone(milliseconds, dt);
    if (steps == 0) {
      throw new UsageException(
          "option --%s: %s ms are less than a timestep of %s ms"
              .formatted(option, milliseconds, dt));
    }
    return steps;
  }

  private static long stepsOrNone(double milliseconds, double dt) {
    return Math.round(milliseconds / dt);
  }

  private SimulationRecipe recipe(List<String> words) {
    if (words.isEmpty() || words.getFirst().startsWith("-")) {
      throw new UsageException(
          "simulate what? Usage: mlgenn simulate %s; networks: %s".formatted(usage(), names()));
    }
    return SimulationRecipe.named(words.getFirst());
  }

  private static String names() {
    return String.join(", ", SimulationRecipe.all().stream().map(SimulationRecipe::name).toList());
  }

  private List<CommandOption> options(SimulationRecipe recipe) {
    var options = new LinkedHashMap<String, CommandOption>();
    options().forEach(option -> options.put(option.name(), option));
    recipe.options().forEach(option -> options.put(option.name(), option));
    return new ArrayList<>(options.values());
  }

  @Override
  public String remark() {
    return String.format(
        "Networks: %s%nEach has options of its own, such as its scale: see mlgenn help simulate"
            + " NETWORK",
        names());
  }

  ExitCode help(List<String> words, Console console) {
    List<String> names = words.stream().filter(word -> !word.startsWith("-")).toList();
    if (names.isEmpty()) {
      return HelpCommand.show(this, List.of(), console);
    }
    SimulationRecipe recipe = SimulationRecipe.named(names.getFirst());
    console
        .out()
        .printf(
            "mlgenn simulate %s [OPTIONS]%n%s%n%nOptions%n%s",
            recipe.name(), recipe.summary(), HelpCommand.optionTable(options(recipe), 2));
    return ExitCode.SUCCESS;
  }
}
