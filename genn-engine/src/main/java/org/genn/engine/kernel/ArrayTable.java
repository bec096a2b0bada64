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

  private final List<Rows> arrays = new ArrayList<>();
  private final Map<String, Integer> indices = new HashMap<>();
  private final Names names = new Names();

  Rows add(String name, NumericType type, int count, int length) {
    return add(new Rows(names.fresh(identifier(name)), type, count, length));
  }

  Rows scratch(String name, NumericType type, int count, int length) {
    return add(new Rows(names.fresh(identifier("scratch_" + name)), type, count, length, true));
  }

  private Rows add(Rows rows) {
    indices.put(rows.name(), arrays.size());
    arrays.add(rows);
    return rows;
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
