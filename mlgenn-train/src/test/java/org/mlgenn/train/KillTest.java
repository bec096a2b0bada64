package org.mlgenn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlgenn.serialisers.Npz;

@Feature("CBK-09")
class KillTest {
  private static final int KILLS = 4;
  private static final int MOST_BATCHES = 9;
  private static final int MOST_MICROS = 5_000;

  @TempDir private Path folder;

  @Test
  void trainingKilledAtRandomMomentsEndsAsIfItHadNotBeen()
      throws IOException, InterruptedException {
    Path result = folder.resolve("result.npz");
    var random = new Random(11);
    int kills = 0;
    while (!Files.exists(result)) {
      boolean kill = kills < KILLS;
      if (run(result, kill ? 1 + random.nextInt(MOST_BATCHES) : Integer.MAX_VALUE, random)) {
        kills++;
      } else {
        assertTrue(Files.exists(result), "the process ended without a result");
      }
    }
    assertEquals(KILLS, kills);
    try (Trainer trainer = Toy.trainer(KilledTraining.BATCH)) {
      trainer.train(
          KilledTraining.DATA,
          KilledTraining.EPOCHS,
          KilledTraining.callbacks(folder.resolve("reference")));
      assertEquals(Toy.state(trainer), Npz.read(result));
    }
  }

  /// @return whether the process was killed
  private boolean run(Path result, int batches, Random random)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledTraining.class.getName(),
                folder.resolve("checkpoints").toString(),
                result.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      for (int line = 0; line < batches; line++) {
        if (lines.readLine() == null) {
          assertEquals(0, process.waitFor());
          return false;
        }
      }
      // any moment of the batch or of the checkpoint after it
      long until = System.nanoTime() + 1000L * random.nextInt(MOST_MICROS);
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      process.destroyForcibly().waitFor();
      return true;
    }
  }
}
