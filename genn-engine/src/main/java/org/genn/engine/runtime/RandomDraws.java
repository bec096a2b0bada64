package org.genn.engine.runtime;

/// Random numbers of one stream: a pure function of seed, stream and element.
///
/// Philox 4x32-10; the counter is the element (two words), the stream, and the number of the draw,
/// the key is the seed.
///
/// @see <a href="https://doi.org/10.1145/2063384.2063405">Salmon et al. (2011), Parallel random
///   numbers: as easy as 1, 2, 3</a>
final class RandomDraws {
  private static final double UNIT = 0x1p-53;

  private final int key0;
  private final int key1;
  private final int stream;
  private long first;
  private long second;

  RandomDraws(long seed, int stream) {
    key0 = (int) seed;
    key1 = (int) (seed >>> 32);
    this.stream = stream;
  }

  /// Uniform in [0, 1).
  double uniform(long element) {
    draw(element);
    return (first >>> 11) * UNIT;
  }

  /// Standard normal (Box and Muller), from `StrictMath` and so the same everywhere.
  double normal(long element) {
    draw(element);
    double radius = StrictMath.sqrt(-2 * StrictMath.log(((first >>> 11) + 1) * UNIT));
    return radius * StrictMath.cos(2 * StrictMath.PI * ((second >>> 11) * UNIT));
  }

  private void draw(long element) {
    int c0 = (int) element;
    int c1 = (int) (element >>> 32);
    int c2 = stream;
    int c3 = 0;
    int k0 = key0;
    int k1 = key1;
    for (int round = 0; round < 10; round++) {
      long product0 = (c0 & 0xFFFFFFFFL) * 0xD2511F53L;
      long product1 = (c2 & 0xFFFFFFFFL) * 0xCD9E8D57L;
      c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
      c1 = (int) product1;
      c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c3 = (int) product0;
      k0 += 0x9E3779B9;
      k1 += 0xBB67AE85;
    }
    first = (c0 & 0xFFFFFFFFL) << 32 | (c1 & 0xFFFFFFFFL);
    second = (c2 & 0xFFFFFFFFL) << 32 | (c3 & 0xFFFFFFFFL);
  }
}
