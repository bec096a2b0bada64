package org.mlgenn.benchmarks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// `ShdProblem` in C: example after example, with the weights of all spikes of a step added in
/// registers.
final class CEventProp implements EventPropLoop {
  private static final int ALIGNMENT = 64;
  private static final int INPUT_GRADIENT = ShdProblem.INPUTS * ShdProblem.HIDDEN;
  private static final int RECURRENT_GRADIENT = ShdProblem.HIDDEN * ShdProblem.HIDDEN;
  private static final int OUTPUT_GRADIENT = ShdProblem.HIDDEN * ShdProblem.OUTPUTS;

  private final Team team;
  private final Arena arena = Arena.ofShared();
  private final MethodHandle eventprop;
  private final MemorySegment network;
  private final MemorySegment[] trainers;
  private final MemorySegment[] gradients;
  private final AtomicInteger spikes = new AtomicInteger();

  CEventProp(ShdProblem problem, int threads) {
    team = new Team(threads);
    eventprop =
        CLoops.of("loops.c").function("eventprop", JAVA_LONG, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT);
    network = network(problem);
    trainers = new MemorySegment[threads];
    gradients = new MemorySegment[threads];
    for (int thread = 0; thread < threads; thread++) {
      gradients[thread] = floats(INPUT_GRADIENT + RECURRENT_GRADIENT + OUTPUT_GRADIENT);
      long most = (long) ShdProblem.TIMESTEPS * ShdProblem.HIDDEN;
      trainers[thread] =
          pointers(
              List.of(
                  gradients[thread],
                  gradients[thread].asSlice((long) Float.BYTES * INPUT_GRADIENT),
                  gradients[thread].asSlice(
                      (long) Float.BYTES * (INPUT_GRADIENT + RECURRENT_GRADIENT)),
                  floats(most),
                  floats(most),
                  floats(ShdProblem.TIMESTEPS + 1)));
    }
  }

  private MemorySegment network(ShdProblem problem) {
    int total = problem.examples.stream().mapToInt(train -> train.ids().length).sum();
    int[] ids = new int[total];
    int[] offsets = new int[ShdProblem.BATCH * (ShdProblem.TIMESTEPS + 2)];
    int at = 0;
    for (int example = 0; example < ShdProblem.BATCH; example++) {
      var train = problem.examples.get(example);
      System.arraycopy(train.ids(), 0, ids, at, train.ids().length);
      for (int k = 0; k < ShdProblem.TIMESTEPS + 2; k++) {
        offsets[example * (ShdProblem.TIMESTEPS + 2) + k] = at + train.offsets()[k];
      }
      at += train.ids().length;
    }
    MemorySegment pointers =
        pointers(
            List.of(
                matrix(problem.inputWeights),
                matrix(problem.recurrentWeights),
                matrix(problem.outputWeights),
                arena.allocateFrom(JAVA_INT, ids),
                arena.allocateFrom(JAVA_INT, offsets),
                arena.allocateFrom(JAVA_INT, problem.labels),
                arena.allocateFrom(JAVA_FLOAT, HandWrittenEventProp.constants())));
    MemorySegment whole = arena.allocate(pointers.byteSize() + 2 * JAVA_LONG.byteSize(), ALIGNMENT);
    whole.copyFrom(pointers);
    whole.set(JAVA_LONG, pointers.byteSize(), ShdProblem.TIMESTEPS);
    whole.set(JAVA_LONG, pointers.byteSize() + JAVA_LONG.byteSize(), ShdProblem.BATCH);
    return whole;
  }

  private MemorySegment floats(long count) {
    return arena.allocate(Float.BYTES * count, ALIGNMENT);
  }

  private MemorySegment matrix(float[][] rows) {
    int columns = rows[0].length;
    MemorySegment matrix = floats((long) rows.length * columns);
    for (int row = 0; row < rows.length; row++) {
      MemorySegment.copy(
          rows[row], 0, matrix, JAVA_FLOAT, (long) Float.BYTES * row * columns, columns);
    }
    return matrix;
  }

  private MemorySegment pointers(List<MemorySegment> segments) {
    MemorySegment pointers = arena.allocate(ADDRESS.byteSize() * segments.size(), ALIGNMENT);
    for (int k = 0; k < segments.size(); k++) {
      pointers.setAtIndex(ADDRESS, k, segments.get(k));
    }
    return pointers;
  }

  @Override
  public void run() {
    spikes.set(0);
    team.run(this::part);
  }

  private void part(int part) {
    try {
      long count =
          (long)
              eventprop.invokeExact(
                  network,
                  trainers[part],
                  Team.begin(ShdProblem.BATCH, part, team.size(), 1),
                  Team.begin(ShdProblem.BATCH, part + 1, team.size(), 1));
      spikes.addAndGet((int) count);
    } catch (Throwable thrown) {
      throw CLoops.failed(thrown);
    }
  }

  @Override
  public void clearGradients() {
    for (MemorySegment gradient : gradients) {
      gradient.fill((byte) 0);
    }
  }

  @Override
  public int hiddenSpikes() {
    return spikes.get();
  }

  @Override
  public float[] recurrentGradient() {
    float[] sum = new float[RECURRENT_GRADIENT];
    for (MemorySegment gradient : gradients) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += gradient.getAtIndex(JAVA_FLOAT, (long) INPUT_GRADIENT + k);
      }
    }
    return sum;
  }

  @Override
  public void close() {
    team.close();
    arena.close();
  }
}
