package org.mlgenn.benchmarks;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// `DenseProblem` in Java: rows of weights are arrays of their own, four are added in one pass.
final class JavaDense implements HandWritten {
  private final DenseProblem problem;
  private final Team team;
  private final float[][] weights;
  private final float[][] voltages;
  private final float[][] input;
  private final SparseProblem.Spikes[] spikes;
  private final AtomicLong count = new AtomicLong();

  JavaDense(DenseProblem problem, float[] weights, int threads) {
    this.problem = problem;
    team = new Team(threads);
    int n = problem.targets();
    this.weights = new float[problem.sources()][];
    Arrays.setAll(this.weights, s -> Arrays.copyOfRange(weights, s * n, (s + 1) * n));
    voltages = new float[problem.batch()][n];
    input = new float[problem.batch()][n];
    spikes = new SparseProblem.Spikes[problem.batch()];
    Arrays.setAll(spikes, problem::spikes);
  }

  @Override
  public void run() {
    team.run(this::part);
  }

  private void part(int part) {
    int end = Team.begin(problem.batch(), part + 1, team.size(), 1);
    for (int example = Team.begin(problem.batch(), part, team.size(), 1);
        example < end;
        example++) {
      SparseProblem.Spikes own = spikes[example];
      for (int step = 0; step < problem.timesteps(); step++) {
        deliver(input[example], own.ids(), own.offsets()[step], own.offsets()[step + 1]);
        sum(voltages[example], input[example]);
      }
      count.addAndGet(own.ids().length);
    }
  }

  private void deliver(float[] target, int[] ids, int begin, int end) {
    int k = begin;
    for (; k + 4 <= end; k += 4) {
      addFour(
          target,
          weights[ids[k]],
          weights[ids[k + 1]],
          weights[ids[k + 2]],
          weights[ids[k + 3]],
          target.length);
    }
    for (; k < end; k++) {
      add(target, weights[ids[k]], target.length);
    }
  }

  private static void addFour(float[] target, float[] a, float[] b, float[] c, float[] d, int n) {
    for (int i = 0; i < n; i++) {
      target[i] = target[i] + a[i] + b[i] + c[i] + d[i];
    }
  }

  private static void add(float[] target, float[] row, int n) {
    for (int i = 0; i < n; i++) {
      target[i] += row[i];
    }
  }

  private static void sum(float[] v, float[] input) {
    for (int i = 0; i < v.length; i++) {
      v[i] = DenseProblem.DECAY * v[i] + input[i];
      input[i] = 0f;
    }
  }

  @Override
  public long spikes() {
    return count.get();
  }

  @Override
  public float[] state() {
    int n = problem.targets();
    float[] all = new float[problem.batch() * n];
    for (int example = 0; example < problem.batch(); example++) {
      System.arraycopy(voltages[example], 0, all, example * n, n);
    }
    return all;
  }

  @Override
  public void close() {
    team.close();
  }
}
