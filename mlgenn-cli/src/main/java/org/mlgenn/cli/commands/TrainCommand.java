package org.mlgenn.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.genn.engine.runtime.RuntimeSettings;
import org.mlgenn.cli.Arguments;
import org.mlgenn.cli.Command;
import org.mlgenn.cli.CommandOption;
import org.mlgenn.cli.Console;
import org.mlgenn.cli.ExitCode;
import org.mlgenn.cli.Experiment;
import org.mlgenn.cli.Interruption;
import org.mlgenn.cli.Recipe;
import org.mlgenn.cli.UsageException;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.train.EvaluationReport;
import org.mlgenn.train.Trainer;
import org.mlgenn.train.TrainingCallback;
import org.mlgenn.train.TrainingOptions;
import org.mlgenn.train.TrainingReport;
import org.mlgenn.train.callbacks.Checkpoint;

/// Trains a recipe, tests it, and writes pictures and a report.
final class TrainCommand implements Command {
  private static final CommandOption RESUME =
      CommandOption.flag("resume", "go on from the last checkpoint");
  private static final CommandOption SLICES =
      CommandOption.value(
              "slices", "N", "parts of the batch that are summed apart; decides the last bits")
          .standard("8, or the batch if smaller");
  private static final Path PICTURES = Path.of("mlgenn-out");

  @Override
  public String name() {
    return "train";
  }

  @Override
  public String usage() {
    return "RECIPE [OPTIONS]";
  }

  @Override
  public String summary() {
    return "train a network, test it, draw its learning curve";
  }

  @Override
  public List<CommandOption> options() {
    return List.of(
        CommandOption.value("epochs", "N", "times that all examples are shown").standard(10),
        RecipeOptions.BATCH,
        CommandOption.value("seed", "N", "seed of all random numbers; 0 draws one").standard(1234),
        RecipeOptions.BACKEND,
        RecipeOptions.THREADS,
        SLICES,
        CommandOption.value("checkpoint", "DIR", "save a checkpoint after every epoch"),
        RESUME,
        RecipeOptions.REPORT);
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
    Optional<Path> checkpoint = arguments.path(RecipeOptions.CHECKPOINT.name());
    if (arguments.isGiven(RESUME.name()) && checkpoint.isEmpty()) {
      throw new UsageException("--resume needs --checkpoint DIR: the folder to go on from");
    }
    RuntimeSettings settings = RecipeOptions.runtime(arguments);
    if (arguments.isGiven(SLICES.name())) {
      settings = settings.slices(arguments.integer(SLICES.name(), 1));
    }
    int epochs = arguments.integer("epochs", 0);
    Optional<Path> report = arguments.path(RecipeOptions.REPORT.name());
    if (report.isPresent()) {
      OutputFile.prepare(RecipeOptions.REPORT, report.get());
    }
    if (checkpoint.isPresent() && !arguments.isGiven(RESUME.name())) {
      OutputFile.prepareFolder(RecipeOptions.CHECKPOINT, checkpoint.get());
    }
    Experiment experiment = recipe.prepare(arguments, Optional.empty());
    long start = System.nanoTime();
    CompiledNetwork compiled = experiment.training();
    try (var trainer = Trainer.open(compiled, settings)) {
      double compileSeconds = (System.nanoTime() - start) * 1e-9;
      var run =
          new Run(recipe, experiment, trainer, checkpoint, report, epochs, compileSeconds, console);
      return run.train(arguments.isGiven(RESUME.name()));
    }
  }

  /// One training.
  private record Run(
      Recipe recipe,
      Experiment experiment,
      Trainer trainer,
      Optional<Path> checkpoint,
      Optional<Path> reportFile,
      int epochs,
      double compileSeconds,
      Console console) {

    ExitCode train(boolean resumes) throws IOException {
      if (resumes) {
        trainer.resume(checkpoint.orElseThrow());
      }
      Experiment.Data data = experiment.data();
      console.out().println(title(data));
      var startup = new FirstBatch();
      try (var interruption = Interruption.handledBy(trainer::requestStop, console)) {
        TrainingReport report =
            trainer.train(data.training(), epochs, options(data), callbacks(startup));
        if (report.isInterrupted() || interruption.isRequested()) {
          return interrupted(report);
        }
        EvaluationReport test = trainer.evaluate(data.test());
        if (interruption.isRequested()) {
          return interrupted(report);
        }
        finish(data, report, test, startup);
      }
      return ExitCode.SUCCESS;
    }

    private String title(Experiment.Data data) {
      return String.format(
          Locale.ROOT,
          "%s: %d examples, %d for testing; back end %s, %d threads, %d slices; ready in %.2f s",
          recipe.name(),
          data.training().size(),
          data.test().size(),
          trainer.backend(),
          trainer.simulation().threads(),
          trainer.simulation().slices(),
          FirstBatch.secondsSinceStart());
    }

    private static TrainingOptions options(Experiment.Data data) {
      var options = new TrainingOptions();
      return data.validation().map(options::validation).orElse(options);
    }

    private TrainingCallback[] callbacks(FirstBatch startup) {
      var callbacks = new ArrayList<TrainingCallback>(experiment.callbacks());
      callbacks.add(startup);
      callbacks.add(console.progressBar());
      checkpoint.ifPresent(folder -> callbacks.add(new Checkpoint(folder)));
      return callbacks.toArray(TrainingCallback[]::new);
    }

    private ExitCode interrupted(TrainingReport report) {
      console
          .out()
          .printf(
              "%s; %s%n",
              report.endingReason(),
              checkpoint
                  .map(folder -> "saved in %s: go on with --resume".formatted(folder))
                  .orElse("nothing is saved without --checkpoint"));
      return ExitCode.INTERRUPTED;
    }

    private void finish(
        Experiment.Data data, TrainingReport report, EvaluationReport test, FirstBatch startup)
        throws IOException {
      console
          .out()
          .printf(
              Locale.ROOT,
              "test accuracy %.2f %% (%d examples)%n",
              100 * test.accuracy(),
              test.examples());
      if (reportFile.isPresent()) {
        TrainingJson.write(
            reportFile.get(),
            new TrainingJson.Content(
                recipe.name(),
                experiment.settings(),
                report,
                test,
                data.training().size(),
                experiment.dataSha256(),
                compileSeconds,
                startup.seconds()));
        console.out().println("report: " + reportFile.get());
      }
      TrainingPictures.draw(
          checkpoint.orElse(PICTURES), recipe.name(), report, test, trainer, data, console);
    }
  }
}
