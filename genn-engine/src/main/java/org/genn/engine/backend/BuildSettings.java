package org.genn.engine.backend;

import java.nio.file.Path;
import java.util.Optional;

/// How programs are built.
///
/// @param cacheDirectory where built programs are kept, or empty to build each time
/// @param sourceDirectory where the printed sources are left for reading, or empty to leave none
/// @param isChecked whether every subscript is tested
public record BuildSettings(
    Optional<Path> cacheDirectory, Optional<Path> sourceDirectory, boolean isChecked) {

  /// The user's cache directory (`mlgenn.cache` property, `XDG_CACHE_HOME`, or `~/.cache`), no
  /// sources, no checks.
  public BuildSettings() {
    this(Optional.of(defaultCacheDirectory()), Optional.empty(), false);
  }

  public BuildSettings cacheDirectory(Optional<Path> cacheDirectory) {
    return new BuildSettings(cacheDirectory, sourceDirectory, isChecked);
  }

  public BuildSettings sourceDirectory(Path sourceDirectory) {
    return new BuildSettings(cacheDirectory, Optional.of(sourceDirectory), isChecked);
  }

  public BuildSettings isChecked(boolean isChecked) {
    return new BuildSettings(cacheDirectory, sourceDirectory, isChecked);
  }

  private static Path defaultCacheDirectory() {
    String property = System.getProperty("mlgenn.cache");
    if (property != null) {
      return Path.of(property);
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg != null && !xdg.isBlank()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("mlgenn").resolve("kernels");
  }
}
