package org.mlgenn.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.genn.engine.backend.Backends;
import org.genn.feature.Feature;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `mlgenn simulate microcircuit`, with a fiftieth of the neurons and of their synapses.
class SimulateTest {
  @TempDir static Path folder;
  private static Session session;
  private static JsonNode report;

  private static Session simulate(String name, String... options) {
    var words =
        new ArrayList<>(
            List.of(
                "simulate",
                "microcircuit",
                "--scale",
                "0.02",
                "--output",
                folder.resolve(name).toString(),
                "--report",
                folder.resolve(name + ".json").toString()));
    words.addAll(List.of(options));
    return Session.run(words.toArray(String[]::new));
  }

  private static JsonNode report(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name + ".json").toFile());
  }

  @BeforeAll
  static void simulate() throws IOException {
    System.setProperty("mlgenn.cache", folder.resolve("kernels").toString());
    session = simulate("jvm", "--time", "150", "--backend", "jvm", "--threads", "2");
    report = report("jvm");
  }

  @Test
  void ratesTimesAndMemoryAreTold() {
    assertEquals("", session.err());
    assertEquals(ExitCode.SUCCESS, session.exitCode());
    String out = session.out();
    assertAll(
        () ->
            assertTrue(
                out.startsWith(
                    "microcircuit: 1544 neurons, 119646 synapses; 150.0 ms in steps of 0.1 ms\n"
                        + "back end jvm, 2 threads\n"),
                out),
        () ->
            assertTrue(
                out.lines()
                    .anyMatch(
                        "population  neurons  spikes  rate Hz  published  ratio  NEST   ratio"
                            ::equals),
                out),
        () ->
            assertTrue(
                out.lines().anyMatch(line -> line.matches("L2/3 E +414 +\\d+ +[\\d.]+ +0.971 .*")),
                out),
        () -> assertTrue(out.contains("synapses and initial values"), out),
        () -> assertTrue(out.contains("times real time"), out),
        () -> assertTrue(out.contains("its rates differ from the published ones"), out));
  }

  @Test
  void theReportIsComplete() {
    var names = new ArrayList<String>();
    report.fieldNames().forEachRemaining(names::add);
    assertEquals(
        List.of(
            "schemaVersion",
            "network",
            "settings",
            "backend",
            "threads",
            "neurons",
            "synapses",
            "bytesPerSynapse",
            "milliseconds",
            "warmUpMilliseconds",
            "interrupted",
            "populations",
            "seconds",
            "realTimeFactor",
            "synapticEventsPerBiologicalSecond",
            "modelBytes",
            "peakMemoryBytes",
            "remarks"),
        names);
    assertEquals(0.02, report.get("settings").get("scale").asDouble());
    assertEquals(150, report.get("milliseconds").asDouble(), 1e-9);
    assertEquals(100, report.get("warmUpMilliseconds").asDouble(), 1e-9);
    assertEquals(8, report.get("populations").size());
    assertEquals("L2/3 E", report.get("populations").get(0).get("name").asText());
    assertEquals(0.971, report.get("populations").get(0).get("publishedRateHz").asDouble());
    assertEquals(0.903, report.get("populations").get(0).get("nestRateHz").asDouble());
    assertTrue(report.get("realTimeFactor").asDouble() > 0);
  }

  /// The constant current makes up for the missing input: all populations are active, none bursts.
  @Test
  void aSmallNetworkIsInTheStateOfTheLargeOne() {
    for (JsonNode population : report.get("populations")) {
      double ratio =
          population.get("rateHz").asDouble() / population.get("publishedRateHz").asDouble();
      assertTrue(ratio > 0.2 && ratio < 3, population.toString());
    }
  }

  @Test
  void thePictureShowsThePopulations() throws IOException {
    var image = ImageIO.read(folder.resolve("jvm").resolve("microcircuit.png").toFile());
    var colours = new java.util.HashSet<Integer>();
    for (int x = 0; x < image.getWidth(); x += 2) {
      for (int y = 0; y < image.getHeight(); y += 2) {
        colours.add(image.getRGB(x, y));
      }
    }
    assertTrue(colours.size() > 20, "few colours: " + colours.size());
  }

  @Test
  @Feature({"M04", "S35", "I09", "C03"})
  void bothBackEndsGiveTheSameSpikesWithAnyNumberOfThreads() throws IOException {
    assumeTrue(
        Backends.all().stream()
            .anyMatch(b -> b.name().equals("native") && b.availability().isAvailable()),
        "no C compiler");
    Session other = simulate("native", "--time", "150", "--backend", "native", "--threads", "1");
    assertEquals(ExitCode.SUCCESS, other.exitCode(), other.err());
    assertEquals(report.get("populations"), report("native").get("populations"));
  }

  /// Generated rows are those that would be stored.
  @Test
  @Feature({"I09"})
  void proceduralSynapsesGiveTheSameSpikes() throws IOException {
    Session other =
        simulate(
            "procedural", "--time", "20", "--warm-up", "30", "--backend", "jvm", "--procedural");
    assertEquals(ExitCode.SUCCESS, other.exitCode(), other.err());
    Session stored = simulate("stored", "--time", "20", "--warm-up", "30", "--backend", "jvm");
    assertEquals(ExitCode.SUCCESS, stored.exitCode(), stored.err());
    assertEquals(report("stored").get("populations"), report("procedural").get("populations"));
    assertTrue(
        report("procedural").get("modelBytes").asLong()
            < report("stored").get("modelBytes").asLong());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--scale 0|option --scale: expected a number from 0.01 (10 neurons in the smallest"
            + " population) to 1, got '0'",
        "--time -1|option --time: expected a positive number of milliseconds, got '-1'",
        "--time 0.01|option --time: 0.01 ms are less than a timestep of 0.1 ms",
        "--warm-up -1|option --warm-up: expected a number of milliseconds, at least 0, got '-1'",
        "--dt 0|option --dt: expected a time of at most 1 ms, got '0'",
        "--dt 0.01|option --dt: the longest delay must take less than 256 steps; give at least"
            + " --dt 0.017",
        "--seed 0|option --seed: expected a whole number other than 0",
        "--backend jvn|option --backend: unknown back end 'jvn'; did you mean 'jvm'? There are:"
            + " auto, native, jvm",
        "--treads 2|unknown option '--treads'; did you mean '--threads'?"
      })
  void mistakesAreToldInALine(String options, String message) {
    var words = new ArrayList<>(List.of("simulate", "microcircuit"));
    words.addAll(List.of(options.split(" ")));
    Session wrong = Session.run(words.toArray(String[]::new));
    assertEquals(ExitCode.USAGE, wrong.exitCode());
    assertTrue(wrong.err().startsWith("mlgenn: " + message), wrong.err());
    assertEquals(1, wrong.err().lines().count());
    assertEquals("", wrong.out());
  }

  @Test
  void whatDoesNotFitIntoMemoryIsRefusedBeforeItIsMade() {
    long limit = Runtime.getRuntime().maxMemory();
    assumeTrue(limit < 2_092_000_000L, "the full network would fit");
    Session full =
        Session.run(
            "simulate",
            "microcircuit",
            "--backend",
            "jvm",
            "--output",
            folder.resolve("o").toString());
    assertEquals(ExitCode.FAILURE, full.exitCode());
    assertTrue(
        full.err()
            .matches(
                "mlgenn: microcircuit: 29\\d{7} synapses take 1.9 GiB of memory and Java objects"
                    + " may take [\\d.]+ GiB; give them more with MLGENN_MEMORY=3g, or take"
                    + " --backend native, a smaller --scale, or --procedural\n"),
        full.err());
  }

  @ParameterizedTest
  @CsvSource({
    "simulate, 'Each has options of its own, such as its scale: see mlgenn help simulate NETWORK'",
    "bench, 'Benchmarks: lif, sparse, dense, cuba, shd-eventprop, latency-mnist'"
  })
  void helpOfACommandTellsWhatThereIsToRun(String command, String line) {
    Session help = Session.run("help", command);
    assertTrue(help.out().lines().anyMatch(line::equals), help.out());
    assertEquals(help, Session.run(command, "--help"));
  }

  @Test
  void unknownNetworksAndHelp() {
    assertEquals(
        "mlgenn: unknown simulation 'microcircus'; did you mean 'microcircuit'?\n",
        Session.run("simulate", "microcircus").err());
    assertTrue(
        Session.run("simulate").err().startsWith("mlgenn: simulate what?"),
        Session.run("simulate").err());
    for (Session help :
        List.of(
            Session.run("help", "simulate", "microcircuit"),
            Session.run("simulate", "microcircuit", "--help"))) {
      assertTrue(help.out().contains("--procedural"), help.out());
      assertTrue(help.out().contains("--warm-up MS"), help.out());
    }
    assertTrue(Session.run("list").out().contains("microcircuit"));
  }

  @Test
  void aFolderThatCannotBeMadeIsToldFirst() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Session wrong = Session.run("simulate", "microcircuit", "--output", file.toString());
    assertEquals(ExitCode.FAILURE, wrong.exitCode());
    assertFalse(wrong.err().isEmpty());
  }
}
