package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.genn.engine.snippet.NumericType;

/// The arrays of a program while it is being made.
final class ArrayTable {
  private static final Pattern NO_LETTER = Pattern.compile("[^A-Za-z0-9_]");

  /// The longest array of Java.
  private static final int MOST = Integer.MAX_VALUE - 8;

  private final String model;
  private final List<Rows> arrays = new ArrayList<>();
  private final Map<String, Integer> indices = new HashMap<>();
  private final Names names = new Names();

  /// @param model its name
  ArrayTable(String model) {
    this.model = model;
  }

  /// @throws IllegalArgumentException when there are more rows or elements than can be numbered
  Rows add(String name, NumericType type, long count, long length) {
    return add(name, identifier(name), type, count, length, false);
  }

  Rows scratch(String name, NumericType type, long count, long length) {
    return add(name, identifier("scratch_" + name), type, count, length, true);
  }

  private Rows add(
      String name,
      String identifier,
      NumericType type,
      long count,
      long length,
      boolean isScratch) {
    Rows rows =
        new Rows(
            names.fresh(identifier),
            type,
            fitting(model, name, count, "rows"),
            fitting(model, name, length, "elements in a row"),
            isScratch);
    indices.put(rows.name(), arrays.size());
    arrays.add(rows);
    return rows;
  }

  /// The number of rows of an array.
  ///
  /// @throws IllegalArgumentException when there are more than can be numbered
  static int rows(String model, String name, long count) {
    return fitting(model, name, count, "rows");
  }

  private static int fitting(String model, String name, long number, String what) {
    if (number > MOST) {
      throw new IllegalArgumentException(
          "model '%s': array '%s' would have %d %s, and there can be %d; make groups, delays, recordings or the batch smaller"
              .formatted(model, name, number, what, MOST));
    }
    return (int) number;
  }

  int indexOf(Rows rows) {
    return indices.getOrDefault(rows.name(), -1);
  }

  List<Rows> arrays() {
    return arrays;
  }

  /// `name` with all that no language allows in identifiers replaced.
  static String identifier(String name) {
    String cleaned = IrVerifier.isIdentifier(name) ? name : NO_LETTER.matcher(name).replaceAll("_");
    return cleaned.isEmpty() || Character.isDigit(cleaned.charAt(0)) ? "g" + cleaned : cleaned;
  }
}
