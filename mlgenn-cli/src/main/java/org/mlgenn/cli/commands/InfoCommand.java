package org.mlgenn.cli.commands;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.genn.engine.backend.Availability;
import org.genn.engine.backend.Backend;
import org.genn.engine.backend.Backends;
import org.genn.engine.backend.BuildSettings;
import org.mlgenn.cli.Arguments;
import org.mlgenn.cli.Command;
import org.mlgenn.cli.CommandOption;
import org.mlgenn.cli.Console;
import org.mlgenn.cli.ExitCode;
import org.mlgenn.cli.Table;

/// Shows what was found on this machine.
final class InfoCommand implements Command {
  private static final double MEBI = 1 << 20;

  @Override
  public String name() {
    return "info";
  }

  @Override
  public String usage() {
    return "";
  }

  @Override
  public String summary() {
    return "show version, Java, cores, memory, back ends and why some are missing";
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
    var table =
        new Table()
            .row("mlgenn", Version.text())
            .row("Java", java())
            .row("system", system())
            .row("cores", String.valueOf(Runtime.getRuntime().availableProcessors()))
            .row("memory", memory())
            .row("kernel cache", cache());
    console.out().print(table.text(0));
    console.out().println("back ends");
    console.out().print(backends().text(2));
    return ExitCode.SUCCESS;
  }

  private static String java() {
    return "%s, %s, %s"
        .formatted(
            Runtime.version(), System.getProperty("java.vm.name"), System.getProperty("java.home"));
  }

  private static String system() {
    return "%s %s, %s"
        .formatted(
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch"));
  }

  private static String memory() {
    return String.format(
        Locale.ROOT,
        "%.0f MiB for Java objects (MLGENN_MEMORY changes that)",
        Runtime.getRuntime().maxMemory() / MEBI);
  }

  private static String cache() {
    Optional<Path> directory = new BuildSettings().cacheDirectory();
    return directory
        .map(path -> path + (Files.isDirectory(path) ? "" : " (not there yet)"))
        .orElse("none");
  }

  private static Table backends() {
    var table = new Table();
    String preferred = "";
    for (Backend backend : Backends.all()) {
      Availability availability = backend.availability();
      if (preferred.isEmpty() && availability.isAvailable()) {
        preferred = backend.name();
      }
      table.row(
          backend.name(),
          availability.isAvailable() ? "available" : "missing",
          availability.detail() + (backend.name().equals(preferred) ? " (auto)" : ""));
    }
    return table;
  }
}
