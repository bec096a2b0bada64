package org.mlgenn.datasets;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads IDX files of unsigned bytes, plain or gzipped: the format of MNIST and its relatives.
///
/// ```
/// 0 0 8 rank   dimension (4 bytes, big-endian) × rank   values
/// ```
///
/// Memory grows with the bytes that arrive, not with what the header claims: at most 64 MiB are
/// taken before there is anything to fill them.
public final class IdxReader {
  private static final int MAGIC_BYTES = 0x0800;

  /// Taken at once; beyond it memory is doubled as bytes arrive.
  private static final int FIRST_ALLOCATION = 1 << 26;

  private final InputStream in;
  private final String name;

  private IdxReader(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  /// The content of a file.
  ///
  /// @param shape one number per dimension; images have `(images, rows, columns)`
  /// @param values row-major, unsigned; read only
  public record Content(int[] shape, byte[] values) {}

  /// Reads a file.
  ///
  /// @param rank number of dimensions that is expected: 3 for images, 1 for labels
  /// @throws IOException naming the file, what was found and what was expected
  public static Content read(Path file, int rank) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "no such file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), rank);
    }
  }

  /// Reads a stream to its end.
  ///
  /// @param name of the file, for error messages
  public static Content read(InputStream stream, String name, int rank) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(stream, 1 << 16);
    try {
      InputStream in = isGzip(buffered) ? new GZIPInputStream(buffered, 1 << 16) : buffered;
      return new IdxReader(in, name).read(rank);
    } catch (ZipException e) {
      throw new IOException("%s: broken gzip (%s)".formatted(name, e.getMessage()), e);
    } catch (EOFException e) {
      String reason = e.getMessage() == null ? "it ends within its header" : e.getMessage();
      throw new EOFException("%s: truncated gzip (%s)".formatted(name, reason));
    }
  }

  private static boolean isGzip(BufferedInputStream in) throws IOException {
    in.mark(2);
    byte[] start = in.readNBytes(2);
    in.reset();
    return start.length == 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
  }

  private Content read(int rank) throws IOException {
    byte[] magic = in.readNBytes(4);
    int found = magic.length == 4 ? ByteBuffer.wrap(magic).getInt() : -1;
    if (found != (MAGIC_BYTES | rank)) {
      String start = magic.length == 4 ? "%08x".formatted(found) : "less than 4 bytes";
      throw new IOException(
          "%s: not a %d-dimensional IDX file of bytes: starts with %s, expected %08x"
              .formatted(name, rank, start, MAGIC_BYTES | rank));
    }
    byte[] dimensions = in.readNBytes(4 * rank);
    if (dimensions.length < 4 * rank) {
      throw new IOException("%s: ends within the header".formatted(name));
    }
    int[] shape = new int[rank];
    ByteBuffer.wrap(dimensions).asIntBuffer().get(shape);
    return new Content(shape, values(shape));
  }

  private byte[] values(int[] shape) throws IOException {
    int expected = size(shape);
    byte[] values = new byte[Math.min(expected, FIRST_ALLOCATION)];
    int length = 0;
    while (true) {
      length += in.readNBytes(values, length, values.length - length);
      if (length < values.length) {
        throw new IOException(
            "%s: header declares %s values, but only %d bytes follow"
                .formatted(name, show(shape), length));
      }
      if (length == expected) {
        break;
      }
      values = Arrays.copyOf(values, (int) Math.min(expected, 2L * length));
    }
    if (in.read() >= 0) {
      throw new IOException(
          "%s: header declares %s values, but more bytes follow".formatted(name, show(shape)));
    }
    return values;
  }

  private int size(int[] shape) throws IOException {
    long limit = Math.min(Integer.MAX_VALUE - 8L, Runtime.getRuntime().maxMemory() / 2);
    long size = 1;
    for (int dimension : shape) {
      if (dimension < 0) {
        throw new IOException(
            "%s: header declares a dimension of %d, expected at most %d"
                .formatted(name, Integer.toUnsignedLong(dimension), Integer.MAX_VALUE));
      }
      size = Math.min(size, Long.MAX_VALUE >> 32) * dimension;
    }
    if (size > limit) {
      throw new IOException(
          "%s: header declares %s values, expected at most %d bytes"
              .formatted(name, show(shape), limit));
    }
    return (int) size;
  }

  private static String show(int[] shape) {
    StringBuilder text = new StringBuilder();
    for (int dimension : shape) {
      text.append(text.isEmpty() ? "" : " × ").append(dimension);
    }
    return text.toString();
  }
}
