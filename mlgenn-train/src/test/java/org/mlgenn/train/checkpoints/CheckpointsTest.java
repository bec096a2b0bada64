package org.mlgenn.train.checkpoints;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlgenn.serialisers.Npz;
import org.mlgenn.serialisers.NumpyArray;

@Feature("CBK-09")
class CheckpointsTest {
  @TempDir private Path folder;

  static TrainingState state(int epoch, int batch) {
    return new TrainingState(
        new TrainingIdentity("network", "training", 8, 4, -7L, "seed 7", "data"),
        new TrainingPosition(epoch, batch, 123, 20),
        Map.of("Conn_a_b-g", NumpyArray.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3)),
        Map.of("Conn_a_b-g-M", NumpyArray.of(new float[6], 2, 3)),
        Map.of("Conn_a_b-g", 0.01),
        Map.of("(loss)", new double[] {1.5, 8}),
        Map.of("EarlyStopping-0-best", Double.POSITIVE_INFINITY),
        Map.of("epoch", new double[] {0, 1}));
  }

  private static void assertSame(TrainingState expected, TrainingState found) {
    assertEquals(expected.identity(), found.identity());
    assertEquals(expected.position(), found.position());
    assertEquals(expected.variables(), found.variables());
    assertEquals(expected.optimiser(), found.optimiser());
    assertEquals(expected.learningRates(), found.learningRates());
    assertEquals(expected.callbacks(), found.callbacks());
    assertArrayEquals(expected.sums().get("(loss)"), found.sums().get("(loss)"));
    assertArrayEquals(expected.history().get("epoch"), found.history().get("epoch"));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = folder.resolve("a.npz");
    TrainingState state = state(3, 5);
    Checkpoints.write(file, state);
    assertSame(state, Checkpoints.read(file));
  }

  @Test
  void arraysHaveNamesForPeople() throws IOException {
    Path file = folder.resolve("a.npz");
    Checkpoints.write(file, state(3, 5));
    try (Npz archive = Npz.open(file)) {
      assertTrue(
          archive
              .names()
              .containsAll(
                  List.of(
                      "formatVersion",
                      "network",
                      "batchSize",
                      "slices",
                      "epoch",
                      "batch",
                      "step",
                      "variable/Conn_a_b-g",
                      "optimiser/Conn_a_b-g-M")));
      assertArrayEquals(new int[] {2, 3}, archive.get("variable/Conn_a_b-g").shape());
    }
  }

  @Test
  void filesAreNamedByWhatIsDone() {
    assertEquals("epoch-0009.npz", Checkpoints.fileName(new TrainingPosition(10, 0, 0, 0)));
    assertEquals(
        "epoch-0009-batch-00120.npz", Checkpoints.fileName(new TrainingPosition(9, 120, 0, 0)));
  }

  @Test
  void latestIsTheOneThatGotFurthest() throws IOException {
    assertEquals(Optional.empty(), Checkpoints.latest(folder));
    assertEquals(Optional.empty(), Checkpoints.latest(folder.resolve("missing")));
    for (String name :
        List.of(
            "epoch-0009.npz",
            "epoch-0010-batch-00003.npz",
            "epoch-0010-batch-00020.npz",
            "epoch-0002.npz",
            "best.npz",
            "epoch-0099.npz.tmp",
            "notes.txt")) {
      Files.createFile(folder.resolve(name));
    }
    assertEquals(
        Optional.of(folder.resolve("epoch-0010-batch-00020.npz")), Checkpoints.latest(folder));
    Files.createFile(folder.resolve("epoch-0010.npz"));
    assertEquals(Optional.of(folder.resolve("epoch-0010.npz")), Checkpoints.latest(folder));
    Files.createFile(folder.resolve("epoch-10000.npz"));
    assertEquals(Optional.of(folder.resolve("epoch-10000.npz")), Checkpoints.latest(folder));
  }

  @Test
  void anotherArchiveIsNoCheckpoint() throws IOException {
    Path file = folder.resolve("a.npz");
    Npz.write(file, Map.of("weights", NumpyArray.scalar(1)));
    assertEquals(
        "%s: not a checkpoint: it has no array 'formatVersion', only [weights]".formatted(file),
        assertThrows(IOException.class, () -> Checkpoints.read(file)).getMessage());
  }

  @Test
  void laterFormatIsRefused() throws IOException {
    Path file = folder.resolve("a.npz");
    Npz.write(file, Map.of("formatVersion", NumpyArray.scalar(2)));
    assertEquals(
        "%s: checkpoint of format version 2, expected 1".formatted(file),
        assertThrows(IOException.class, () -> Checkpoints.read(file)).getMessage());
  }

  @Test
  void missingArrayIsNamed() throws IOException {
    Path file = folder.resolve("a.npz");
    Npz.write(file, Map.of("formatVersion", NumpyArray.scalar(1)));
    assertEquals(
        "%s: damaged checkpoint: array 'sha256' is missing".formatted(file),
        assertThrows(IOException.class, () -> Checkpoints.read(file)).getMessage());
  }

  @Test
  void anyTruncationIsNoticedAndLeftAsItIs() throws IOException {
    Path file = folder.resolve("a.npz");
    Checkpoints.write(file, state(3, 5));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 1 + whole.length / 97) {
      byte[] truncated = Arrays.copyOf(whole, length);
      Files.write(file, truncated);
      var failure = assertThrows(IOException.class, () -> Checkpoints.read(file));
      assertTrue(failure.getMessage().startsWith(file + ": "), failure.getMessage());
      assertArrayEquals(truncated, Files.readAllBytes(file));
    }
  }

  /// A changed byte is an error that names the file, or it is of no importance: never anything else
  /// than what was written.
  @Test
  void anyChangedByteIsNoticedOrDoesNotMatter() throws IOException {
    Path file = folder.resolve("a.npz");
    TrainingState state = state(3, 5);
    Checkpoints.write(file, state);
    byte[] whole = Files.readAllBytes(file);
    var random = new Random(5);
    int noticed = 0;
    for (int trial = 0; trial < 400; trial++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      try {
        assertSame(state, Checkpoints.read(file));
      } catch (IOException e) {
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
        noticed++;
      }
    }
    assertTrue(noticed > 200, noticed + " of 400");
  }

  @Test
  void differencesAreNamed() {
    TrainingIdentity saved = state(0, 0).identity();
    assertEquals(List.of(), saved.differences(saved));
    assertEquals(
        List.of(
            "batch size: saved 8, now 16; compile with the saved one",
            "seed: saved -7, now 1; compile with the saved one"),
        saved.differences(new TrainingIdentity("network", "training", 16, 4, 1, "seed 7", "data")));
  }
}
