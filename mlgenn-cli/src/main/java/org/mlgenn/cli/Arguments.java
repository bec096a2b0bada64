package org.mlgenn.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
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
      CommandLine line = parser.parse(commons, words.toArray(String[]::new));
      known.values().forEach(option -> requireOnce(option, line));
      return new Arguments(known, line);
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

  /// Which of two values is meant cannot be known.
  private static void requireOnce(CommandOption option, CommandLine line) {
    String[] values = line.getOptionValues(option.name());
    if (values != null && values.length > 1) {
      throw new UsageException(
          "option --%s is given more than once, with '%s'; give it once"
              .formatted(option.name(), String.join("', '", values)));
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

  /// A choice among names.
  ///
  /// @param kind of thing, e.g. `back end`
  /// @throws UsageException when it is none of them, with the nearest one
  public String choice(String option, String kind, Collection<String> names) {
    String name = required(option);
    if (!names.contains(name)) {
      throw new UsageException(
          "option --%s: %s".formatted(option, Nearest.message(kind, name, names)));
    }
    return name;
  }

  /// @throws UsageException when it is empty or no path
  public Optional<Path> path(String option) {
    if (text(option).equals(Optional.of(""))) {
      throw new UsageException("option --%s: expected a path, got ''".formatted(option));
    }
    try {
      return text(option).map(Path::of);
    } catch (InvalidPathException e) {
      throw new UsageException("option --%s: %s".formatted(option, e.getMessage()));
    }
  }

  /// @param least that is allowed
  /// @throws UsageException when it is no whole number, or too small
  public int integer(String option, int least) {
    return integer(option, least, Integer.MAX_VALUE, "of at least " + least);
  }

  /// @param least that is allowed
  /// @param most that is allowed
  /// @throws UsageException when it is no whole number, too small or too large
  public int integer(String option, int least, int most) {
    return integer(option, least, most, "from %d to %d".formatted(least, most));
  }

  private int integer(String option, int least, int most, String range) {
    String text = required(option);
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw new UsageException(
        "option --%s: expected a whole number %s, got '%s'".formatted(option, range, text));
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
