package org.mlgenn;

import java.util.regex.Pattern;

/// Names of populations and connections: they become names of groups of the model and parts of the
/// names of checkpoint files.
final class Names {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private Names() {}

  static String check(String kind, String name) {
    if (IDENTIFIER.matcher(name).matches()) {
      return name;
    }
    String reason =
        name.contains("-")
            ? "names of checkpoint files are split at '-'; use '_'"
            : "use letters, digits and '_', and no digit first";
    throw new IllegalArgumentException(
        "%s: '%s' is not a valid name: %s".formatted(kind, name, reason));
  }
}
