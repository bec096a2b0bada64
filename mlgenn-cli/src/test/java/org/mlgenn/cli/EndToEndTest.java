package org.mlgenn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.genn.feature.Feature;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mlgenn.datasets.IdxFolder;

/// The commands on a few hundred images: train, evaluate, predict, resume.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndTest {
  @TempDir static Path folder;
  private static Path data;
  private static Path checkpoints;
  private static Session training;
  private static JsonNode report;

  @BeforeAll
  static void train() throws IOException {
    System.setProperty("mlgenn.cache", folder.resolve("kernels").toString());
    data = TinyMnist.write(folder.resolve("data"));
    checkpoints = folder.resolve("checkpoints");
    Path json = folder.resolve("reports").resolve("report.json");
    training =
        Session.run(
            "train",
            "latency-mnist",
            "--backend",
            "jvm",
            "--epochs",
            "3",
            "--hidden",
            "48",
            "--batch",
            "16",
            "--threads",
            "2",
            "--validation",
            "0.1",
            "--data",
            data.toString(),
            "--checkpoint",
            checkpoints.toString(),
            "--report",
            json.toString());
    report = new ObjectMapper().readTree(json.toFile());
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  @Order(1)
  @Feature({"CBK-02", "CBK-09"})
  void trainingShowsItsProgressInLinesWhereThereIsNoTerminal() {
    assertEquals("", training.err());
    assertEquals(ExitCode.SUCCESS, training.exitCode());
    assertTrue(
        training.out().startsWith("latency-mnist: 288 examples, 100 for testing; back end jvm"),
        training.out());
    assertTrue(training.out().contains("\nepoch 2: loss "), training.out());
    assertTrue(training.out().contains(", validation loss "), training.out());
    assertTrue(training.out().contains("\ntest accuracy "), training.out());
  }

  @Test
  @Order(1)
  void checkpointsAndPicturesLieInTheFolder() throws IOException {
    try (var files = Files.list(checkpoints)) {
      assertEquals(
          List.of(
              "epoch-0000.npz",
              "epoch-0001.npz",
              "epoch-0002.npz",
              "learning-curve.png",
              "spike-raster.png"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  @Order(1)
  void reportHasItsFields() {
    assertEquals(
        List.of(
            "schemaVersion",
            "recipe",
            "settings",
            "seed",
            "backend",
            "threads",
            "slices",
            "epochs",
            "testAccuracy",
            "millisecondsPerExample",
            "peakMemoryBytes",
            "compileSeconds",
            "startupSeconds",
            "dataSha256"),
        names(report));
    assertEquals(1, report.get("schemaVersion").asInt());
    assertEquals("latency-mnist", report.get("recipe").asText());
    assertEquals(1234, report.get("seed").asInt());
    assertEquals("jvm", report.get("backend").asText());
    assertEquals(2, report.get("threads").asInt());
    assertEquals(8, report.get("slices").asInt());
    assertEquals(48, report.get("settings").get("hidden").asInt());
    assertTrue(report.get("peakMemoryBytes").asLong() > 20_000_000);
    assertTrue(report.get("millisecondsPerExample").asDouble() > 0);
    assertTrue(report.get("compileSeconds").asDouble() > 0);
    assertTrue(report.get("startupSeconds").asDouble() > 0);
    assertTrue(report.get("dataSha256").asText().matches("[0-9a-f]{64}"));
  }

  @Test
  @Order(1)
  void reportHasEveryEpoch() {
    assertEquals(3, report.get("epochs").size());
    for (int epoch = 0; epoch < 3; epoch++) {
      JsonNode each = report.get("epochs").get(epoch);
      assertEquals(
          List.of(
              "epoch",
              "trainLoss",
              "trainAccuracy",
              "validationLoss",
              "validationAccuracy",
              "seconds",
              "cpuSeconds"),
          names(each));
      assertEquals(epoch, each.get("epoch").asInt());
      assertTrue(each.get("trainLoss").asDouble() > 0);
      assertTrue(each.get("validationAccuracy").isNumber());
    }
  }

  @Test
  @Order(2)
  void evaluateReachesTheAccuracyOfTheTraining() throws IOException {
    Path json = folder.resolve("evaluation.json");
    Session session =
        Session.run(
            "evaluate",
            "latency-mnist",
            "--checkpoint",
            checkpoints.toString(),
            "--data",
            data.toString(),
            "--report",
            json.toString());
    assertEquals("", session.err());
    JsonNode evaluation = new ObjectMapper().readTree(json.toFile());
    assertEquals(report.get("testAccuracy"), evaluation.get("testAccuracy"));
    assertEquals(report.get("dataSha256"), evaluation.get("dataSha256"));
    assertEquals(100, evaluation.get("examples").asInt());
  }

  @Test
  @Order(2)
  void predictWritesOneLineForEachExample() throws IOException {
    Session session =
        Session.run(
            "predict",
            "latency-mnist",
            "--checkpoint",
            checkpoints.resolve("epoch-0002.npz").toString(),
            "--data",
            data.toString());
    List<String> lines = session.out().lines().toList();
    assertEquals("index,label,score", lines.getFirst());
    assertEquals(1 + TinyMnist.TEST, lines.size());
    var test = IdxFolder.load(data).test();
    int right = 0;
    for (int example = 0; example < TinyMnist.TEST; example++) {
      String[] cells = lines.get(example + 1).split(",");
      assertEquals(3, cells.length);
      assertEquals(example, Integer.parseInt(cells[0]));
      assertTrue(Double.isFinite(Double.parseDouble(cells[2])));
      right += Integer.parseInt(cells[1]) == test.label(example) ? 1 : 0;
    }
    assertEquals(report.get("testAccuracy").asDouble(), right / 100.0, 1e-9);
  }

  @Test
  @Order(2)
  void predictWritesToAFile() throws IOException {
    Path csv = folder.resolve("answers.csv");
    Session session =
        Session.run(
            "predict",
            "latency-mnist",
            "--checkpoint",
            checkpoints.toString(),
            "--data",
            data.toString(),
            "--output",
            csv.toString());
    assertEquals("", session.out());
    assertEquals(1 + TinyMnist.TEST, Files.readAllLines(csv).size());
  }

  private static Session resume(String... more) {
    var words =
        new ArrayList<>(
            List.of(
                "train",
                "latency-mnist",
                "--epochs",
                "3",
                "--hidden",
                "48",
                "--validation",
                "0.1",
                "--data",
                data.toString(),
                "--checkpoint",
                checkpoints.toString()));
    words.addAll(List.of(more));
    return Session.run(words.toArray(String[]::new));
  }

  private static void assertRefused(String difference, Session session) {
    assertEquals(
        "mlgenn: checkpoint %s cannot be used here:\n  - %s\n"
            .formatted(checkpoints.resolve("epoch-0002.npz"), difference),
        session.err());
    assertEquals(ExitCode.FAILURE, session.exitCode());
  }

  @Test
  @Order(3)
  void resumeRefusesAnotherBatchSize() {
    assertRefused(
        "batch size: saved 16, now 32; compile with the saved one",
        resume("--resume", "--batch", "32", "--threads", "1"));
  }

  @Test
  @Order(3)
  void resumeRefusesOtherSlices() {
    assertRefused(
        "slices: saved 8, now 4; open with RuntimeSettings.slices as saved",
        resume("--resume", "--batch", "16", "--slices", "4"));
  }

  @Test
  @Order(3)
  void trainingDoesNotMixWithAnEarlierOneInItsFolder() {
    Session session = resume("--batch", "16");
    assertEquals(ExitCode.FAILURE, session.exitCode());
    assertTrue(session.err().contains("resume that one, or take another folder"), session.err());
  }

  @Test
  @Order(4)
  void resumeFromTheMiddleReachesTheSameWeightsWithOtherThreads() throws IOException {
    Path last = checkpoints.resolve("epoch-0002.npz");
    var before = org.mlgenn.train.checkpoints.Checkpoints.read(last);
    Files.delete(last);
    Session session = resume("--resume", "--batch", "16", "--threads", "1");
    assertEquals("", session.err());
    assertEquals(ExitCode.SUCCESS, session.exitCode());
    var after = org.mlgenn.train.checkpoints.Checkpoints.read(last);
    assertArrayEquals(
        before.variables().get("Conn_input_hidden-g").floats(),
        after.variables().get("Conn_input_hidden-g").floats());
  }
}
