package org.genn.engine.model;

import java.util.Arrays;
import java.util.OptionalInt;

/// Pairs of source and target, given one by one, and kept sorted by source, then target; equal
/// pairs stay in the order in which they were given.
public final class SynapsePairs implements SynapsePattern {
  private final int[] sources;
  private final int[] targets;
  private final int[] given;
  private final OptionalInt maxRowLength;

  /// @param maxRowLength synapses that a source may have; empty for as many as they have at most
  private SynapsePairs(int[] sources, int[] targets, int[] given, OptionalInt maxRowLength) {
    this.sources = sources;
    this.targets = targets;
    this.given = given;
    this.maxRowLength = maxRowLength;
  }

  public static SynapsePairs of(int[] sources, int[] targets) {
    Given.all("sparse connections", "array of sources", sources, "array of targets", targets);
    if (sources.length != targets.length) {
      throw new IllegalArgumentException(
          "sparse connections: got %d sources, but %d targets"
              .formatted(sources.length, targets.length));
    }
    int[] order = new int[sources.length];
    Arrays.setAll(order, k -> k);
    order = sorted(sorted(order, targets), sources);
    return new SynapsePairs(
        permuted(sources, order), permuted(targets, order), order, OptionalInt.empty());
  }

  /// A stable radix sort of `order` by `keys[order]`, 16 bits at a time.
  private static int[] sorted(int[] order, int[] keys) {
    int[] from = order;
    for (int shift = 0; shift < 32; shift += 16) {
      int[] starts = new int[(1 << 16) + 1];
      for (int key : keys) {
        starts[digit(key, shift) + 1]++;
      }
      for (int digit = 1; digit < starts.length; digit++) {
        starts[digit] += starts[digit - 1];
      }
      int[] to = new int[from.length];
      for (int index : from) {
        to[starts[digit(keys[index], shift)]++] = index;
      }
      from = to;
    }
    return from;
  }

  private static int digit(int key, int shift) {
    return (key >>> shift) & 0xffff;
  }

  private static int[] permuted(int[] values, int[] order) {
    int[] permuted = new int[values.length];
    Arrays.setAll(permuted, k -> values[order[k]]);
    return permuted;
  }

  public int size() {
    return sources.length;
  }

  public int source(int synapse) {
    return sources[synapse];
  }

  public int target(int synapse) {
    return targets[synapse];
  }

  /// The place that a synapse had among those that were given.
  public int given(int synapse) {
    return given[synapse];
  }

  /// The same pairs with room for more synapses of a source, for updates that add some.
  @Override
  public SynapsePairs maxRowLength(int length) {
    return new SynapsePairs(sources, targets, given, OptionalInt.of(length));
  }

  /// The same pairs: columns of given connections are as long as they are.
  ///
  /// @throws IllegalArgumentException when a target has more synapses
  @Override
  public SynapsePairs maxColumnLength(int length) {
    var counts = new java.util.HashMap<Integer, Integer>();
    for (int target : targets) {
      counts.merge(target, 1, Integer::sum);
    }
    int longest = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    if (length < longest) {
      throw new IllegalArgumentException(
          "a target has %d synapses, so room for %d is too little".formatted(longest, length));
    }
    return this;
  }

  /// Synapses that a source may have.
  public int maxRowLength() {
    return maxRowLength.orElseGet(this::longestRow);
  }

  /// Number of synapses of the source that has most.
  public int longestRow() {
    int longest = 0;
    int begin = 0;
    for (int k = 0; k < sources.length; k++) {
      if (sources[k] != sources[begin]) {
        begin = k;
      }
      longest = Math.max(longest, k - begin + 1);
    }
    return longest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SynapsePairs pairs
        && Arrays.equals(sources, pairs.sources)
        && Arrays.equals(targets, pairs.targets)
        && Arrays.equals(given, pairs.given)
        && maxRowLength.equals(pairs.maxRowLength);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(sources) + Arrays.hashCode(targets);
  }

  @Override
  public String toString() {
    return sources.length + " pairs";
  }
}
