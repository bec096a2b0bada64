package org.mlgenn.cli;

import java.io.IOException;
import java.util.List;

/// A command of `mlgenn`.
public interface Command {
  String name();

  /// What follows the name, e.g. `RECIPE [OPTIONS]`.
  String usage();

  /// What it does, in one line.
  String summary();

  /// Its options, apart from those of a recipe.
  List<CommandOption> options();

  /// What its help says below the options, if anything.
  default String remark() {
    return "";
  }

  /// @param words that follow the name of the command
  /// @throws UsageException when they are wrong
  ExitCode run(List<String> words, Console console) throws IOException;
}
