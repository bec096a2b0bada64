package org.mlgenn.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mlgenn.cli.Arguments;
import org.mlgenn.cli.Command;
import org.mlgenn.cli.CommandOption;
import org.mlgenn.cli.Console;
import org.mlgenn.cli.ExitCode;
import org.mlgenn.cli.Interruption;
import org.mlgenn.cli.Recipe;
import org.mlgenn.train.Ending;
import org.mlgenn.train.EvaluationReport;

/// Tests a trained network.
final class EvaluateCommand implements Command {
  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String usage() {
    return "RECIPE --checkpoint PATH [OPTIONS]";
  }

  @Override
  public String summary() {
    return "test a trained network";
  }

  @Override
  public List<CommandOption> options() {
    var options = new ArrayList<>(SavedNetwork.options());
    options.add(RecipeOptions.REPORT);
    return options;
  }

  @Override
  public ExitCode run(List<String> words, Console console) throws IOException {
    if (HelpCommand.isAsked(words)) {
      return HelpCommand.show(this, words, console);
    }
    Recipe recipe = RecipeOptions.recipe(this, words);
    var arguments =
        Arguments.parse(RecipeOptions.of(this, recipe), words.subList(1, words.size()))
            .requireNoWords();
    Optional<Path> reportFile = arguments.path(RecipeOptions.REPORT.name());
    if (reportFile.isPresent()) {
      OutputFile.prepare(RecipeOptions.REPORT, reportFile.get());
    }
    try (var network = SavedNetwork.open(this, recipe, arguments);
        var interruption = Interruption.handledBy(network.evaluator()::requestStop, console)) {
      EvaluationReport report = network.evaluator().evaluate(network.experiment().data().test());
      if (interruption.isRequested() || report.ending() == Ending.INTERRUPTED) {
        return ExitCode.INTERRUPTED;
      }
      console
          .out()
          .printf(
              Locale.ROOT,
              "test accuracy %.2f %% (%d examples, %.2f s, %s)%n",
              100 * report.accuracy(),
              report.examples(),
              report.seconds(),
              network.checkpoint());
      if (reportFile.isPresent()) {
        write(reportFile.get(), network, report);
      }
    }
    return ExitCode.SUCCESS;
  }

  private static void write(Path file, SavedNetwork network, EvaluationReport report)
      throws IOException {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("schemaVersion", 1);
    tree.put("recipe", network.recipe().name());
    tree.put("checkpoint", network.checkpoint().toString());
    tree.put("backend", report.provenance().backend());
    tree.put("threads", report.provenance().threads());
    tree.put("examples", report.examples());
    tree.put("testAccuracy", report.accuracy());
    tree.put("seconds", report.seconds());
    tree.put("peakMemoryBytes", PeakMemory.bytes());
    tree.put("dataSha256", network.experiment().dataSha256());
    JsonFile.write(file, tree);
  }
}
