package org.mlgenn.benchmarks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// `DenseProblem` in C.
final class CDense implements HandWritten {
  private static final int ALIGNMENT = 64;

  private final DenseProblem problem;
  private final Team team;
  private final Arena arena = Arena.ofShared();
  private final MethodHandle dense;
  private final MemorySegment voltages;
  private final MemorySegment input;
  private final MemorySegment weights;
  private final MemorySegment ids;
  private final MemorySegment ends;
  private final int spikes;
  private long count;

  CDense(DenseProblem problem, float[] weights, int threads) {
    this.problem = problem;
    team = new Team(threads);
    dense =
        CLoops.of("loops.c")
            .procedure(
                "dense",
                ADDRESS,
                ADDRESS,
                ADDRESS,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                ADDRESS,
                JAVA_INT);
    long cells = (long) problem.batch() * problem.targets();
    voltages = arena.allocate(Float.BYTES * cells, ALIGNMENT);
    input = arena.allocate(Float.BYTES * cells, ALIGNMENT);
    this.weights = arena.allocate((long) Float.BYTES * weights.length, ALIGNMENT);
    MemorySegment.copy(weights, 0, this.weights, JAVA_FLOAT, 0, weights.length);
    int steps = problem.timesteps();
    int[] allEnds = new int[problem.batch() * (steps + 1)];
    int total = 0;
    for (int example = 0; example < problem.batch(); example++) {
      total += problem.spikes(example).ids().length;
    }
    int[] all = new int[total];
    int at = 0;
    for (int example = 0; example < problem.batch(); example++) {
      var own = problem.spikes(example);
      System.arraycopy(own.ids(), 0, all, at, own.ids().length);
      for (int step = 0; step <= steps; step++) {
        allEnds[example * (steps + 1) + step] = at + own.offsets()[step];
      }
      at += own.ids().length;
    }
    spikes = total;
    ids = arena.allocateFrom(JAVA_INT, all);
    ends = arena.allocateFrom(JAVA_INT, allEnds);
  }

  @Override
  public void run() {
    team.run(this::part);
    count += spikes;
  }

  private void part(int part) {
    try {
      dense.invokeExact(
          voltages,
          input,
          weights,
          problem.targets(),
          Team.begin(problem.batch(), part, team.size(), 1),
          Team.begin(problem.batch(), part + 1, team.size(), 1),
          DenseProblem.DECAY,
          ids,
          ends,
          problem.timesteps());
    } catch (Throwable thrown) {
      throw CLoops.failed(thrown);
    }
  }

  @Override
  public long spikes() {
    return count;
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
