package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// Measures what all threads allocate.
final class Allocation {
  private static final int ROUNDS = 20;

  private Allocation() {}

  /// Runs an action many times and fails unless it comes to allocate nothing. The virtual machine
  /// itself allocates a little when it compiles or links something late, so one clean round of many
  /// runs decides.
  static void assertNone(int runsPerRound, Runnable action) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least != 0; round++) {
      long before = threads.getTotalThreadAllocatedBytes();
      for (int run = 0; run < runsPerRound; run++) {
        action.run();
      }
      least = Math.min(least, threads.getTotalThreadAllocatedBytes() - before);
    }
    assertEquals(0, least, "bytes allocated by " + runsPerRound + " runs");
  }
}
