package org.mlgenn.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.mlgenn.cli.SimulatedNetwork;

/// Whether the synapses of a network fit into memory: better known before they are made.
final class SynapseMemory {
  private static final Path SYSTEM = Path.of("/proc/meminfo");
  private static final String AVAILABLE = "MemAvailable:";
  private static final double GIBI = 1L << 30;
  private static final int KIBI = 1024;

  private SynapseMemory() {}

  /// @throws IllegalArgumentException when they do not, with the ways out
  static void requireRoom(String name, SimulatedNetwork network, String backend) {
    long needed = network.synapseCount() * network.storedBytesPerSynapse();
    if (backend.equals("native")) {
      OptionalLong available = available();
      if (available.isPresent() && needed > available.getAsLong()) {
        throw tooMuch(
            name,
            network,
            needed,
            "this machine has %s left".formatted(size(available.getAsLong())),
            "");
      }
    } else {
      long limit = Runtime.getRuntime().maxMemory();
      if (needed > limit) {
        throw tooMuch(
            name,
            network,
            needed,
            "Java objects may take %s".formatted(size(limit)),
            "give them more with MLGENN_MEMORY=%dg, or take --backend native, "
                .formatted((long) Math.ceil(1.2 * needed / GIBI)));
      }
    }
  }

  private static IllegalArgumentException tooMuch(
      String name, SimulatedNetwork network, long needed, String limit, String more) {
    return new IllegalArgumentException(
        "%s: %d synapses take %s of memory and %s; %s%sa smaller --scale, or --procedural"
            .formatted(
                name,
                network.synapseCount(),
                size(needed),
                limit,
                more,
                more.isEmpty() ? "take " : ""));
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIBI);
  }

  private static OptionalLong available() {
    try {
      for (String line : Files.readAllLines(SYSTEM)) {
        if (line.startsWith(AVAILABLE)) {
          String amount = line.substring(AVAILABLE.length()).replace("kB", "").strip();
          return OptionalLong.of(KIBI * Long.parseLong(amount));
        }
      }
    } catch (IOException | NumberFormatException _) {
      // not Linux: nobody knows
    }
    return OptionalLong.empty();
  }
}
