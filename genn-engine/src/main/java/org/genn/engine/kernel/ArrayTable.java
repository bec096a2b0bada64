package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.snippet.NumericType;

/// The arrays of a program while it is being made.
final class ArrayTable {
  private final List<Rows> arrays = new ArrayList<>();
  private final Names names = new Names();

  Rows add(String name, NumericType type, int count, int length) {
    Rows rows = new Rows(names.fresh(identifier(name)), type, count, length);
    arrays.add(rows);
    return rows;
  }

  int indexOf(Rows rows) {
    return arrays.indexOf(rows);
  }

  List<Rows> arrays() {
    return arrays;
  }

  /// `name` with all that no language allows in identifiers replaced.
  static String identifier(String name) {
    String cleaned = name.replaceAll("[^A-Za-z0-9_]", "_");
    return cleaned.isEmpty() || Character.isDigit(cleaned.charAt(0)) ? "g" + cleaned : cleaned;
  }
}
