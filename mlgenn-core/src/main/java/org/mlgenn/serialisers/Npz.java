package org.mlgenn.serialisers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// An `.npz` archive: named arrays in one file. Opening reads the table of contents only, each
/// array is read when it is asked for.
///
/// ```java
/// Npz.write(file, Map.of("weights", NumpyArray.of(weights), "epoch", NumpyArray.scalar(3)));
/// try (Npz archive = Npz.open(file)) {
///   float[] weights = archive.get("weights").floats();
/// }
/// ```
///
/// The same arrays give the same bytes: entries carry a fixed date. An archive of 4 GiB or more is
/// refused.
public final class Npz implements AutoCloseable {
  private static final String SUFFIX = ".npy";

  /// No deflated stream is smaller than its content by more than this factor.
  private static final long MAX_DEFLATION = 1032;

  private static final long MAX_BYTES = (1L << 32) - (1L << 20);
  private static final LocalDateTime ENTRY_DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Path file;
  private final ZipFile zip;
  private final SequencedMap<String, ZipEntry> entries;

  private Npz(Path file, ZipFile zip, SequencedMap<String, ZipEntry> entries) {
    this.file = file;
    this.zip = zip;
    this.entries = entries;
  }

  /// Opens an archive.
  ///
  /// @throws IOException if there is none, or it is truncated or not an archive
  public static Npz open(Path file) throws IOException {
    Numpy.requireFile(file);
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          "%s: not an .npz archive, or a truncated one (%s; %d bytes)"
              .formatted(file, e.getMessage(), Files.size(file)),
          e);
    }
    try {
      return new Npz(file, zip, entries(zip));
    } catch (RuntimeException e) {
      zip.close();
      throw new IOException(
          "%s: damaged table of contents (%s)".formatted(file, e.getMessage()), e);
    }
  }

  private static SequencedMap<String, ZipEntry> entries(ZipFile zip) {
    SequencedMap<String, ZipEntry> entries = new LinkedHashMap<>();
    zip.stream()
        .forEach(
            entry -> {
              String name = entry.getName();
              boolean array = name.endsWith(SUFFIX);
              entries.put(array ? name.substring(0, name.length() - SUFFIX.length()) : name, entry);
            });
    return entries;
  }

  /// Reads all arrays of an archive.
  public static SequencedMap<String, NumpyArray> read(Path file) throws IOException {
    try (Npz archive = open(file)) {
      SequencedMap<String, NumpyArray> arrays = new LinkedHashMap<>();
      for (String name : archive.names()) {
        arrays.put(name, archive.get(name));
      }
      return Collections.unmodifiableSequencedMap(arrays);
    }
  }

  /// The names of the arrays, in the order of the file.
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  public boolean contains(String name) {
    return entries.containsKey(name);
  }

  /// Reads an array.
  ///
  /// @throws IOException naming file and array if it is missing or damaged
  public NumpyArray get(String name) throws IOException {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw new IOException(
          "%s: no array '%s', available: %s".formatted(file, name, entries.keySet()));
    }
    String where = "%s, array '%s'".formatted(file, name);
    checkSize(entry, where);
    CRC32 checksum = new CRC32();
    NumpyArray array;
    try (InputStream raw = zip.getInputStream(entry);
        InputStream in = new BufferedInputStream(new CheckedInputStream(raw, checksum))) {
      array = Numpy.read(in, entry.getSize(), Numpy.limit(), where);
      in.read(); // a further byte, which should not be there, spoils the checksum
    } catch (IOException e) {
      boolean named = e.getMessage() != null && e.getMessage().startsWith(where);
      throw named ? e : new IOException("%s: damaged (%s)".formatted(where, e.getMessage()), e);
    }
    if (checksum.getValue() != entry.getCrc()) {
      throw new IOException(
          "%s: damaged (checksum %08x, expected %08x)"
              .formatted(where, checksum.getValue(), entry.getCrc()));
    }
    return array;
  }

  private void checkSize(ZipEntry entry, String where) throws IOException {
    long size = entry.getSize();
    long packed = entry.getCompressedSize();
    boolean stored = entry.getMethod() == ZipEntry.STORED;
    if (packed > Files.size(file) || size > (stored ? packed : packed * MAX_DEFLATION)) {
      throw new IOException(
          "%s: claims %d bytes packed into %d, more than a file of %d bytes can hold"
              .formatted(where, size, packed, Files.size(file)));
    }
  }

  /// Writes an archive without compression (as `numpy.savez` does), replacing one of that name once
  /// it is complete.
  public static void write(Path file, Map<String, NumpyArray> arrays) throws IOException {
    write(file, arrays, ZipEntry.STORED);
  }

  /// Writes a compressed archive, as `numpy.savez_compressed` does.
  public static void writeCompressed(Path file, Map<String, NumpyArray> arrays) throws IOException {
    write(file, arrays, ZipEntry.DEFLATED);
  }

  private static void write(Path file, Map<String, NumpyArray> arrays, int method)
      throws IOException {
    long bytes = 0;
    for (var array : arrays.values()) {
      NumpyHeader header = NumpyHeader.of(array);
      bytes += header.encode().length + array.size() * header.valueBytes();
    }
    if (bytes > MAX_BYTES) {
      throw new IOException(
          "%s: arrays of %d bytes, expected at most %d in one archive"
              .formatted(file, bytes, MAX_BYTES));
    }
    AtomicFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          for (var array : arrays.entrySet()) {
            writeEntry(zip, array.getKey(), array.getValue(), method);
          }
          zip.finish();
        });
  }

  private static void writeEntry(ZipOutputStream zip, String name, NumpyArray array, int method)
      throws IOException {
    ZipEntry entry = new ZipEntry(name + SUFFIX);
    entry.setTimeLocal(ENTRY_DATE);
    entry.setMethod(method);
    if (method == ZipEntry.STORED) {
      // The sizes of a stored entry come before its content: write it once to nowhere.
      CRC32 checksum = new CRC32();
      CountingStream counted = new CountingStream();
      Numpy.write(new CheckedOutputStream(counted, checksum), array);
      entry.setSize(counted.count);
      entry.setCrc(checksum.getValue());
    }
    zip.putNextEntry(entry);
    Numpy.write(zip, array);
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  @Override
  public String toString() {
    return "Npz[%s, arrays=%s]".formatted(file, entries.keySet());
  }

  private static final class CountingStream extends OutputStream {
    private long count;

    @Override
    public void write(int value) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }
}
