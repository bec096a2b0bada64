package org.mlgenn.cli.commands;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file or folder that is written to in a long run: better to know at once that it cannot be.
final class OutputFile {
  private OutputFile() {}

  /// Makes the folder of a file.
  ///
  /// @throws IOException when the file could not be written
  static void prepare(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new IOException(file + ": cannot be written: it is a folder");
    }
    try {
      prepareFolder(folder);
    } catch (IOException e) {
      throw new IOException("%s: cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  /// Makes a folder that files will be written to.
  ///
  /// @throws IOException when it cannot be made or written to, saying why
  static void prepareFolder(Path folder) throws IOException {
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
