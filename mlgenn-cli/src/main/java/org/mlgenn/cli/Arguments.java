package org.mlgenn.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/// What was given on the command line, after the name of the command.
public final class Arguments {
  /// Switch that every command understands.
  public static final CommandOption HELP = CommandOption.flag("help", "show this help");

  /// Switch that every command understands; `Main` looks at it.
  public static final CommandOption DEBUG =
      CommandOption.flag("debug", "show the stack trace of every error");

  private final Map<String, CommandOption> options;
  private final CommandLine line;

  private Arguments(Map<String, CommandOption> options, CommandLine line) {
    this.options = options;
    this.line = line;
  }

  /// Parses words.
  ///
  /// @throws UsageException naming the first that is wrong, and what may have been meant
  public static Arguments parse(List<CommandOption> options, List<String> words) {
    var known = new LinkedHashMap<String, CommandOption>();
    options.forEach(option -> known.put(option.name(), option));
    known.put(HELP.name(), HELP);
    known.put(DEBUG.name(), DEBUG);
    var commons = new Options();
    for (CommandOption option : known.values()) {
      commons.addOption(Option.builder().longOpt(option.name()).hasArg(!option.isFlag()).get());
    }
    DefaultParser parser = DefaultParser.builder().setAllowPartialMatching(false).get();
    try {
      return new Arguments(known, parser.parse(commons, words.toArray(String[]::new)));
    } catch (UnrecognizedOptionException e) {
      String word = e.getOption().split("=", 2)[0];
      throw Nearest.unknown(
          "option", word, known.keySet().stream().map(name -> "--" + name).toList());
    } catch (MissingArgumentException e) {
      CommandOption option = known.get(e.getOption().getLongOpt());
      throw new UsageException(
          option == null
              ? String.valueOf(e.getMessage())
              : "option --%s needs an argument: %s (%s)"
                  .formatted(option.name(), option.usage(), option.description()));
    } catch (ParseException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /// Words that are no options.
  public List<String> words() {
    return line.getArgList();
  }

  /// @throws UsageException for a word that is no option
  public Arguments requireNoWords() {
    if (!words().isEmpty()) {
      throw new UsageException("unexpected argument '%s'".formatted(words().getFirst()));
    }
    return this;
  }

  public boolean isGiven(String option) {
    return line.hasOption(option);
  }

  /// What was given, or else the standard, if there is one.
  public Optional<String> text(String option) {
    String given = line.getOptionValue(option);
    if (given != null) {
      return Optional.of(given);
    }
    CommandOption known = options.get(option);
    return known == null || known.standard().isEmpty()
        ? Optional.empty()
        : Optional.of(known.standard());
  }

  public Optional<Path> path(String option) {
    try {
      return text(option).map(Path::of);
    } catch (InvalidPathException e) {
      throw new UsageException("option --%s: %s".formatted(option, e.getMessage()));
    }
  }

  /// @param least that is allowed
  /// @throws UsageException when it is no whole number, or too small
  public int integer(String option, int least) {
    String text = required(option);
    try {
      int value = Integer.parseInt(text);
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw new UsageException(
        "option --%s: expected a whole number of at least %d, got '%s'"
            .formatted(option, least, text));
  }

  public long seed(String option) {
    String text = required(option);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new UsageException(
          "option --%s: expected a whole number, got '%s'".formatted(option, text));
    }
  }

  /// @param isAllowed what the number must fulfil
  /// @param expected the same in words, e.g. `a positive number`
  public double number(
      String option, java.util.function.DoublePredicate isAllowed, String expected) {
    String text = required(option);
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value) && isAllowed.test(value)) {
        return value;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw new UsageException(
        "option --%s: expected %s, got '%s'".formatted(option, expected, text));
  }

  private String required(String option) {
    return text(option)
        .orElseThrow(() -> new UsageException("option --%s is needed".formatted(option)));
  }
}
