package org.genn.engine.backend;

import java.nio.file.Path;
import java.util.Optional;

/// How programs are built.
///
/// @param cacheDirectory where built programs are kept, or empty to build each time
/// @param sourceDirectory where the printed sources are left for reading, or empty to leave none
/// @param isChecked whether every subscript is tested
/// @param isFromCacheOnly whether programs that are not in the cache are refused
public record BuildSettings(
    Optional<Path> cacheDirectory,
    Optional<Path> sourceDirectory,
    boolean isChecked,
    boolean isFromCacheOnly) {

  /// The user's cache directory (`mlgenn.cache` property, `XDG_CACHE_HOME`, or `~/.cache`), no
  /// sources, no checks.
  public BuildSettings() {
    this(Optional.of(defaultCacheDirectory()), Optional.empty(), false, false);
  }

  public BuildSettings cacheDirectory(Optional<Path> cacheDirectory) {
    return new BuildSettings(cacheDirectory, sourceDirectory, isChecked, isFromCacheOnly);
  }

  public BuildSettings sourceDirectory(Path sourceDirectory) {
    return new BuildSettings(
        cacheDirectory, Optional.of(sourceDirectory), isChecked, isFromCacheOnly);
  }

  public BuildSettings isChecked(boolean isChecked) {
    return new BuildSettings(cacheDirectory, sourceDirectory, isChecked, isFromCacheOnly);
  }

  public BuildSettings isFromCacheOnly(boolean isFromCacheOnly) {
    return new BuildSettings(cacheDirectory, sourceDirectory, isChecked, isFromCacheOnly);
  }

  /// @param program name of a program that is not in the cache
  /// @throws IllegalStateException when only the cache may be used
  public void requireMayBuild(String program) {
    if (isFromCacheOnly) {
      throw new IllegalStateException(
          "program '%s' is not to be built, and %s; build it once, or allow it"
              .formatted(
                  program,
                  cacheDirectory
                      .map(directory -> "the cache " + directory + " has no kernels for it")
                      .orElse("there is no cache")));
    }
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
