package org.mlgenn.cli;

import java.util.ArrayList;
import java.util.List;

/// Rows of text in columns.
public final class Table {
  private static final int GAP = 2;

  private final List<List<String>> rows = new ArrayList<>();

  public Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /// The rows, each with a newline, columns as wide as their widest cell; of the last one no more
  /// than what it holds.
  ///
  /// @param indent blanks at the start of each
  public String text(int indent) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < row.size() - 1; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    var text = new StringBuilder();
    for (List<String> row : rows) {
      text.repeat(' ', indent);
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        text.append(cell);
        if (column < row.size() - 1) {
          text.repeat(' ', widths[column] - cell.length() + GAP);
        }
      }
      text.append('\n');
    }
    return text.toString();
  }
}
