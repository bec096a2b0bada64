package org.mlgenn.benchmarks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_CHAR;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// `SparseProblem` in C.
final class CSparse implements HandWritten {
  private static final int ALIGNMENT = 64;

  private final SparseProblem problem;
  private final Team team;
  private final Arena arena = Arena.ofShared();
  private final MethodHandle sparse;
  private final int isNarrow;
  private final MemorySegment voltages;
  private final MemorySegment input;
  private final MemorySegment targets;
  private final MemorySegment weights;
  private final MemorySegment offsets;
  private final MemorySegment ids;
  private final MemorySegment ends;
  private final int spikes;
  private long count;

  CSparse(SparseProblem problem, Rows rows, float[] weights) {
    this.problem = problem;
    team = new Team(rows.parts());
    sparse =
        CLoops.of("loops.c")
            .procedure(
                "sparse",
                ADDRESS,
                ADDRESS,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                ADDRESS,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                ADDRESS,
                JAVA_INT);
    boolean fits = rows.fitsIn16Bits(problem.neurons());
    isNarrow = fits ? 1 : 0;
    voltages = bytes((long) Float.BYTES * problem.neurons());
    input = bytes((long) Float.BYTES * problem.neurons());
    int synapses = rows.targets().length;
    targets = bytes((long) synapses * (fits ? Character.BYTES : Integer.BYTES));
    if (fits) {
      MemorySegment.copy(rows.narrow(), 0, targets, JAVA_CHAR, 0, synapses);
    } else {
      MemorySegment.copy(rows.targets(), 0, targets, JAVA_INT, 0, synapses);
    }
    this.weights = bytes((long) Float.BYTES * synapses);
    MemorySegment.copy(weights, 0, this.weights, JAVA_FLOAT, 0, synapses);
    offsets = arena.allocateFrom(JAVA_LONG, rows.offsets());
    var given = problem.spikes();
    ids = arena.allocateFrom(JAVA_INT, given.ids());
    ends = arena.allocateFrom(JAVA_INT, given.offsets());
    spikes = given.ids().length;
  }

  private MemorySegment bytes(long number) {
    return arena.allocate(number, ALIGNMENT);
  }

  @Override
  public void run() {
    team.run(this::part);
    count += spikes;
  }

  private void part(int part) {
    int parts = team.size();
    try {
      sparse.invokeExact(
          voltages,
          input,
          targets,
          isNarrow,
          weights,
          offsets,
          part,
          parts,
          Team.begin(problem.neurons(), part, parts, Rows.BORDER),
          Team.begin(problem.neurons(), part + 1, parts, Rows.BORDER),
          SparseProblem.DECAY,
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
