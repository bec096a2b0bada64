package org.genn.engine.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much memory there is for the arrays of programs.
///
/// @param owner who has it: `the JVM may have`
/// @param remedy how to get more: `give the JVM more (-Xmx)`
/// @param perRow bytes that a row of fixed length takes besides its elements
/// @param perRaggedRow the same of a row with a length of its own
public record MemoryLimit(long bytes, String owner, String remedy, int perRow, int perRaggedRow) {
  public MemoryLimit(long bytes, String owner, String remedy) {
    this(bytes, owner, remedy, 0, 0);
  }

  /// The same where rows take more than their elements.
  public MemoryLimit perRow(int ofFixedLength, int ragged) {
    return new MemoryLimit(bytes, owner, remedy, ofFixedLength, ragged);
  }

  /// The memory of the machine, or of the container; no limit where the system does not tell.
  public static MemoryLimit ofMachine() {
    long machine = kilobytes(Path.of("/proc/meminfo"), "MemTotal:");
    long container = bytes(Path.of("/sys/fs/cgroup/memory.max"));
    return new MemoryLimit(
        Math.min(machine, container), "the machine has", "take a machine that has more");
  }

  private static long kilobytes(Path file, String key) {
    try (var reader = Files.newBufferedReader(file)) {
      String line = reader.readLine();
      while (line != null) {
        if (line.startsWith(key)) {
          String number = line.substring(key.length()).replace("kB", "").strip();
          return 1024 * Long.parseLong(number);
        }
        line = reader.readLine();
      }
      return Long.MAX_VALUE;
    } catch (IOException | NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static long bytes(Path file) {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException | NumberFormatException e) {
      return Long.MAX_VALUE; // `max` is no number
    }
  }
}
