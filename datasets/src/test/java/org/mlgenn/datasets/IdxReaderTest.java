package org.mlgenn.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxReaderTest {
  private static final byte[] IMAGES = idx(new int[] {2, 1, 3}, 0, 1, 2, 253, 254, 255);

  @TempDir private Path folder;

  @Test
  void readsPlainAndGzippedFiles() throws IOException {
    for (byte[] bytes : new byte[][] {IMAGES, gzip(IMAGES)}) {
      Path file = Files.write(folder.resolve("images"), bytes);
      IdxReader.Content content = IdxReader.read(file, 3);

      assertArrayEquals(new int[] {2, 1, 3}, content.shape());
      assertArrayEquals(new byte[] {0, 1, 2, -3, -2, -1}, content.values());
    }
  }

  @Test
  void missingFileIsReported() {
    Path file = folder.resolve("none");

    assertFails(file + ": no such file", () -> IdxReader.read(file, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0  | x: not a 3-dimensional IDX file of bytes: starts with less than 4 bytes, expected"
            + " 00000803",
        "3  | x: not a 3-dimensional IDX file of bytes: starts with less than 4 bytes, expected"
            + " 00000803",
        "10 | x: ends within the header",
        "16 | x: header declares 2 × 1 × 3 values, but only 0 bytes follow",
        "21 | x: header declares 2 × 1 × 3 values, but only 5 bytes follow",
        "23 | x: header declares 2 × 1 × 3 values, but more bytes follow",
      })
  void wrongLengthIsReported(int length, String message) throws IOException {
    byte[] bytes = Arrays.copyOf(IMAGES, length);

    assertFails(message, () -> read(bytes, 3));
    byte[] packed = gzip(bytes);
    assertFails(message, () -> read(packed, 3));
  }

  @Test
  void wrongMagicIsReported() {
    assertFails(
        "x: not a 1-dimensional IDX file of bytes: starts with 00000803, expected 00000801",
        () -> read(IMAGES, 1));
    assertFails(
        "x: not a 3-dimensional IDX file of bytes: starts with 00000d03, expected 00000803",
        () -> read(new byte[] {0, 0, 0x0d, 3, 0, 0, 0, 1}, 3));
  }

  @Test
  void truncatedGzipIsReported() throws IOException {
    byte[] packed = gzip(IMAGES);

    assertFails(
        "x: truncated gzip (Unexpected end of ZLIB input stream)",
        () -> read(Arrays.copyOf(packed, packed.length - 12), 3));
    assertFails(
        "x: truncated gzip (it ends within its header)", () -> read(Arrays.copyOf(packed, 5), 3));
  }

  @Test
  void brokenGzipIsReported() throws IOException {
    byte[] wrongChecksum = gzip(IMAGES);
    wrongChecksum[wrongChecksum.length - 6] ^= 1;
    byte[] wrongBlock = gzip(IMAGES);
    wrongBlock[10] = 7;

    assertFails("x: broken gzip (Corrupt GZIP trailer)", () -> read(wrongChecksum, 3));
    assertFails("x: broken gzip (invalid block type)", () -> read(wrongBlock, 3));
  }

  /// A file of 22 bytes that claims as much as fits into the limit must not take that memory.
  @Test
  void headerThatLiesAboutItsSizeTakesLittleMemory() {
    int claimed = (int) Math.min(1 << 30, Runtime.getRuntime().maxMemory() / 2);
    byte[] bytes = idx(new int[] {claimed, 1, 1}, 1, 2, 3, 4, 5, 6);

    assertFails(
        "x: header declares %d × 1 × 1 values, but only 6 bytes follow".formatted(claimed),
        () -> read(bytes, 3));
  }

  @Test
  void headerBeyondAnyMemoryIsReported() {
    var failure =
        assertThrows(
            IOException.class,
            () -> read(idx(new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE, 65536}), 3));
    assertTrue(
        failure
            .getMessage()
            .matches(
                "x: header declares 2147483647 × 2147483647 × 65536 values, expected at most"
                    + " [0-9]+ bytes"),
        failure.getMessage());
    assertFails(
        "x: header declares a dimension of 4294967295, expected at most 2147483647",
        () -> read(idx(new int[] {-1, 28, 28}), 3));
  }

  private static IdxReader.Content read(byte[] bytes, int rank) throws IOException {
    return IdxReader.read(new ByteArrayInputStream(bytes), "x", rank);
  }

  static byte[] idx(int[] shape, int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * shape.length + values.length);
    buffer.putInt(0x0800 | shape.length);
    for (int dimension : shape) {
      buffer.putInt(dimension);
    }
    for (int value : values) {
      buffer.put((byte) value);
    }
    return buffer.array();
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  static void assertFails(String message, Executable action) {
    assertEquals(message, assertThrows(IOException.class, action).getMessage());
  }
}
