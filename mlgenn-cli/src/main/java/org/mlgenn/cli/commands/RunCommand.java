package org.mlgenn.cli.commands;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mlgenn.cli.Command;
import org.mlgenn.cli.CommandOption;
import org.mlgenn.cli.Console;
import org.mlgenn.cli.ExitCode;
import org.mlgenn.cli.UsageException;

/// Runs a user's own source file in a Java runtime of its own, with the toolkit's modules.
final class RunCommand implements Command {
  private static final String MEMORY = "MLGENN_MEMORY";
  private static final String MODULES = "org.mlgenn.train,org.mlgenn.datasets";

  @Override
  public String name() {
    return "run";
  }

  @Override
  public String usage() {
    return "FILE.java [ARGUMENTS]";
  }

  @Override
  public String summary() {
    return "run your own program with the toolkit";
  }

  @Override
  public List<CommandOption> options() {
    return List.of();
  }

  @Override
  public ExitCode run(List<String> words, Console console) throws IOException {
    if (words.isEmpty()) {
      throw new UsageException("run what? Usage: mlgenn run FILE.java [ARGUMENTS]");
    }
    if (words.getFirst().equals("--help")) {
      return HelpCommand.show(this, words, console);
    }
    Path source = Path.of(words.getFirst());
    if (!source.toString().endsWith(".java")) {
      throw new UsageException(
          "run: expected a Java source file such as MyNetwork.java, got '%s'".formatted(source));
    }
    if (!Files.isRegularFile(source)) {
      throw new IOException(source + ": no such file");
    }
    console.out().flush();
    return wait(new ProcessBuilder(command(words)).inheritIO().start());
  }

  private static ExitCode wait(Process process) {
    var hook = new Thread(() -> end(process), "mlgenn-run");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      int status = process.waitFor();
      for (ExitCode code : ExitCode.values()) {
        if (code.status() == status) {
          return code;
        }
      }
      return ExitCode.FAILURE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private static void end(Process process) {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> command(List<String> words) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED,org.genn.engine");
    command.add("-Djava.awt.headless=true");
    String memory = System.getenv(MEMORY);
    if (memory != null && !memory.isBlank()) {
      command.add("-Xmx" + memory);
    }
    command.add("--module-path");
    command.add(modulePath());
    command.add("--add-modules");
    command.add(MODULES);
    command.addAll(words);
    return command;
  }

  private static String modulePath() {
    String modules = System.getProperty("jdk.module.path", "");
    String classes = System.getProperty("java.class.path", "");
    return modules.isEmpty() || classes.isEmpty()
        ? modules + classes
        : modules + File.pathSeparator + classes;
  }
}
