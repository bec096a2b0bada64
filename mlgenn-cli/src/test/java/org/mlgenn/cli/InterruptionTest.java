package org.mlgenn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mlgenn.train.checkpoints.Checkpoints;

/// Ctrl-C, in a process of its own.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are sent with kill")
class InterruptionTest {
  private static final String ENDLESS = "100000";
  private static final int SIGINT = 2;

  @TempDir Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void interruptEndsWithTheBatchAndSaves() throws IOException, InterruptedException {
    assumeFalse(
        isInterruptIgnored(),
        "SIGINT is ignored here, as in jobs that a shell runs in the background; so it is by every"
            + " process that is started from here");
    Path data = TinyMnist.write(folder.resolve("data"));
    Path checkpoints = folder.resolve("checkpoints");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dmlgenn.cache=" + folder.resolve("kernels"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "train",
                "latency-mnist",
                "--epochs",
                ENDLESS,
                "--hidden",
                "8",
                "--threads",
                "1",
                "--data",
                data.toString(),
                "--checkpoint",
                checkpoints.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      awaitEpoch(lines);
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      String rest = String.join("\n", lines.lines().toList());
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertTrue(rest.contains("mlgenn: stopping after the present batch"), rest);
      assertTrue(rest.contains("go on with --resume"), rest);
    } finally {
      process.destroyForcibly();
    }
    assertEquals(ExitCode.INTERRUPTED.status(), process.exitValue());
    assertTrue(Checkpoints.read(Checkpoints.resolve(checkpoints)).position().step() > 0);
  }

  /// What the command says from the interrupt on, which is sent once a line begins like this.
  private String interrupted(String first) throws IOException, InterruptedException {
    assumeFalse(isInterruptIgnored(), "SIGINT is ignored here");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Dmlgenn.cache=" + folder.resolve("kernels"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "simulate",
                "microcircuit",
                "--scale",
                "0.02",
                "--time",
                "1e9",
                "--backend",
                "jvm",
                "--threads",
                "1",
                "--output",
                folder.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.startsWith(first)) {
        line = lines.readLine();
      }
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      String rest = String.join("\n", lines.lines().toList());
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(ExitCode.INTERRUPTED.status(), process.exitValue());
      return rest;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void interruptEndsASimulationWithItsResultSoFar() throws IOException, InterruptedException {
    String rest = interrupted("simulating: ");
    assertTrue(rest.contains("mlgenn: stopping after the present step"), rest);
    assertTrue(rest.contains("stopped after "), rest);
    assertTrue(rest.contains("L2/3 E"), rest);
    assertTrue(Files.exists(folder.resolve("microcircuit.png")));
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void interruptEndsTheConstructionOfANetwork() throws IOException, InterruptedException {
    String rest = interrupted("microcircuit: ");
    assertTrue(rest.contains("stopped while the network was built: nothing was simulated"), rest);
  }

  /// Signals that a process ignores are ignored by its children.
  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("SigIgn:")) {
        long ignored = Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16);
        return (ignored & 1 << (SIGINT - 1)) != 0;
      }
    }
    return false;
  }

  private static void awaitEpoch(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("epoch 0")) {
        return;
      }
    }
    throw new IOException("the training ended before its first epoch");
  }
}
