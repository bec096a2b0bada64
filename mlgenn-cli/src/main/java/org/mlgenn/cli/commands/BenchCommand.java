package org.mlgenn.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mlgenn.benchmarks.Benchmark;
import org.mlgenn.benchmarks.BenchmarkCase;
import org.mlgenn.benchmarks.BenchmarkResult;
import org.mlgenn.benchmarks.BenchmarkSettings;
import org.mlgenn.benchmarks.Timing;
import org.mlgenn.cli.Arguments;
import org.mlgenn.cli.Command;
import org.mlgenn.cli.CommandOption;
import org.mlgenn.cli.Console;
import org.mlgenn.cli.ExitCode;
import org.mlgenn.cli.Nearest;
import org.mlgenn.cli.Table;

/// Measures how fast things are.
final class BenchCommand implements Command {
  private static final CommandOption REPETITIONS =
      CommandOption.value("repetitions", "N", "how often each is measured").standard(9);

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String usage() {
    return "[NAME] [OPTIONS]";
  }

  @Override
  public String summary() {
    return "measure how fast it is: one benchmark, or all";
  }

  @Override
  public List<CommandOption> options() {
    return List.of(RecipeOptions.BACKEND, RecipeOptions.THREADS, REPETITIONS, RecipeOptions.REPORT);
  }

  @Override
  public ExitCode run(List<String> words, Console console) throws IOException {
    if (HelpCommand.isAsked(words)) {
      return HelpCommand.show(this, words, console);
    }
    Arguments arguments = Arguments.parse(options(), words);
    List<Benchmark> chosen = benchmarks(arguments.words());
    int threads = RecipeOptions.threads(arguments);
    var settings =
        new BenchmarkSettings(
            RecipeOptions.backend(arguments),
            threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
            arguments.integer(REPETITIONS.name(), 1));
    Optional<Path> report = arguments.path(RecipeOptions.REPORT.name());
    if (report.isPresent()) {
      OutputFile.prepare(RecipeOptions.REPORT, report.get());
    }
    var results = new ArrayList<BenchmarkResult>();
    for (Benchmark benchmark : chosen) {
      results.add(benchmark.run(settings, line -> console.err().println(line)));
    }
    console.out().print(table(results));
    if (report.isPresent()) {
      List<Map<String, Object>> trees = results.stream().map(BenchCommand::tree).toList();
      JsonFile.write(report.get(), trees.size() == 1 ? trees.getFirst() : trees);
    }
    return ExitCode.SUCCESS;
  }

  @Override
  public String remark() {
    List<String> names = Benchmark.all().stream().map(Benchmark::name).toList();
    return "Benchmarks: " + String.join(", ", names);
  }

  private static List<Benchmark> benchmarks(List<String> names) {
    List<Benchmark> all = Benchmark.all();
    if (names.isEmpty()) {
      return all;
    }
    var chosen = new ArrayList<Benchmark>();
    for (String name : names) {
      chosen.add(
          all.stream()
              .filter(benchmark -> benchmark.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      Nearest.unknown(
                          "benchmark", name, all.stream().map(Benchmark::name).toList())));
    }
    return chosen;
  }

  private static String table(List<BenchmarkResult> results) {
    var table =
        new Table()
            .row("benchmark", "back end", "threads", "median ms", "min", "max", "by hand", "ratio");
    for (BenchmarkResult result : results) {
      for (BenchmarkCase measured : result.cases()) {
        table.row(
            (result.name() + " " + measured.name()).strip(),
            result.backend(),
            String.valueOf(result.threads()),
            number(measured.milliseconds().median()),
            number(measured.milliseconds().min()),
            number(measured.milliseconds().max()),
            measured.handWritten().map(timing -> number(timing.median())).orElse("–"),
            measured.handWritten().isPresent() ? number(measured.ratioToHandWritten()) : "–");
      }
    }
    return table.text(0);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /// A benchmark of one size is flat; one of several has a list of cases.
  private static Map<String, Object> tree(BenchmarkResult result) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", result.name());
    tree.put("backend", result.backend());
    tree.put("threads", result.threads());
    tree.put("load", result.load());
    if (result.cases().size() == 1 && result.cases().getFirst().name().isEmpty()) {
      tree.putAll(tree(result.cases().getFirst()));
    } else {
      tree.put("cases", result.cases().stream().map(BenchCommand::tree).toList());
    }
    return tree;
  }

  private static Map<String, Object> tree(BenchmarkCase measured) {
    var tree = new LinkedHashMap<String, Object>();
    if (!measured.name().isEmpty()) {
      tree.put("case", measured.name());
    }
    tree.put("milliseconds", tree(measured.milliseconds()));
    measured
        .handWritten()
        .ifPresent(
            timing -> {
              tree.put("handWritten", tree(timing));
              tree.put("ratioToHandWritten", measured.ratioToHandWritten());
            });
    tree.putAll(measured.details());
    return tree;
  }

  private static Map<String, Object> tree(Timing timing) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("min", timing.min());
    tree.put("median", timing.median());
    tree.put("max", timing.max());
    return tree;
  }
}
