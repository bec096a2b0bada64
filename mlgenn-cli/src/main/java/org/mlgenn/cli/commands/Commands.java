package org.mlgenn.cli.commands;

import java.util.List;
import org.mlgenn.cli.Command;
import org.mlgenn.cli.Nearest;
import org.mlgenn.cli.UsageException;

/// All commands.
public final class Commands {
  private static final List<Command> ALL =
      List.of(
          new TrainCommand(),
          new EvaluateCommand(),
          new PredictCommand(),
          new SimulateCommand(),
          new ListCommand(),
          new InfoCommand(),
          new RunCommand(),
          new BenchCommand(),
          new HelpCommand());

  private Commands() {}

  /// In the order in which they are shown.
  public static List<Command> all() {
    return ALL;
  }

  /// @throws UsageException when there is none of this name, with the nearest one
  public static Command named(String name) {
    return ALL.stream()
        .filter(command -> command.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> Nearest.unknown("command", name, ALL.stream().map(Command::name).toList()));
  }
}
