package org.mlgenn.cli;

/// An option of a command or a recipe.
///
/// @param name without dashes
/// @param argument what its argument is, e.g. `N`; empty for a switch
/// @param standard what it is if it is not given, as text; empty for none
/// @param description one line for `mlgenn help`
public record CommandOption(String name, String argument, String standard, String description) {
  /// Switches something on.
  public static CommandOption flag(String name, String description) {
    return new CommandOption(name, "", "", description);
  }

  /// Has an argument, and may be left out.
  public static CommandOption value(String name, String argument, String description) {
    return new CommandOption(name, argument, "", description);
  }

  public CommandOption standard(Object standard) {
    return new CommandOption(name, argument, standard.toString(), description);
  }

  public boolean isFlag() {
    return argument.isEmpty();
  }

  /// As one writes it: `--epochs N`.
  public String usage() {
    return isFlag() ? "--" + name : "--%s %s".formatted(name, argument);
  }
}
