package org.genn.engine.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/// Keeps what back ends print, for people to read.
///
/// @param name of the program
/// @param settings may name a folder; else the system property `mlgenn.sources` does
/// @param writer writes the text
public record KeptSources(String name, BuildSettings settings, Writer writer) {

  /// Writes the text of a program into a folder that exists.
  @FunctionalInterface
  public interface Writer {
    /// @return the file to begin with
    Path write(Path directory) throws IOException;
  }

  /// Keeps the text where that is wanted. That it can't be kept is told, and no more.
  public void keep() {
    Optional<Path> directory =
        settings
            .sourceDirectory()
            .or(() -> Optional.ofNullable(System.getProperty("mlgenn.sources")).map(Path::of));
    if (directory.isPresent()) {
      try {
        write(directory.get());
      } catch (IOException e) {
        // Looked up when there is something to say: what logs takes 0.2 s to start.
        LoggerFactory.getLogger(KeptSources.class)
            .warn("cannot keep the source of {} in {}: {}", name, directory.get(), e.toString());
      }
    }
  }

  /// Keeps a text that a compiler refused, in any case.
  ///
  /// @return where it is
  public String keepRefused() {
    try {
      return write(
              settings.sourceDirectory().isPresent()
                  ? settings.sourceDirectory().get()
                  : Files.createTempDirectory("mlgenn-sources"))
          .toString();
    } catch (IOException e) {
      return "(not written: " + e.getMessage() + ")";
    }
  }

  private Path write(Path directory) throws IOException {
    Files.createDirectories(directory);
    return writer.write(directory);
  }
}
