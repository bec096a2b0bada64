package org.mlgenn.tests.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FeaturesTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @Test
  void featuresPageIsWhatTheAnnotationsSay() throws IOException {
    String expected = FeatureTable.render(scoreboards(), tests(), reasons());
    Path page = ROOT.resolve("FEATURES.md");
    if (Boolean.parseBoolean(System.getProperty("features.update", "false"))
        || "".equals(System.getProperty("features.update"))) {
      Files.writeString(page, expected);
    }
    String found = Files.exists(page) ? Files.readString(page) : "";
    assertEquals(
        expected,
        found,
        "FEATURES.md differs from the @Feature annotations; write it anew with"
            + " mvn verify -Dfeatures.update");
  }

  @Test
  void everyAnnotationNamesARowOfAScoreboard() throws IOException {
    var unknown = new TreeMap<>(tests());
    for (var scoreboard : scoreboards()) {
      scoreboard.ids().forEach(unknown::remove);
    }
    assertTrue(unknown.isEmpty(), () -> "no scoreboard has the rows " + unknown);
  }

  @Test
  void rowsHaveDifferentIds() throws IOException {
    SortedSet<String> seen = new TreeSet<>();
    for (var scoreboard : scoreboards()) {
      for (String id : scoreboard.ids()) {
        assertTrue(seen.add(id), () -> "two rows are called " + id);
      }
    }
  }

  @Test
  void reasonsAreGivenForRowsThatNoTestShows() throws IOException {
    var known = new TreeSet<String>();
    scoreboards().forEach(scoreboard -> known.addAll(scoreboard.ids()));
    var shown = tests();
    reasons()
        .forEach(
            (id, reason) -> {
              assertTrue(known.contains(id), () -> "no scoreboard has the row " + id);
              assertFalse(
                  shown.containsKey(id), () -> "a test shows " + id + ", which has a reason");
              assertFalse(reason.text().isBlank(), () -> id + " has no reason");
            });
  }

  private static SortedMap<String, SortedSet<String>> tests() throws IOException {
    List<Path> folders;
    try (Stream<Path> modules = Files.list(ROOT)) {
      folders =
          modules
              .filter(module -> Files.exists(module.resolve("pom.xml")))
              .map(module -> module.resolve("target").resolve("test-classes"))
              .filter(Files::isDirectory)
              .toList();
    }
    assumeTrue(
        folders.stream().anyMatch(folder -> folder.startsWith(ROOT.resolve("genn-engine"))),
        "the tests of the other modules are not compiled here; run mvn verify from the root");
    return FeatureScan.scan(folders);
  }

  private static List<FeatureTable.Scoreboard> scoreboards() throws IOException {
    return List.of(scoreboard("ml_genn"), scoreboard("GeNN"), scoreboard("PyNN"));
  }

  private static FeatureTable.Scoreboard scoreboard(String system) throws IOException {
    return new FeatureTable.Scoreboard(system, lines(system));
  }

  private static Map<String, FeatureTable.Reason> reasons() throws IOException {
    return FeatureTable.Reason.read(lines("states"));
  }

  private static List<String> lines(String table) throws IOException {
    try (InputStream in = FeaturesTest.class.getResourceAsStream("/scoreboard/" + table + ".tsv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank()).toList();
    }
  }
}
