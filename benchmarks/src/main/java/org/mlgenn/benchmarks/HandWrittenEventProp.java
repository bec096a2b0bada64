package org.mlgenn.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.mlgenn.data.SpikeTrain;

/*
 * What a careful Java programmer would write for this one network: rows as separate float arrays, one common index in
 * each inner loop, a method of its own for each inner loop, selects in place of branches, spikes as lists, one gradient
 * accumulator per thread. It shares no code with the engine; generated code is measured against it.
 */

/// EventProp on one recurrent hidden layer and a leaky-integrator readout, forward and backward,
/// written by hand: the yardstick of `mlgenn bench shd-eventprop`.
///
/// Hidden: `V ← αV + (1-α)·s·I`, spike at `V ≥ 1`, `V ← 0`; readout: mean of the output voltage,
/// crossentropy.
final class HandWrittenEventProp implements EventPropLoop {
  private static final float TAU_MEM = 20f;
  private static final float TAU_SYN = 5f;
  private static final float ALPHA = (float) Math.exp(-1.0 / TAU_MEM);
  private static final float BETA = (float) Math.exp(-1.0 / TAU_SYN);
  private static final float DRIVE_SHARE = (1f - ALPHA) * TAU_SYN * (1f - BETA);
  private static final float COUPLING = TAU_MEM / (TAU_MEM - TAU_SYN) * (ALPHA - BETA);
  private static final float THRESHOLD = 1f;

  /// Decay of voltages and of currents in a step, share of the current in the voltage, share of the
  /// voltage's adjoint in the current's, synaptic time constant.
  static float[] constants() {
    return new float[] {ALPHA, BETA, DRIVE_SHARE, COUPLING, TAU_SYN};
  }

  private final int inputs;
  private final int hidden;
  private final int outputs;
  private final int timesteps;
  private final float[][] inputWeights;
  private final float[][] recurrentWeights;
  private final float[][] outputWeights;
  private final List<Worker> workers = new ArrayList<>();
  private final ExecutorService pool;

