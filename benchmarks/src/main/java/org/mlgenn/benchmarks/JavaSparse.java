package org.mlgenn.benchmarks;

/// `SparseProblem` in Java: each thread has a range of the targets.
final class JavaSparse implements HandWritten {
  private final SparseProblem problem;
  private final Team team;
  private final SparseProblem.Spikes spikes;
  private final float[] voltages;
  private final float[] input;
  private final char[] narrow;
  private final int[] wide;
  private final float[] weights;
  private final long[] offsets;
  private long count;

  JavaSparse(SparseProblem problem, Rows rows, float[] weights) {
    this.problem = problem;
    team = new Team(rows.parts());
    spikes = problem.spikes();
    voltages = new float[problem.neurons()];
    input = new float[problem.neurons()];
    boolean isNarrow = rows.fitsIn16Bits(problem.neurons());
    narrow = isNarrow ? rows.narrow() : new char[0];
    wide = isNarrow ? new int[0] : rows.targets();
    this.weights = weights;
    offsets = rows.offsets();
  }

  @Override
  public void run() {
    team.run(this::part);
    count += spikes.ids().length;
  }

  private void part(int part) {
    int parts = team.size();
    int from = Team.begin(problem.neurons(), part, parts, Rows.BORDER);
    int to = Team.begin(problem.neurons(), part + 1, parts, Rows.BORDER);
    for (int step = 0; step < problem.timesteps(); step++) {
      for (int k = spikes.offsets()[step]; k < spikes.offsets()[step + 1]; k++) {
        int row = spikes.ids()[k] * (parts + 1) + part;
        int begin = (int) offsets[row];
        int end = (int) offsets[row + 1];
        if (wide.length == 0) {
          addNarrow(input, narrow, weights, begin, end);
        } else {
          addWide(input, wide, weights, begin, end);
        }
      }
      sum(voltages, input, from, to);
    }
  }

  private static void addNarrow(float[] input, char[] targets, float[] weights, int from, int to) {
    for (int k = from; k < to; k++) {
      input[targets[k]] += weights[k];
    }
  }

  private static void addWide(float[] input, int[] targets, float[] weights, int from, int to) {
    for (int k = from; k < to; k++) {
      input[targets[k]] += weights[k];
    }
  }

  private static void sum(float[] v, float[] input, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i] = SparseProblem.DECAY * v[i] + input[i];
      input[i] = 0f;
    }
  }

  @Override
  public long spikes() {
    return count;
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
