package org.genn.engine.backend.c;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;
import org.genn.engine.backend.BuildCache;

/// The processor that compiled code is for: that of the machine.
final class Processor {
  /// What tells processors apart, as the system names it.
  private static final Set<String> KEYS =
      Set.of("model name", "flags", "features", "cpu part", "cpu implementer", "cpu variant");

  private static final String DESCRIPTION = description();

  private Processor() {}

  /// The same for processors that run the same code.
  static String identity() {
    return BuildCache.key(DESCRIPTION);
  }

  /// Whether it has vectors of 512 bits.
  static boolean hasWideVectors() {
    return (DESCRIPTION + " ").contains(" avx512f ");
  }

  private static String description() {
    try (var reader = Files.newBufferedReader(Path.of("/proc/cpuinfo"))) {
      var parts = new ArrayList<String>();
      String line = reader.readLine();
      while (line != null && !line.isBlank()) {
        String key = line.substring(0, Math.max(0, line.indexOf(':'))).strip();
        if (KEYS.contains(key.toLowerCase(Locale.ROOT))) {
          parts.add(line);
        }
        line = reader.readLine();
      }
      return String.join("\n", parts);
    } catch (IOException e) {
      return System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    }
  }
}
