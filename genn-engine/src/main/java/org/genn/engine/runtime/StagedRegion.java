package org.genn.engine.runtime;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.Instance;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Launch;
import org.genn.engine.kernel.Program;

/// Steps of a model that is divided into parts: one job, in which the parts meet after each stage.
final class StagedRegion implements Section, Crew.Job {
  private final Instance instance;
  private final Program program;
  private final int trial;

  /// Kernels of the stages of a step.
  private final int[] stages;

  /// Kernels that run alone before each stage of a step.
  private final int[][] before;

  /// Kernels that run alone after the last stage of a step.
  private final int[] after;

  private final int parts;
  private final int first;
  private final int steps;
  private final TimeBook.Region times;

  private int begin;
  private int count;
  private long start;
  private boolean isRepeated;

  StagedRegion(Opened model, Launch.Staged launch, TimeBook book, int threads) {
    instance = model.instance();
    program = model.lowered().program();
    trial = model.lowered().trial();
    var kernels = new ArrayList<Integer>();
    var alone = new ArrayList<int[]>();
    var waiting = new ArrayList<Integer>();
    for (Launch.Stage stage : launch.stages()) {
      if (stage.alone() >= 0) {
        waiting.add(stage.alone());
      }
      if (stage.parts() >= 0) {
        kernels.add(stage.parts());
        alone.add(array(waiting));
        waiting.clear();
      }
    }
    stages = array(kernels);
    before = alone.toArray(int[][]::new);
    after = array(waiting);
    parts = program.kernels().get(stages[0]).units();
    first = launch.first();
    steps = launch.steps();
    times = book.region(List.of(launch.timer()), threads);
  }

  private static int[] array(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public void run(Workers workers, int activeExamples) {
    isRepeated = false;
    run(workers, first, steps);
  }

  @Override
  public void runStep(Workers workers, int activeExamples, int step) {
    isRepeated = false;
    run(workers, step, 1);
  }

  /// Runs a step that many times, each as a trial of its own that begins when the one before ends.
  ///
  /// @param from step at which the first one begins
  void runRepeatedly(Workers workers, long from, int repetitions) {
    isRepeated = true;
    start = from;
    run(workers, first, repetitions);
  }

  private void run(Workers workers, int from, int stepCount) {
    begin = from;
    count = stepCount;
    long since = times.begin();
    workers.runTogether(this, parts, Math.multiplyExact(stepCount, stages.length));
    times.end(since);
  }

  @Override
  public void part(int stage, int part) {
    int kernel = stages[stage % stages.length];
    try {
      instance.run(kernel, part, part + 1, 0, step(stage / stages.length), 1);
    } catch (RuntimeException e) {
      throw failure(kernel, "part %d of %d".formatted(part, parts), e);
    }
  }

  /// What ends a step is followed by what begins the next one.
  @Override
  public void between(int stage) {
    int step = stage / stages.length;
    int inStep = stage % stages.length;
    if (inStep == 0 && step > 0) {
      runAlone(after, step - 1);
    }
    if (step < count) {
      if (inStep == 0 && isRepeated) {
        memory().setLong(trial, 0, 0, start + step);
      }
      runAlone(before[inStep], step);
    }
  }

  private Memory memory() {
    return instance.memory();
  }

  private void runAlone(int[] kernels, int step) {
    for (int kernel : kernels) {
      try {
        instance.run(kernel, 0, 1, 0, step(step), 1);
      } catch (RuntimeException e) {
        throw failure(kernel, "all parts", e);
      }
    }
  }

  private int step(int number) {
    return isRepeated ? begin : begin + number;
  }

  private BackendException failure(int kernel, String where, RuntimeException e) {
    Kernel failed = program.kernels().get(kernel);
    return new BackendException(
        "model '%s': kernel '%s' failed for %s: %s"
            .formatted(program.name(), failed.name(), where, e),
        e);
  }
}
