package org.mlgenn.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that is written at the end of a long run: better to know at once that it cannot be.
final class OutputFile {
  private OutputFile() {}

  /// Makes the folder.
  ///
  /// @throws IOException when the file could not be written
  static void prepare(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new IOException(file + ": cannot be written: it is a folder");
    }
    Files.createDirectories(folder);
    if (!Files.isWritable(folder)) {
      throw new IOException(
          "%s: cannot be written: no permission to write to %s".formatted(file, folder));
    }
  }
}
