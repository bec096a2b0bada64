package org.mlgenn.benchmarks;

import java.util.List;
import org.genn.engine.runtime.SparseConnectivity;

/// Sparse rows of targets, cut at the borders of the parts that the targets are shared out in.
///
/// @param targets row after row, ascending within a row
/// @param offsets row `s` of part `p` is from `offsets[s * (parts + 1) + p]` to the next offset
record Rows(int[] targets, long[] offsets, int parts) {
  /// Rows of several groups side by side: a block of sources has rows in several blocks of targets.
  ///
  /// @param blocks by block of sources, then block of targets
  /// @param firstTargets first target of each block of targets, and the number of all targets
  static Rows of(List<List<SparseConnectivity>> blocks, int[] firstTargets, int parts) {
    int sources = 0;
    long synapses = 0;
    for (var block : blocks) {
      sources += block.getFirst().rowLengths().length;
      for (var connectivity : block) {
        synapses += connectivity.size();
      }
    }
    int[] targets = new int[Math.toIntExact(synapses)];
    long[] offsets = new long[sources * (parts + 1)];
    int total = firstTargets[firstTargets.length - 1];
    int source = 0;
    int at = 0;
    for (var block : blocks) {
      int[][] own = new int[block.size()][];
      int[][] lengths = new int[block.size()][];
      int[] read = new int[block.size()];
      for (int b = 0; b < block.size(); b++) {
        own[b] = block.get(b).targets();
        lengths[b] = block.get(b).rowLengths();
      }
      for (int row = 0; row < lengths[0].length; row++, source++) {
        int begin = at;
        for (int b = 0; b < block.size(); b++) {
          for (int k = 0; k < lengths[b][row]; k++) {
            targets[at++] = firstTargets[b] + own[b][read[b]++];
          }
        }
        int k = begin;
        for (int part = 0; part <= parts; part++) {
          int border = Team.begin(total, part, parts, BORDER);
          while (k < at && targets[k] < border) {
            k++;
          }
          offsets[source * (parts + 1) + part] = k;
        }
      }
    }
    return new Rows(targets, offsets, parts);
  }

  /// Parts begin at multiples of this.
  static final int BORDER = 16;

  boolean fitsIn16Bits(int total) {
    return total <= 1 << 16;
  }

  char[] narrow() {
    char[] narrow = new char[targets.length];
    for (int k = 0; k < narrow.length; k++) {
      narrow[k] = (char) targets[k];
    }
    return narrow;
  }
}
