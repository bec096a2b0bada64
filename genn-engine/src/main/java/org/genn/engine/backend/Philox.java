package org.genn.engine.backend;

/// The counter-based random numbers of kernels, on the host: the same key and counter give the same
/// bits.
///
/// Philox 4x32-10 turns a key of 64 bits and a counter of 128 bits into four random words; kernels
/// take their draws from the first two.
///
/// @see <a href="https://doi.org/10.1145/2063384.2063405">Salmon, Moraes, Dror and Shaw (2011)</a>
public final class Philox {
  private static final int ROUNDS = 10;
  private static final int MULTIPLIER_0 = 0xD2511F53;
  private static final int MULTIPLIER_2 = 0xCD9E8D57;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;

  private final int key0;
  private final int key1;

  /// @param seed the key: low half first
  public Philox(long seed) {
    key0 = (int) seed;
    key1 = (int) (seed >>> 32);
  }

  /// The four words of a counter.
  public int[] words(int c0, int c1, int c2, int c3) {
    int k0 = key0;
    int k1 = key1;
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = Integer.toUnsignedLong(MULTIPLIER_0) * Integer.toUnsignedLong(c0);
      long product2 = Integer.toUnsignedLong(MULTIPLIER_2) * Integer.toUnsignedLong(c2);
      c0 = (int) (product2 >>> 32) ^ c1 ^ k0;
      c1 = (int) product2;
      c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c3 = (int) product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    return new int[] {c0, c1, c2, c3};
  }

  private long pair(int c0, int c1, int c2, int c3) {
    int[] words = words(c0, c1, c2, c3);
    return Integer.toUnsignedLong(words[0]) | (long) words[1] << 32;
  }

  /// 32 random bits.
  public int bits(int c0, int c1, int c2, int c3) {
    return words(c0, c1, c2, c3)[0];
  }

  /// A multiple of 2^-24 in [0, 1).
  public float uniformFloat(int c0, int c1, int c2, int c3) {
    return (words(c0, c1, c2, c3)[0] >>> 8) * 0x1p-24f;
  }

  /// A multiple of 2^-53 in [0, 1).
  public double uniform(int c0, int c1, int c2, int c3) {
    return (pair(c0, c1, c2, c3) >>> 11) * 0x1p-53;
  }

  /// Standard normal, by inversion; kernels in single precision round it.
  public double normal(int c0, int c1, int c2, int c3) {
    return NormalDistribution.quantile(openUniform(c0, c1, c2, c3));
  }

  /// Exponential with rate 1; kernels in single precision round it.
  public double exponential(int c0, int c1, int c2, int c3) {
    return -NormalDistribution.log(openUniform(c0, c1, c2, c3));
  }

  private double openUniform(int c0, int c1, int c2, int c3) {
    return ((pair(c0, c1, c2, c3) >>> 12) + 0.5) * 0x1p-52;
  }
}
