package org.mlgenn.benchmarks;

import java.util.concurrent.atomic.AtomicLong;

/// `CubaProblem` in Java: each thread has a range of the neurons and of the targets, and reads the
/// spikes of all. Targets are 16-bit numbers, which all sizes fit in.
final class JavaCuba implements HandWritten {
  private final CubaProblem problem;
  private final Team team;
  private final float[] voltages;
  private final float[] refractory;
  private final float[] excitation;
  private final float[] inhibition;
  private final char[] targets;
  private final long[] offsets;
  private final int[][][] spikes;
  private final int[][] counts;
  private final float[] constants;
  private final AtomicLong total = new AtomicLong();
  private int firstStep;

  JavaCuba(CubaProblem problem, float[] voltages, Rows rows) {
    this.problem = problem;
    team = new Team(rows.parts());
    this.voltages = voltages.clone();
    int n = problem.neurons();
    refractory = new float[n];
    excitation = new float[n];
    inhibition = new float[n];
    targets = rows.narrow();
    offsets = rows.offsets();
    spikes = new int[2][rows.parts()][n];
    counts = new int[2][rows.parts() * 16];
    constants = problem.constants();
  }

  @Override
  public void run() {
    team.run(this::part);
    firstStep += problem.timesteps();
  }

  private void part(int part) {
    int parts = team.size();
    int from = Team.begin(problem.neurons(), part, parts, Rows.BORDER);
    int to = Team.begin(problem.neurons(), part + 1, parts, Rows.BORDER);
    long sum = 0;
    for (int step = firstStep; step < firstStep + problem.timesteps(); step++) {
      int last = (step & 1) ^ 1;
      int now = step & 1;
      for (int sender = 0; sender < parts; sender++) {
        deliver(spikes[last][sender], counts[last][16 * sender], part);
      }
      int count =
          step(
              voltages, refractory, excitation, inhibition, from, to, constants, spikes[now][part]);
      counts[now][16 * part] = count;
      sum += count;
      team.meet();
    }
    total.addAndGet(sum);
  }

  private void deliver(int[] ids, int count, int part) {
    for (int spike = 0; spike < count; spike++) {
      int source = ids[spike];
      int row = source * (team.size() + 1) + part;
      boolean isExcitatory = source < problem.excitatory();
      add(
          isExcitatory ? excitation : inhibition,
          targets,
          (int) offsets[row],
          (int) offsets[row + 1],
          constants[isExcitatory ? 11 : 12]);
    }
  }

  private static void add(float[] input, char[] targets, int begin, int end, float weight) {
    for (int k = begin; k < end; k++) {
      input[targets[k]] += weight;
    }
  }

  private static int step(
      float[] v,
      float[] refractory,
      float[] excitation,
      float[] inhibition,
      int from,
      int to,
      float[] c,
      int[] ids) {
    float decay = c[0];
    float rest = c[1];
    float threshold = c[2];
    float reset = c[3];
    float silence = c[4];
    float dt = c[5];
    float resistance = c[6];
    float fast = c[7];
    float fastShare = c[8];
    float slow = c[9];
    float slowShare = c[10];
    int count = 0;
    for (int i = from; i < to; i++) {
      float x = v[i];
      float r = refractory[i];
      float current = fastShare * excitation[i] + slowShare * inhibition[i];
      excitation[i] *= fast;
      inhibition[i] *= slow;
      if (r <= 0f) {
        float steady = current * resistance + rest;
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
    return total.get();
  }

  @Override
  public float[] state() {
    return voltages.clone();
  }

  @Override
  public void close() {
    team.close();
  }
}
