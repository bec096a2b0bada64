package org.mlgenn.cli.commands;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mlgenn.cli.Arguments;
import org.mlgenn.cli.Command;
import org.mlgenn.cli.CommandOption;
import org.mlgenn.cli.Console;
import org.mlgenn.cli.ExitCode;
import org.mlgenn.cli.Interruption;
import org.mlgenn.cli.Recipe;
import org.mlgenn.serialisers.AtomicFile;
import org.mlgenn.train.Predictions;

/// Answers of a trained network, as CSV: `index,label,score`.
///
/// The label is the class with the largest answer, the score that answer.
final class PredictCommand implements Command {
  private static final CommandOption OUTPUT =
      CommandOption.value("output", "FILE", "write there and not to the standard output");

  @Override
  public String name() {
    return "predict";
  }

  @Override
  public String usage() {
    return "RECIPE --checkpoint PATH [OPTIONS]";
  }

  @Override
  public String summary() {
    return "classify the test examples: CSV with index, label, score";
  }

  @Override
  public List<CommandOption> options() {
    var options = new ArrayList<>(SavedNetwork.options());
    options.add(OUTPUT);
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
    Optional<Path> file = arguments.path(OUTPUT.name());
    if (file.isPresent()) {
      OutputFile.prepare(OUTPUT, file.get());
    }
    try (var network = SavedNetwork.open(this, recipe, arguments);
        var interruption = Interruption.handledBy(network.evaluator()::requestStop, console)) {
      Predictions answers = network.evaluator().predict(network.experiment().data().test());
      if (interruption.isRequested()) {
        return ExitCode.INTERRUPTED;
      }
      String output = network.evaluator().compiled().outputs().getFirst().population();
      if (file.isPresent()) {
        AtomicFile.write(
            file.get(),
            out -> {
              var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
              write(writer, answers, output);
              writer.flush();
            });
      } else {
        var text = new java.io.StringWriter();
        write(text, answers, output);
        console.out().print(text);
      }
    }
    return ExitCode.SUCCESS;
  }

  private static void write(Writer out, Predictions answers, String output) throws IOException {
    int[] classes = answers.classes(output);
    float[][] scores = answers.of(output);
    out.write("index,label,score\n");
    for (int example = 0; example < classes.length; example++) {
      out.write(
          "%d,%d,%s\n".formatted(example, classes[example], scores[example][classes[example]]));
    }
  }
}
