package org.genn.engine.backend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Built programs on disk, by a hash of all that they are built from.
///
/// An entry is a file with check sums of its contents before them. It is written aside, synced and
/// renamed, so that other processes see all of it or nothing; one that is damaged all the same is
/// deleted and built again. The cache is bounded: what was not used for longest goes first. One
/// that cannot be written to costs a warning, not the build.
public final class BuildCache {
  /// Changes when the meaning of printed text does.
  private static final String ENGINE_VERSION = "0.1.0-2";

  private static final String SUFFIX = ".entry";
  private static final long LARGEST = 256L << 20;
  private static final int MOST = 512;
  private static final int CHECK_BYTES = Long.BYTES;
  private static final Set<Path> WARNED = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final long largest;
  private final int most;

  public BuildCache(Path directory) {
    this(directory, LARGEST, MOST);
  }

  BuildCache(Path directory, long largest, int most) {
    this.directory = directory;
    this.largest = largest;
    this.most = most;
  }

  /// Name of an entry: a hash of the parts, of the engine's version and the JDK's.
  public static String key(String... parts) {
    MessageDigest digest = sha256();
    digest.update(ENGINE_VERSION.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) Runtime.version().feature());
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public Optional<byte[]> read(String key) {
    Path file = file(key);
    byte[] entry;
    try {
      entry = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      warn("cannot read", e);
      return Optional.empty();
    }
    if (entry.length < CHECK_BYTES
        || ByteBuffer.wrap(entry).getLong() != checkSums(entry, CHECK_BYTES)) {
      log().warn("kernel cache: {} is damaged and is built again", file);
      delete(file);
      return Optional.empty();
    }
    touch(file);
    return Optional.of(Arrays.copyOfRange(entry, CHECK_BYTES, entry.length));
  }

  /// Two check sums of 32 bits each, which find damage. (A new JVM has instructions for these from
  /// its start, while SHA-256 takes as long as all other reading.)
  private static long checkSums(byte[] bytes, int offset) {
    var upper = new CRC32();
    var lower = new CRC32C();
    upper.update(bytes, offset, bytes.length - offset);
    lower.update(bytes, offset, bytes.length - offset);
    return ~(upper.getValue() << Integer.SIZE | lower.getValue()); // zeros are no entry
  }

  public void write(String key, byte[] content) {
    try {
      Files.createDirectories(directory);
      Path aside = Files.createTempFile(directory, "writing", ".tmp");
      try {
        writeAndSync(aside, content);
        Files.move(
            aside, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(aside);
      }
      trim();
    } catch (IOException e) {
      warn("cannot write to", e);
    }
  }

  private static void writeAndSync(Path file, byte[] content) throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      var head = ByteBuffer.allocate(CHECK_BYTES).putLong(0, checkSums(content, 0));
      for (ByteBuffer part : List.of(head, ByteBuffer.wrap(content))) {
        while (part.hasRemaining()) {
          channel.write(part);
        }
      }
      channel.force(true);
    }
  }

  private record Entry(Path file, long size, FileTime used) {}

  private void trim() throws IOException {
    var entries = new ArrayList<Entry>();
    try (var files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        try {
          entries.add(new Entry(file, Files.size(file), Files.getLastModifiedTime(file)));
        } catch (NoSuchFileException e) {
          log().trace("deleted by another process: {}", file, e);
        }
      }
    }
    entries.sort(Comparator.comparing(Entry::used).reversed());
    long bytes = 0;
    for (int i = 0; i < entries.size(); i++) {
      bytes += entries.get(i).size;
      if (i > 0 && (i >= most || bytes > largest)) {
        delete(entries.get(i).file);
      }
    }
  }

  private Path file(String key) {
    return directory.resolve(key + SUFFIX);
  }

  private void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
    } catch (IOException e) {
      log().debug("cannot note the use of {}", file, e);
    }
  }

  private void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      warn("cannot delete from", e);
    }
  }

  private void warn(String what, IOException e) {
    if (WARNED.add(directory)) {
      log()
          .warn(
              "kernel cache: {} {} ({}); programs are built each time", what, directory, reason(e));
    }
  }

  /// Exceptions of the file system often have no message but the name of the file.
  private static String reason(IOException e) {
    return switch (e) {
      case FileSystemException failure when failure.getReason() != null -> failure.getReason();
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException failure -> failure.getFile() + " is a file";
      default -> String.valueOf(e.getMessage());
    };
  }

  /// Looked up when there is something to say: what logs takes 0.2 s to start.
  private static Logger log() {
    return LoggerFactory.getLogger(BuildCache.class);
  }
}
