package org.mlgenn.cli.commands;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mlgenn.cli.CommandOption;

/// A file or folder that is written to in a long run: better to know at once that it cannot be.
final class OutputFile {
  private OutputFile() {}

  /// Makes the folder of a file.
  ///
  /// @param option that names the file
  /// @throws IOException when the file could not be written
  static void prepare(CommandOption option, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new IOException(
          "option --%s: %s: cannot be written: it is a folder".formatted(option.name(), file));
    }
    try {
      make(folder);
    } catch (IOException e) {
      throw new IOException(
          "option --%s: %s: cannot be written: %s".formatted(option.name(), file, e.getMessage()),
          e);
    }
  }

  /// Makes a folder that files will be written to.
  ///
  /// @param option that names the folder
  /// @throws IOException when it cannot be made or written to, saying why
  static void prepareFolder(CommandOption option, Path folder) throws IOException {
    try {
      make(folder);
    } catch (IOException e) {
      throw new IOException("option --%s: %s".formatted(option.name(), e.getMessage()), e);
    }
  }

  private static void make(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(folder + ": is no folder", e);
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? "" : " (%s)".formatted(e.getReason());
      throw new IOException("%s: the folder cannot be made%s".formatted(folder, reason), e);
    }
    if (!Files.isWritable(folder)) {
      throw new IOException(folder + ": no permission to write to this folder");
    }
  }
}
