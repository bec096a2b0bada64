package org.mlgenn.serialisers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mlgenn.serialisers.NumpyTest.assertFails;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.genn.feature.Feature;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlgenn.data.SplitMix64;

@Feature("SER-01")
class NpzTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("state.npz");
  }

  @Test
  void readsWhatNumpyStored() throws IOException {
    Files.write(file, NumpyTest.bytes("stored.npz"));
    try (Npz archive = Npz.open(file)) {
      assertEquals(List.of("w", "epoch"), archive.names());
      assertEquals(3, archive.get("epoch").integer());
      assertEquals(NumpyArray.of(new float[] {0, 1, 2, 3}, 2, 2), archive.get("w"));
      assertEquals("Npz[%s, arrays=[w, epoch]]".formatted(file), archive.toString());
    }
  }

  @Test
  void readsWhatNumpyCompressed() throws IOException {
    Files.write(file, NumpyTest.bytes("deflated.npz"));

    SequencedMap<String, NumpyArray> arrays = Npz.read(file);

    assertEquals(NumpyArray.of(new float[1000], 100, 10), arrays.get("w"));
    assertEquals("adam", arrays.get("name").string());
  }

  @Test
  void readsWhatItWrites() throws IOException {
    SequencedMap<String, NumpyArray> arrays = new LinkedHashMap<>();
    arrays.put("input→hidden/g", NumpyArray.of(new float[50_000], 500, 100));
    arrays.put("name", NumpyArray.scalar("latency-mnist"));

    Npz.write(file, arrays);
    assertEquals(arrays, Npz.read(file));
    assertTrue(Files.size(file) > 200_000);

    Npz.writeCompressed(file, arrays);
    assertEquals(arrays, Npz.read(file));
    assertTrue(Files.size(file) < 2_000);
  }

  @Test
  void sameArraysGiveTheSameBytes() throws IOException {
    Map<String, NumpyArray> arrays = Map.of("a", NumpyArray.of(new int[] {1, 2}));
    Npz.write(file, arrays);
    byte[] first = Files.readAllBytes(file);
    Npz.write(file, arrays);

    assertArrayEquals(first, Files.readAllBytes(file));
  }

  @Test
  void missingArrayIsReported() throws IOException {
    Npz.write(file, Map.of("a", NumpyArray.scalar(1)));
    try (Npz archive = Npz.open(file)) {
      assertFalse(archive.contains("b"));
      assertFails(file + ": no array 'b', available: [a]", () -> archive.get("b"));
    }
  }

  @Test
  void missingFileIsReported() {
    assertFails(file + ": no such file", () -> Npz.open(file));
  }

  @Test
  void truncatedArchiveIsReported() throws IOException {
    Npz.write(file, Map.of("a", NumpyArray.of(new float[1000])));
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 10, 2000, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      var failure = assertThrows(IOException.class, () -> Npz.open(file));

      String message = failure.getMessage();
      assertTrue(message.startsWith(file + ": not an .npz archive, or a truncated one ("), message);
      assertTrue(message.endsWith("; %d bytes)".formatted(length)), message);
    }
  }

  @Test
  void changedByteIsReported() throws IOException {
    Npz.write(file, Map.of("a", NumpyArray.of(new float[1000])));
    byte[] bytes = Files.readAllBytes(file);
    bytes[2000] ^= 1;
    Files.write(file, bytes);

    try (Npz archive = Npz.open(file)) {
      var failure = assertThrows(IOException.class, () -> archive.get("a"));
      assertTrue(
          failure
              .getMessage()
              .matches(
                  "\\Q%s\\E, array 'a': damaged \\(checksum [0-9a-f]{8}, expected [0-9a-f]{8}\\)"
                      .formatted(file)),
          failure.getMessage());
    }
  }

  @Test
  void brokenCompressionIsReported() throws IOException {
    Npz.writeCompressed(file, Map.of("a", NumpyArray.of(new float[1000])));
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 40, 60, (byte) 0xFF);
    Files.write(file, bytes);

    try (Npz archive = Npz.open(file)) {
      var failure = assertThrows(IOException.class, () -> archive.get("a"));
      assertTrue(
          failure.getMessage().startsWith(file + ", array 'a': damaged ("), failure.getMessage());
    }
  }

  @Test
  void entryThatIsNoArrayIsReported() throws IOException {
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("notes.txt"));
      zip.write("see the paper".getBytes(StandardCharsets.UTF_8));
    }
    try (Npz archive = Npz.open(file)) {
      assertEquals(List.of("notes.txt"), archive.names());
      assertFails(
          file
              + ", array 'notes.txt': not a NumPy array: starts with '73 65 65 20 74 68 65 20',"
              + " expected '93 4e 55 4d 50 59' (\\x93NUMPY)",
          () -> archive.get("notes.txt"));
    }
  }

  /// A small file whose table of contents claims an entry of 4 GB.
  @Test
  void claimBeyondWhatTheFileCanHoldIsReported() throws IOException {
    Npz.writeCompressed(file, Map.of("a", NumpyArray.of(new float[1000])));
    byte[] bytes = Files.readAllBytes(file);
    int central = indexOf(bytes, new byte[] {'P', 'K', 1, 2});
    Arrays.fill(bytes, central + 24, central + 28, (byte) 0xF0);
    Files.write(file, bytes);

    try (Npz archive = Npz.open(file)) {
      assertFails(
          "%s, array 'a': claims 4042322160 bytes packed into %d, more than a file of %d bytes can"
                  .formatted(file, packed(bytes, central), bytes.length)
              + " hold",
          () -> archive.get("a"));
    }
  }

  /// Whatever happens to a file, reading it ends in an array or in an [IOException].
  @Test
  void damagedArchivesAreReportedAsInputErrors() throws IOException {
    SplitMix64 random = new SplitMix64(11);
    byte[] whole = NumpyTest.bytes("deflated.npz");
    int intact = 0;
    for (int trial = 0; trial < 1000; trial++) {
      byte[] bytes = Arrays.copyOf(whole, whole.length - (trial % 4 == 0 ? random.nextInt(40) : 0));
      for (int change = 0; change <= trial % 3; change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, bytes);
      try {
        Npz.read(file);
        intact++;
      } catch (IOException e) {
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
      }
    }
    assertTrue(intact < 600, intact + " of 1000 damaged archives were read");
  }

  private static int packed(byte[] bytes, int central) {
    return (bytes[central + 20] & 0xFF) | (bytes[central + 21] & 0xFF) << 8;
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int index = 0; ; index++) {
      if (Arrays.equals(bytes, index, index + wanted.length, wanted, 0, wanted.length)) {
        return index;
      }
    }
  }
}
