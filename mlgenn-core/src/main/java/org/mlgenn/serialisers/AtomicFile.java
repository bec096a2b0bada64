package org.mlgenn.serialisers;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/// Writes a file so that after a crash, a kill or a power cut there is either the old one or the
/// whole new one.
///
/// The content goes to a temporary file beside it, is synced to the disk and renamed over the old
/// one. If writing fails the temporary file is removed; what a killed process left behind is
/// removed by the next write to the same name.
public final class AtomicFile {
  private static final AtomicLong COUNTER = new AtomicLong();
  private static final long PROCESS = ProcessHandle.current().pid();

  private AtomicFile() {}

  /// Produces the content of a file.
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /// Writes a file.
  ///
  /// @throws IOException naming the file and the reason; an older file of that name is as it was
  public static void write(Path file, Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new IOException("%s: cannot be written: it is a folder".formatted(file));
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException("%s: cannot be written: there is no folder %s".formatted(file, folder));
    }
    String prefix = "." + file.getFileName() + ".";
    Path temporary = folder.resolve(prefix + PROCESS + "-" + COUNTER.incrementAndGet() + ".tmp");
    try {
      removeLeftovers(folder, prefix);
      writeSynced(temporary, content);
      replace(temporary, file);
      sync(folder);
    } catch (IOException e) {
      throw new IOException("%s: cannot be written: %s".formatted(file, reason(e)), e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /// Makes a folder, and those that it lies in, where there is none.
  ///
  /// @throws IOException naming the folder and the reason
  public static void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IOException("%s: the folder cannot be made: %s".formatted(folder, reason(e)), e);
    }
  }

  private static void writeSynced(Path temporary, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  private static void replace(Path temporary, Path file) throws IOException {
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// Makes the new name durable; only where a folder can be opened for that, which Windows refuses.
  private static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException _) {
      // the file is complete, and the old name is still there if the new one is lost
    }
  }

  private static void removeLeftovers(Path folder, String prefix) throws IOException {
    DirectoryStream.Filter<Path> leftover = path -> isLeftover(path, prefix);
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, leftover)) {
      for (Path path : leftovers) {
        Files.deleteIfExists(path);
      }
    }
  }

  /// Whether a file is a temporary one of a process that no longer runs.
  private static boolean isLeftover(Path path, String prefix) {
    String name = path.getFileName().toString();
    int dash = name.lastIndexOf('-');
    if (!name.startsWith(prefix) || !name.endsWith(".tmp") || dash < prefix.length()) {
      return false;
    }
    try {
      return ProcessHandle.of(Long.parseLong(name.substring(prefix.length(), dash))).isEmpty();
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /// Exceptions of the file system often have no message but the name of the file.
  private static String reason(IOException e) {
    return switch (e) {
      case FileSystemException failure when failure.getReason() != null -> failure.getReason();
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException failure -> failure.getFile() + " is a file";
      case NoSuchFileException failure -> "there is no " + failure.getFile();
      default -> String.valueOf(e.getMessage());
    };
  }
}
