package org.mlgenn.cli.commands;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/// The most memory that this process has held.
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String HIGH_WATER_MARK = "VmHWM:";
  private static final int KIBI = 1024;

  private PeakMemory() {}

  /// Resident bytes where the system tells (Linux). Elsewhere the sum of what the pools of the Java
  /// runtime had committed at most or hold in use, which leaves out its own code and its threads'
  /// stacks.
  static long bytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(HIGH_WATER_MARK)) {
          String amount = line.substring(HIGH_WATER_MARK.length()).replace("kB", "").strip();
          return KIBI * Long.parseLong(amount);
        }
      }
    } catch (IOException | NumberFormatException _) {
      // not Linux
    }
    return ManagementFactory.getMemoryPoolMXBeans().stream().mapToLong(PeakMemory::peak).sum();
  }

  private static long peak(MemoryPoolMXBean pool) {
    return pool.getPeakUsage().getCommitted();
  }
}
