package org.mlgenn.tests.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/// The scoreboard: what each of the systems that this one follows can do, and the test that shows
/// that ours can.
final class FeatureTable {

  /// Rows of one system; lines that start with `# ` are headings.
  record Scoreboard(String system, List<String> lines) {
    List<String> ids() {
      return lines.stream().filter(l -> !l.startsWith("#")).map(l -> l.split("\t", 2)[0]).toList();
    }
  }

  /// Why a row that no test shows is not there, and whether it will be.
  record Reason(String state, String text) {
    static Map<String, Reason> read(List<String> lines) {
      var reasons = new TreeMap<String, Reason>();
      for (String line : lines) {
        String[] cells = line.split("\t", 3);
        reasons.put(cells[0], new Reason(cells[1], cells[2]));
      }
      return reasons;
    }
  }

  private static final Reason NO_REASON = new Reason("–", "");

  private FeatureTable() {}

  static String render(
      List<Scoreboard> scoreboards,
      Map<String, SortedSet<String>> tests,
      Map<String, Reason> reasons) {
    var out = new ArrayList<String>();
    out.add("# Features");
    out.add("");
    out.add(
        "What the systems that this toolkit follows can do, row by row, and the tests that show"
            + " that this one can. A row is done when a test says so with `@Feature(\"id\")`; of"
            + " others there may be a reason instead. This page is made from those annotations and"
            + " checked by `FeaturesTest` (`mvn verify -Dfeatures.update` writes it anew).");
    out.add("");
    out.add("| system | done | rows |");
    out.add("|---|--:|--:|");
    for (Scoreboard scoreboard : scoreboards) {
      long done = scoreboard.ids().stream().filter(tests::containsKey).count();
      out.add("| %s | %d | %d |".formatted(scoreboard.system(), done, scoreboard.ids().size()));
    }
    for (Scoreboard scoreboard : scoreboards) {
      out.add("");
      out.add("## " + scoreboard.system());
      boolean inTable = false;
      for (String line : scoreboard.lines()) {
        if (line.startsWith("# ")) {
          out.add("");
          out.add("### " + line.substring(2));
          inTable = false;
          continue;
        }
        if (!inTable) {
          out.add("");
          out.add("| id | feature | state | shown by |");
          out.add("|---|---|---|---|");
          inTable = true;
        }
        String[] row = line.split("\t", 2);
        SortedSet<String> by = tests.get(row[0]);
        Reason reason = reasons.getOrDefault(row[0], NO_REASON);
        out.add(
            "| %s | %s | %s | %s |"
                .formatted(
                    row[0],
                    row[1].replace("|", "\\|"),
                    by == null ? reason.state() : "done",
                    by == null ? reason.text() : String.join(", ", by)));
      }
    }
    return String.join("\n", out) + "\n";
  }
}
