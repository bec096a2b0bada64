package org.mlgenn.serialisers;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads and writes `.npy` files, NumPy's format for one array.
///
/// Read are format versions 1 to 3, both byte orders, C and Fortran order and the types of
/// [NumpyType]; written is version 1, little-endian, C order. Whatever a file claims, no more
/// memory is taken than the bytes it has account for, and at most half of the heap.
///
/// ```java
/// Numpy.write(Path.of("weights.npy"), NumpyArray.of(weights, 784, 128));
/// float[] weights = Numpy.read(Path.of("weights.npy")).floats();
/// ```
///
/// @see Npz
public final class Numpy {
  private Numpy() {}

  /// Memory that the values of one array may take (bytes).
  static long limit() {
    return Runtime.getRuntime().maxMemory() / 2;
  }

  /// Reads a file.
  ///
  /// @throws IOException naming the file, what was found and what was expected
  public static NumpyArray read(Path file) throws IOException {
    requireFile(file);
    long bytes = Files.size(file);
    try (var in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(in, bytes, limit(), file.toString());
    }
  }

  /// Reads the bytes of a file, from a resource for example.
  ///
  /// @param name of the file, for error messages
  public static NumpyArray read(byte[] bytes, String name) throws IOException {
    return read(new ByteArrayInputStream(bytes), bytes.length, limit(), name);
  }

  /// @param bytes length of the whole array with its header
  static NumpyArray read(InputStream in, long bytes, long limit, String where) throws IOException {
    NumpyHeader header = NumpyHeader.read(in, where);
    return NumpyValues.read(in, header, bytes - header.size(), limit, where);
  }

  /// Writes a file, replacing one of that name once it is complete.
  public static void write(Path file, NumpyArray array) throws IOException {
    AtomicFile.write(file, out -> write(out, array));
  }

  /// Writes what a file holds.
  public static void write(OutputStream out, NumpyArray array) throws IOException {
    NumpyHeader header = NumpyHeader.of(array);
    out.write(header.encode());
    NumpyValues.write(out, array, header);
  }

  static void requireFile(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("%s: is a folder, expected a file".formatted(file));
    }
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "no such file");
    }
  }
}
