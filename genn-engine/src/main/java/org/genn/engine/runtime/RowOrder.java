package org.genn.engine.runtime;

import java.util.Arrays;

/// Puts the synapses of a row into ascending order of their targets; equal ones stay in the order
/// in which they are.
final class RowOrder {
  private long[] keys = {};
  private int[] moved = {};

  /// Whether there is nothing to do.
  static boolean isSorted(int[] targets, int length) {
    for (int k = 1; k < length; k++) {
      if (targets[k] < targets[k - 1]) {
        return false;
      }
    }
    return true;
  }

  /// Sorts `targets`, and notes the order for `apply`.
  void sort(int[] targets, int length) {
    if (keys.length < length) {
      keys = new long[length];
      moved = new int[length];
    }
    for (int k = 0; k < length; k++) {
      keys[k] = (long) targets[k] << 32 | k;
    }
    Arrays.sort(keys, 0, length);
    for (int k = 0; k < length; k++) {
      targets[k] = (int) (keys[k] >> 32);
    }
  }

  /// Tells where the elements of the last sort were.
  void places(int[] into, int length) {
    for (int k = 0; k < length; k++) {
      into[k] = (int) keys[k];
    }
  }

  /// Puts what lies beside the targets into the order of the last sort.
  void apply(int[] values, int length) {
    for (int k = 0; k < length; k++) {
      moved[k] = values[(int) keys[k]];
    }
    System.arraycopy(moved, 0, values, 0, length);
  }
}
