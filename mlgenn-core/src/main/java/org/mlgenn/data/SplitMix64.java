package org.mlgenn.data;

/// Pseudo-random numbers whose whole state is one `long`, so that a checkpoint can hold it.
///
/// For what happens on the host: shuffling, drawing data sets, augmentation. Models draw from the
/// engine's counter-based generator instead.
///
/// @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea & Flood (2014), Fast
///   splittable pseudorandom number generators</a>
public final class SplitMix64 {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /// A generator that starts at a seed, or goes on at a [#state()].
  public SplitMix64(long state) {
    this.state = state;
  }

  /// What a new generator needs to go on where this one is.
  public long state() {
    return state;
  }

  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /// A number from 0 to `bound - 1`, each equally likely.
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("random number: bound must be at least 1, got " + bound);
    }
    // The high 32 bits of random · bound are uniform once the few smallest low parts are redrawn.
    int smallest = Integer.remainderUnsigned(-bound, bound);
    long product;
    do {
      product = (nextLong() >>> Integer.SIZE) * bound;
    } while (Integer.compareUnsigned((int) product, smallest) < 0);
    return (int) (product >>> Integer.SIZE);
  }

  /// A number from 0 (included) to 1 (excluded) with 53 random bits.
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /// The numbers 0 to `size - 1` in random order (Fisher-Yates).
  public int[] permutation(int size) {
    int[] order = new int[size];
    for (int last = 0; last < size; last++) {
      int other = nextInt(last + 1);
      order[last] = order[other];
      order[other] = last;
    }
    return order;
  }

  /// A generator of its own for each pair of numbers, for what must not depend on an order.
  public static SplitMix64 of(long seed, long first, long second) {
    return new SplitMix64(mix(mix(mix(seed + GOLDEN_GAMMA) + first * GOLDEN_GAMMA) ^ second));
  }

  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
