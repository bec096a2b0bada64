package org.mlgenn.benchmarks;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// `LifProblem` in Java: an example's neurons are two arrays that stay in the nearest cache.
final class JavaLif implements HandWritten {
  private final LifProblem problem;
  private final Team team;
  private final float[][] voltages;
  private final float[][] refractory;
  private final float[] constants = LifProblem.constants();
  private final AtomicLong spikes = new AtomicLong();

  JavaLif(LifProblem problem, int threads) {
    this.problem = problem;
    team = new Team(threads);
    float[] all = problem.voltages();
    int n = problem.neurons();
    voltages = new float[problem.batch()][];
    Arrays.setAll(voltages, e -> Arrays.copyOfRange(all, e * n, (e + 1) * n));
    refractory = new float[problem.batch()][n];
  }

  @Override
  public void run() {
    team.run(this::part);
  }

  private void part(int part) {
    int[] ids = new int[problem.neurons()];
    long count = 0;
    int end = Team.begin(problem.batch(), part + 1, team.size(), 1);
    for (int example = Team.begin(problem.batch(), part, team.size(), 1);
        example < end;
        example++) {
      for (int step = 0; step < problem.timesteps(); step++) {
        count += step(voltages[example], refractory[example], constants, ids);
      }
    }
    spikes.addAndGet(count);
  }

  private static int step(float[] v, float[] refractory, float[] c, int[] ids) {
    float decay = c[0];
    float steady = c[1];
    float threshold = c[2];
    float reset = c[3];
    float silence = c[4];
    float dt = c[5];
    int count = 0;
    for (int i = 0; i < v.length; i++) {
      float x = v[i];
      float r = refractory[i];
      if (r <= 0f) {
        x = steady - decay * (steady - x);
      } else {
        r -= dt;
      }
      if (r <= 0f && x >= threshold) {
        ids[count++] = i;
        x = reset;
        r = silence;
      }
      v[i] = x;
      refractory[i] = r;
    }
    return count;
  }

  @Override
  public long spikes() {
    return spikes.get();
  }

  @Override
  public float[] state() {
    float[] all = new float[problem.batch() * problem.neurons()];
    for (int example = 0; example < problem.batch(); example++) {
      System.arraycopy(voltages[example], 0, all, example * problem.neurons(), problem.neurons());
    }
    return all;
  }

  @Override
  public void close() {
    team.close();
  }
}
