package org.genn.engine.runtime;

import java.util.ArrayList;
import java.util.List;

/// The synapses of `RewiredNetwork` as lists, with GeNN's rules for their order: what is added
/// comes last, and the last one takes the place of a removed one and is visited next.
///
/// Spikes take `axonal + 1` steps to the synapses, those of targets `back + 1`; input takes `delay`
/// steps from there, so that with a delay of 0 it arrives in the step in which a synapse handles
/// the spike.
final class PlainSynapses {
  /// @param room synapses that a source may have
  /// @param slots of the dendritic delay
  record Shape(int sources, int targets, int room, int batch, int axonal, int back, int slots) {}

  static final class Synapse {
    final int target;
    float g;
    final int delay;
    float own;
    float sum;
    final float[] n;

    Synapse(int target, float g, int delay, float own, int batch) {
      this.target = target;
      this.g = g;
      this.delay = delay;
      this.own = own;
      n = new float[batch];
    }
  }

  private final Shape shape;
  final List<List<Synapse>> rows = new ArrayList<>();
  final long[] visited;
  private final int[] wanted;
  private int turn;

  /// Input of each example's targets, in this step and the next ones.
  private final float[][][] input;

  PlainSynapses(Shape shape) {
    this.shape = shape;
    visited = new long[shape.sources];
    wanted = new int[shape.sources];
    input = new float[shape.batch][shape.slots][shape.targets];
    for (int i = 0; i < shape.sources; i++) {
      rows.add(new ArrayList<>());
    }
  }

  /// A synapse that is there from the start.
  void connect(int source, int target) {
    rows.get(source)
        .add(new Synapse(target, target + 1, (source + target) % shape.slots, 0, shape.batch));
  }

  // ---- the update

  /// What `RewiredNetwork.ROW_CODE` and its host code do.
  ///
  /// @param bonus by source
  /// @param closed by target
  void rewire(int launch, float[] bonus, float[] closed) {
    turn++;
    for (int i = 0; i < shape.sources; i++) {
      wanted[i] = (turn + rows.get(i).size() + i) % 4;
    }
    for (int i = 0; i < shape.sources; i++) {
      rewire(i, rows.get(i), launch, bonus[i], closed);
    }
  }

  private void rewire(int source, List<Synapse> row, int launch, float bonus, float[] closed) {
    int at = 0;
    int count = 0;
    while (at < row.size()) {
      Synapse here = row.get(at);
      int mix = here.target * 7 + source * 5 + launch * 11 + at * 3 + (int) closed[here.target];
      count++;
      if (mix % 4 == 0) {
        Synapse last = row.removeLast();
        if (at < row.size()) {
          row.set(at, last);
        }
        continue;
      }
      if (mix % 23 == 1) {
        break;
      }
      here.g += bonus;
      here.own += 1;
      at++;
    }
    visited[source] = count;
    for (int a = 0; a < wanted[source] && row.size() < shape.room && shape.targets > 0; a++) {
      var added =
          new Synapse(
              (source * 3 + launch * 13 + a * 29) % shape.targets,
              1 + a,
              (launch + a) % shape.slots,
              2,
              shape.batch);
      java.util.Arrays.fill(added.n, 100);
      row.add(added);
    }
  }

  /// What the custom update of the synapses does.
  void count() {
    rows.forEach(row -> row.forEach(synapse -> synapse.sum += synapse.g));
  }

  // ---- a step

  /// A spike of a source arrives at its synapses.
  void fromSource(int example, int source) {
    for (Synapse synapse : rows.get(source)) {
      input[example][synapse.delay][synapse.target] += synapse.g;
      synapse.n[example] += 1;
    }
  }

  /// A spike of a target arrives at its synapses: adds what they send back.
  void fromTarget(int example, int target, float[] back) {
    for (int source = 0; source < shape.sources; source++) {
      for (Synapse synapse : rows.get(source)) {
        if (synapse.target == target) {
          back[source] += synapse.n[example];
        }
      }
    }
  }

  /// The input of this step; time goes on.
  float[] takeInput(int example) {
    float[][] slots = input[example];
    float[] now = slots[0];
    for (int delay = 1; delay < slots.length; delay++) {
      slots[delay - 1] = slots[delay];
    }
    slots[slots.length - 1] = new float[shape.targets];
    return now;
  }

  int size() {
    return rows.stream().mapToInt(List::size).sum();
  }
}
