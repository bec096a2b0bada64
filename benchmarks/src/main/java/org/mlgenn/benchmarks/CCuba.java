package org.mlgenn.benchmarks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_CHAR;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// `CubaProblem` in C.
final class CCuba implements HandWritten {
  private static final int ALIGNMENT = 64;
  private static final int LINE = 64;

  private final CubaProblem problem;
  private final Team team;
  private final Arena arena = Arena.ofShared();
  private final MethodHandle recurrent;
  private final MemorySegment network;
  private final MemorySegment voltages;
  private final AtomicLong total = new AtomicLong();
  private int firstStep;

  CCuba(CubaProblem problem, float[] initial, Rows rows) {
    this.problem = problem;
    team = new Team(rows.parts());
    recurrent =
        CLoops.of("loops.c")
            .function("recurrent", JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
    long n = problem.neurons();
    int parts = rows.parts();
    voltages = bytes(Float.BYTES * n).copyFrom(MemorySegment.ofArray(initial));
    MemorySegment targets = bytes((long) Character.BYTES * rows.targets().length);
    MemorySegment.copy(rows.narrow(), 0, targets, JAVA_CHAR, 0, rows.targets().length);
    List<MemorySegment> arrays =
        List.of(
            voltages,
            bytes(Float.BYTES * n),
            bytes(Float.BYTES * n),
            bytes(Float.BYTES * n),
            targets,
            arena.allocateFrom(JAVA_LONG, rows.offsets()),
            bytes(2L * Integer.BYTES * parts * n),
            bytes(2L * parts * LINE),
            bytes(2L * LINE),
            arena.allocateFrom(JAVA_FLOAT, problem.constants()));
    long[] sizes = {1, problem.excitatory(), n, parts};
    network = bytes(ADDRESS.byteSize() * (arrays.size() + sizes.length));
    for (int k = 0; k < arrays.size(); k++) {
      network.setAtIndex(ADDRESS, k, arrays.get(k));
    }
    for (int k = 0; k < sizes.length; k++) {
      network.setAtIndex(JAVA_LONG, arrays.size() + k, sizes[k]);
    }
  }

  private MemorySegment bytes(long count) {
    return arena.allocate(count, ALIGNMENT);
  }

  @Override
  public void run() {
    team.run(this::part);
    firstStep += problem.timesteps();
  }

  private void part(int part) {
    try {
      total.addAndGet((long) recurrent.invokeExact(network, part, firstStep, problem.timesteps()));
    } catch (Throwable thrown) {
      throw CLoops.failed(thrown);
    }
  }

  @Override
  public long spikes() {
    return total.get();
  }

  @Override
  public float[] state() {
    return voltages.toArray(JAVA_FLOAT);
  }

  @Override
  public void close() {
    team.close();
    arena.close();
  }
}
