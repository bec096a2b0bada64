package org.genn.engine.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Every part of every model goes through here, and descriptions are made at each start: nothing is put together before
 * there is something to say.
 */

/// Refuses `null` where it is given, with the name of what it is given for; elsewhere it would show
/// only when a model is built, and without a name.
public final class Given {
  private Given() {}

  /// @param where opens the message, as the user knows it: `model 'm'`
  /// @param namesAndValues what each value is, and the value: `"model", model, "bindings",
  ///   bindings`
  /// @throws IllegalArgumentException when a value is `null`
  public static void all(String where, @Nullable Object... namesAndValues) {
    for (int k = 1; k < namesAndValues.length; k += 2) {
      if (namesAndValues[k] == null) {
        throw missing(where, String.valueOf(namesAndValues[k - 1]));
      }
    }
  }

  /// The same for a part of a model.
  ///
  /// @param kind `neuron group`
  /// @param name of the part, which must be given too
  static void to(String kind, @Nullable String name, @Nullable Object... namesAndValues) {
    if (name == null) {
      throw missing(kind, "name");
    }
    for (Object value : namesAndValues) {
      if (value == null) {
        all("%s '%s'".formatted(kind, name), namesAndValues);
      }
    }
  }

  /// @param what each value is: `parameter`
  /// @throws IllegalArgumentException when there is no map, or a key or a value of it is `null`
  public static void values(String where, String what, @Nullable Map<?, ?> values) {
    if (values == null) {
      throw missing(where, "the map by " + what);
    }
    for (var entry : values.entrySet()) {
      if (entry.getKey() == null) {
        throw missing(where, "the name of a " + what);
      }
      if (entry.getValue() == null) {
        throw missing(where, "%s '%s'".formatted(what, entry.getKey()));
      }
    }
  }

  private static IllegalArgumentException missing(String where, String what) {
    return new IllegalArgumentException("%s: %s is null; give one".formatted(where, what));
  }
}
