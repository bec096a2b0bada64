package org.mlgenn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlgenn.train.callbacks.Checkpoint;
import org.mlgenn.train.checkpoints.Checkpoints;

/// A process that may not write files of more than 2 KiB stands for a full disk.
class DiskFullTest {
  @TempDir private Path folder;

  @Test
  void olderCheckpointStaysAndNoPartOfANewOneIsLeft() throws IOException, InterruptedException {
    Path shell = Path.of("/bin/sh");
    assumeTrue(Files.isExecutable(shell), "needs a shell that can limit the size of files");
    Path checkpoints = folder.resolve("checkpoints");
    try (Trainer trainer = Toy.trainer(KilledTraining.BATCH)) {
      trainer.train(
          KilledTraining.DATA,
          KilledTraining.EPOCHS,
          KilledTraining.callbacks(checkpoints)[0],
          new Checkpoint(checkpoints),
          new TrainingCallback() {
            @Override
            public void onBatchEnd(Progress progress) {
              trainer.requestStop();
            }
          });
    }
    Path older = Checkpoints.latest(checkpoints).orElseThrow();
    byte[] before = Files.readAllBytes(older);
    assertTrue(before.length > 2048);

    Process process =
        new ProcessBuilder(
                shell.toString(),
                "-c",
                "ulimit -f 4; exec \"$@\"",
                "sh",
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                KilledTraining.class.getName(),
                checkpoints.toString(),
                folder.resolve("result.npz").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertNotEquals(0, process.waitFor());
    assertTrue(
        output.contains(
            "callback Checkpoint failed in onSavePoint, epoch 0, batch 2: "
                + checkpoints.resolve("epoch-0000-batch-00002.npz")
                + ": cannot be written: "),
        output);
    try (var files = Files.list(checkpoints)) {
      assertEquals(List.of(older), files.toList());
    }
    assertArrayEquals(before, Files.readAllBytes(older));
  }
}