  HandWrittenEventProp(ShdProblem problem, int threads) {
    inputWeights = problem.inputWeights;
    recurrentWeights = problem.recurrentWeights;
    outputWeights = problem.outputWeights;
    List<SpikeTrain> examples = problem.examples;
    inputs = inputWeights.length;
    hidden = recurrentWeights.length;
    outputs = outputWeights[0].length;
    timesteps = examples.getFirst().timesteps();
    for (int thread = 0; thread < threads; thread++) {
      int begin = thread * examples.size() / threads;
      int end = (thread + 1) * examples.size() / threads;
      workers.add(
          new Worker(
              examples.subList(begin, end),
              Arrays.copyOfRange(problem.labels, begin, end),
              examples.size()));
    }
    pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "hand-written");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void run() {
    if (workers.size() == 1) {
      workers.getFirst().call();
      return;
    }
    try {
      for (var result : pool.invokeAll(workers)) {
        result.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void clearGradients() {
    workers.forEach(Worker::clearGradients);
  }

  @Override
  public int hiddenSpikes() {
    return workers.stream().mapToInt(worker -> worker.spikes).sum();
  }

  @Override
  public float[] recurrentGradient() {
    float[] sum = new float[hidden * hidden];
    for (Worker worker : workers) {
      for (int source = 0; source < hidden; source++) {
        for (int target = 0; target < hidden; target++) {
          sum[source * hidden + target] += worker.recurrentGradient[source][target];
        }
      }
    }
    return sum;
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }

  // Inner loops, each a method of its own so that each is vectorised.

  private static void addRow(float[] target, float[] row, int n) {
    for (int j = 0; j < n; j++) {
      target[j] += row[j];
    }
  }

  private static void addScaled(float[] target, float[] row, float scale, int n) {
    for (int j = 0; j < n; j++) {
      target[j] += scale * row[j];
    }
  }

  private static void integrateHidden(float[] v, float[] i, float[] gap, float[] fired, int n) {
    for (int j = 0; j < n; j++) {
      float x = ALPHA * v[j] + DRIVE_SHARE * i[j];
      float spike = 1f - Math.min(1f, Math.max(0f, (THRESHOLD - x) * 1e30f));
      gap[j] = i[j] - x;
      v[j] = x * (1f - spike);
      i[j] = i[j] * BETA;
      fired[j] = spike;
    }
  }

  private static void integrateOutput(float[] v, float[] i, float[] sum, int n) {
    for (int k = 0; k < n; k++) {
      float x = ALPHA * v[k] + DRIVE_SHARE * i[k];
      v[k] = x;
      sum[k] += x;
      i[k] *= BETA;
    }
  }

  private static void decayHidden(float[] lambdaV, float[] lambdaI, int n) {
    for (int j = 0; j < n; j++) {
      lambdaI[j] = BETA * lambdaI[j] + COUPLING * lambdaV[j];
      lambdaV[j] = ALPHA * lambdaV[j];
    }
  }

  private static void decayOutput(float[] lambdaV, float[] lambdaI, float[] drive, int n) {
    for (int k = 0; k < n; k++) {
      float d = drive[k];
      lambdaI[k] = d + BETA * (lambdaI[k] - d) + COUPLING * (lambdaV[k] - d);
      lambdaV[k] = d + ALPHA * (lambdaV[k] - d);
    }
  }

  private static void products(float[] w, float[] lambdaV, float[] lambdaI, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = w[j] * (lambdaV[j] - lambdaI[j]);
    }
  }

  private static void fold(float[] values, int half) {
    for (int j = 0; j < half; j++) {
      values[j] += values[j + half];
    }
  }

  private final class Worker implements Callable<Void> {
    private final List<SpikeTrain> examples;
    private final int[] labels;
    private final int batch;
    private final float[][] inputGradient = new float[inputs][hidden];
    private final float[][] recurrentGradient = new float[hidden][hidden];
    private final float[][] outputGradient = new float[hidden][outputs];
    private final float[][] v;
    private final float[][] i;
    private final float[][] outputV;
    private final float[][] outputI;
    private final float[][] sums;
    private final float[][] lambdaV;
    private final float[][] lambdaI;
    private final float[][] outputLambdaV;
    private final float[][] outputLambdaI;
    private final float[][] drives;
    private final float[] gap = new float[hidden];
    private final float[] fired = new float[hidden];
    private final float[] product = new float[hidden];
    private final float[] jumps = new float[hidden];
    private final int[] offsets;
    private int[] ids = new int[1 << 16];
    private float[] inverseGaps = new float[1 << 16];
    private int spikes;

    Worker(List<SpikeTrain> examples, int[] labels, int batch) {
      this.examples = examples;
      this.labels = labels;
      this.batch = batch;
      int n = examples.size();
      v = new float[n][hidden];
      i = new float[n][hidden];
      lambdaV = new float[n][hidden];
      lambdaI = new float[n][hidden];
      outputV = new float[n][outputs];
      outputI = new float[n][outputs];
      sums = new float[n][outputs];
      outputLambdaV = new float[n][outputs];
      outputLambdaI = new float[n][outputs];
      drives = new float[n][outputs];
      offsets = new int[timesteps * n + 1];
    }

    void clearGradients() {
      for (float[][] gradient : List.of(inputGradient, recurrentGradient, outputGradient)) {
        for (float[] row : gradient) {
          Arrays.fill(row, 0);
        }
      }
    }

    @Override
    public Void call() {
      for (float[][] state :
          List.of(v, i, lambdaV, lambdaI, outputV, outputI, sums, outputLambdaV, outputLambdaI)) {
        for (float[] row : state) {
          Arrays.fill(row, 0);
        }
      }
      spikes = 0;
      for (int step = 0; step < timesteps; step++) {
        forward(step);
      }
      for (int e = 0; e < examples.size(); e++) {
        drive(e);
      }
      for (int step = timesteps - 1; step >= 0; step--) {
        backward(step);
      }
      return null;
    }

    private void forward(int step) {
      int n = examples.size();
      if (spikes + n * hidden > ids.length) {
        ids = Arrays.copyOf(ids, 2 * (spikes + n * hidden));
        inverseGaps = Arrays.copyOf(inverseGaps, ids.length);
      }
      for (int e = 0; e < n; e++) {
        float[] current = i[e];
        if (step > 0) {
          SpikeTrain train = examples.get(e);
          int[] inputIds = train.ids();
          int end = train.offsets()[step + 1];
          for (int k = train.offsets()[step]; k < end; k++) {
            addRow(current, inputWeights[inputIds[k]], hidden);
          }
          int last = offsets[(step - 1) * n + e + 1];
          for (int k = offsets[(step - 1) * n + e]; k < last; k++) {
            addRow(current, recurrentWeights[ids[k]], hidden);
            addRow(outputI[e], outputWeights[ids[k]], outputs);
          }
        }
        offsets[step * n + e] = spikes;
        integrateHidden(v[e], current, gap, fired, hidden);
        collect();
        offsets[step * n + e + 1] = spikes;
        integrateOutput(outputV[e], outputI[e], sums[e], outputs);
      }
    }

    private void collect() {
      for (int j = 0; j < hidden; j += 8) {
        float any =
            fired[j]
                + fired[j + 1]
                + fired[j + 2]
                + fired[j + 3]
                + fired[j + 4]
                + fired[j + 5]
                + fired[j + 6]
                + fired[j + 7];
        if (any != 0f) {
          for (int k = j; k < j + 8; k++) {
            if (fired[k] != 0f) {
              ids[spikes] = k;
              inverseGaps[spikes++] = 1f / gap[k];
            }
          }
        }
      }
    }

    private void drive(int e) {
      double largest = Double.NEGATIVE_INFINITY;
      for (float sum : sums[e]) {
        largest = Math.max(largest, sum / timesteps);
      }
      double total = 0;
      for (float sum : sums[e]) {
        total += Math.exp(sum / timesteps - largest);
      }
      for (int k = 0; k < outputs; k++) {
        double p = Math.exp(sums[e][k] / timesteps - largest) / total;
        drives[e][k] = (float) (((k == labels[e] ? 1 : 0) - p) / ((double) timesteps * batch));
      }
    }

    private void backward(int step) {
      int n = examples.size();
      for (int e = 0; e < n; e++) {
        float[] lv = lambdaV[e];
        float[] li = lambdaI[e];
        float[] olv = outputLambdaV[e];
        float[] oli = outputLambdaI[e];
        int begin = offsets[step * n + e];
        int end = offsets[step * n + e + 1];
        for (int k = begin; k < end; k++) {
          int j = ids[k];
          float feedback = feedback(recurrentWeights[j], lv, li);
          float[] w = outputWeights[j];
          for (int o = 0; o < outputs; o++) {
            feedback += w[o] * (olv[o] - oli[o]);
          }
          jumps[k - begin] = feedback;
          addScaled(recurrentGradient[j], li, -TAU_SYN, hidden);
          addScaled(outputGradient[j], oli, -TAU_SYN, outputs);
        }
        SpikeTrain train = examples.get(e);
        int[] inputIds = train.ids();
        int last = train.offsets()[step + 2];
        for (int k = train.offsets()[step + 1]; k < last; k++) {
          addScaled(inputGradient[inputIds[k]], li, -TAU_SYN, hidden);
        }
        decayOutput(olv, oli, drives[e], outputs);
        decayHidden(lv, li, hidden);
        for (int k = begin; k < end; k++) {
          int j = ids[k];
          lv[j] += inverseGaps[k] * (THRESHOLD * lv[j] + jumps[k - begin]);
        }
      }
    }

    private float feedback(float[] w, float[] lv, float[] li) {
      products(w, lv, li, product, hidden);
      int n = hidden;
      while (n > 1) {
        n /= 2;
        fold(product, n);
      }
      return product[0];
    }
  }
}
