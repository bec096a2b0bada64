package org.mlgenn.cli;

import java.util.List;
import org.mlgenn.cli.commands.Commands;

/// The command line.
///
/// Exit codes: 0 success, 1 failure, 2 wrong usage, 130 after Ctrl-C.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(List.of(args), Console.system()).status());
  }

  /// Runs a command.
  ///
  /// @param words the command and what follows
  public static ExitCode run(List<String> words, Console console) {
    // what follows `run FILE` belongs to the user's program
    boolean isDebug =
        words.contains("--" + Arguments.DEBUG.name()) && !words.getFirst().equals("run");
    if (isDebug) {
      System.setProperty(LogConfiguration.LEVEL, "debug");
    }
    try {
      return command(words).run(words.isEmpty() ? words : words.subList(1, words.size()), console);
    } catch (Throwable failure) {
      return Failure.report(failure, isDebug, console);
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  private static Command command(List<String> words) {
    String name = words.isEmpty() ? "help" : words.getFirst();
    return Commands.named(
        switch (name) {
          case "--help", "-h", "-help" -> "help";
          case "--version", "-V", "-version" -> "info";
          default -> name;
        });
  }
}
