package org.mlgenn.benchmarks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicLong;

/// `LifProblem` in C.
final class CLif implements HandWritten {
  private static final int ALIGNMENT = 64;

  private final LifProblem problem;
  private final Team team;
  private final Arena arena = Arena.ofShared();
  private final MethodHandle lif;
  private final MemorySegment voltages;
  private final MemorySegment refractory;
  private final MemorySegment constants;
  private final MemorySegment ids;
  private final AtomicLong spikes = new AtomicLong();

  CLif(LifProblem problem, int threads) {
    this.problem = problem;
    team = new Team(threads);
    lif =
        CLoops.of("loops.c")
            .function(
                "lif", JAVA_LONG, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS,
                ADDRESS);
    float[] initial = problem.voltages();
    voltages = floats(initial.length).copyFrom(MemorySegment.ofArray(initial));
    refractory = floats(initial.length);
    constants = arena.allocateFrom(JAVA_FLOAT, LifProblem.constants());
    ids = floats((long) threads * problem.neurons());
  }

  private MemorySegment floats(long count) {
    return arena.allocate(Float.BYTES * count, ALIGNMENT);
  }

  @Override
  public void run() {
    team.run(this::part);
  }

  private void part(int part) {
    try {
      long count =
          (long)
              lif.invokeExact(
                  voltages,
                  refractory,
                  problem.neurons(),
                  Team.begin(problem.batch(), part, team.size(), 1),
                  Team.begin(problem.batch(), part + 1, team.size(), 1),
                  problem.timesteps(),
                  constants,
                  ids.asSlice((long) Float.BYTES * part * problem.neurons()));
      spikes.addAndGet(count);
    } catch (Throwable thrown) {
      throw CLoops.failed(thrown);
    }
  }

  @Override
  public long spikes() {
    return spikes.get();
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
