package org.mlgenn.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  private static void assertUsage(String message, String... words) {
    Session session = Session.run(words);
    assertAll(
        () -> assertEquals("mlgenn: " + message + "\n", session.err()),
        () -> assertEquals(ExitCode.USAGE, session.exitCode()),
        () -> assertEquals("", session.out()));
  }

  @Test
  void exitCodesAreThoseOfShells() {
    assertEquals(0, ExitCode.SUCCESS.status());
    assertEquals(1, ExitCode.FAILURE.status());
    assertEquals(2, ExitCode.USAGE.status());
    assertEquals(130, ExitCode.INTERRUPTED.status());
  }

  @Test
  void unknownCommandNamesTheNearest() {
    assertUsage(
        "unknown command 'trian'; did you mean 'train'? There are: train, evaluate, predict,"
            + " simulate, list, info, run, bench, help",
        "trian");
  }

  @Test
  void unknownRecipeNamesTheNearest() {
    assertUsage(
        "unknown recipe 'latency-minst'; did you mean 'latency-mnist'?", "train", "latency-minst");
  }

  @Test
  void unknownBackendNamesTheNearest() {
    Session session = Session.run("train", "latency-mnist", "--backend", "jvn");
    assertEquals(ExitCode.USAGE, session.exitCode());
    assertTrue(
        session
            .err()
            .startsWith("mlgenn: option --backend: unknown back end 'jvn'; did you mean 'jvm'?"),
        session.err());
  }

  @Test
  void unknownOptionNamesTheNearest() {
    assertUsage(
        "unknown option '--lerning-rate'; did you mean '--learning-rate'?",
        "train",
        "latency-mnist",
        "--lerning-rate",
        "1");
  }

  @Test
  void unknownBenchmarkNamesTheNearest() {
    assertUsage(
        "unknown benchmark 'shd'; did you mean 'shd-eventprop'? There are: lif, sparse, dense,"
            + " cuba, shd-eventprop, latency-mnist",
        "bench",
        "shd");
  }

  @Test
  void recipeMustBeNamed() {
    assertUsage(
        "train what? Usage: mlgenn train RECIPE [OPTIONS]; recipes: latency-mnist", "train");
  }

  @Test
  void learningRateIsChecked() {
    assertUsage(
        "option --learning-rate: expected a positive number, got '0'",
        "train",
        "latency-mnist",
        "--learning-rate",
        "0");
  }

  @Test
  void resumeNeedsAFolder() {
    assertUsage(
        "--resume needs --checkpoint DIR: the folder to go on from",
        "train",
        "latency-mnist",
        "--resume");
  }

  @Test
  void evaluateNeedsACheckpoint() {
    assertUsage(
        "evaluate needs --checkpoint PATH: a folder, or a file in it", "evaluate", "latency-mnist");
  }

  @Test
  void plainTrainsWithoutShifts() {
    assertUsage(
        "--plain trains without shifts; leave out --shift",
        "train",
        "latency-mnist",
        "--plain",
        "--shift",
        "2");
  }

  @Test
  void missingCheckpointIsAFailure() {
    Session session = Session.run("evaluate", "latency-mnist", "--checkpoint", "no-such-folder");
    assertEquals(
        "mlgenn: no-such-folder: no such checkpoint, neither a file nor a folder\n", session.err());
    assertEquals(ExitCode.FAILURE, session.exitCode());
  }

  @Test
  void missingDataIsAFailure() {
    Session session = Session.run("train", "latency-mnist", "--data", "no-such-folder");
    assertEquals(
        "mlgenn: no-such-folder: no such folder, expected a folder with IDX files\n",
        session.err());
    assertEquals(ExitCode.FAILURE, session.exitCode());
  }

  @Test
  void reportThatCannotBeWrittenIsToldBeforeTraining() {
    Session session = Session.run("train", "latency-mnist", "--report", "/");
    assertEquals("mlgenn: option --report: /: cannot be written: it is a folder\n", session.err());
    assertEquals(ExitCode.FAILURE, session.exitCode());
  }

  @ParameterizedTest
  @CsvSource({"train, latency-mnist, checkpoint", "simulate, microcircuit, output"})
  void aFolderThatCannotBeMadeIsToldBeforeTheWork(
      String command, String what, String option, @TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Session session = Session.run(command, what, "--" + option, file.toString());
    assertEquals("mlgenn: option --%s: %s: is no folder\n".formatted(option, file), session.err());
    assertEquals(ExitCode.FAILURE, session.exitCode());
  }

  @Test
  void outputFileThatIsAFolderIsToldBeforeTheNetworkIsRead() {
    Session session =
        Session.run("predict", "latency-mnist", "--checkpoint", "none", "--output", "/");
    assertEquals("mlgenn: option --output: /: cannot be written: it is a folder\n", session.err());
    assertEquals(ExitCode.FAILURE, session.exitCode());
  }

  @ParameterizedTest
  @CsvSource({"bench, lif", "simulate, microcircuit", "train, latency-mnist"})
  void tooManyThreadsAreWrongUsage(String command, String what) {
    assertUsage(
        "option --threads: expected a whole number from 0 to 1024, got '100000'",
        command,
        what,
        "--threads",
        "100000");
  }

  @Test
  void optionsOfANetworkCanBeGivenOnce() {
    assertUsage(
        "option --scale is given more than once, with '0.1', '0.2'; give it once",
        "simulate",
        "microcircuit",
        "--scale",
        "0.1",
        "--scale=0.2");
  }

  @Test
  void debugShowsWhereAnErrorComesFrom() {
    Session session = Session.run("evaluate", "latency-mnist", "--debug");
    System.clearProperty(LogConfiguration.LEVEL);
    assertTrue(session.err().contains("\tat org.mlgenn.cli."), session.err());
    assertEquals(ExitCode.USAGE, session.exitCode());
  }

  @ParameterizedTest
  @CsvSource({
    "help, mlgenn train RECIPE",
    "--help, mlgenn train RECIPE",
    "list, latency-mnist",
    "list, shd-eventprop",
    "list, --learning-rate R",
    "info, kernel cache",
    "info, jvm",
    "info, cores"
  })
  void commandsWithoutArgumentsSucceed(String command, String expected) {
    Session session = Session.run(command);
    assertTrue(session.out().contains(expected), session.out());
    assertEquals(ExitCode.SUCCESS, session.exitCode());
  }

  @Test
  void nothingAtAllShowsHelp() {
    assertEquals(Session.run("help"), Session.run());
  }

  @ParameterizedTest
  @CsvSource({"train", "evaluate", "predict"})
  void helpOfARecipeShowsAllOptions(String command) {
    Session session = Session.run("help", command, "latency-mnist");
    assertTrue(session.out().contains("--hidden N"), session.out());
    assertTrue(session.out().contains("--checkpoint"), session.out());
    assertEquals(session, Session.run(command, "latency-mnist", "--help"));
  }

  @Test
  void internalErrorsShowWhereTheyComeFrom() {
    var err = new ByteArrayOutputStream();
    var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    ExitCode exitCode =
        Failure.report(new IllegalStateException("broken"), false, new Console(stream, stream));
    String text = err.toString(StandardCharsets.UTF_8);
    assertTrue(
        text.startsWith(
            "mlgenn: internal error, which should be reported with what follows:\n"
                + "java.lang.IllegalStateException: broken\n\tat "),
        text);
    assertEquals(ExitCode.FAILURE, exitCode);
  }

  @Test
  void userMistakesShowOnlyTheirMessage() {
    var err = new ByteArrayOutputStream();
    var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Failure.report(new IOException("disk full: /checkpoints"), false, new Console(stream, stream));
    assertEquals("mlgenn: disk full: /checkpoints\n", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void runWantsASourceFile() {
    assertUsage(
        "run: expected a Java source file such as MyNetwork.java, got 'MyNetwork'",
        "run",
        "MyNetwork");
    Session session = Session.run("run", "NoSuchFile.java", "--debug");
    assertEquals("mlgenn: NoSuchFile.java: no such file\n", session.err());
    assertEquals(ExitCode.FAILURE, session.exitCode());
  }
}
