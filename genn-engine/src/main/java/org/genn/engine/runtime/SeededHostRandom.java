package org.genn.engine.runtime;

import org.genn.engine.backend.Philox;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.builtin.BinomialQuantile;

/// Random numbers of one host array: the same for the same seed and name.
final class SeededHostRandom implements SparseInit.HostRandom {
  private static final int HOST = 3 << 30;

  private final Philox philox;
  private final int stream;
  private int draw;

  SeededHostRandom(long seed, String name) {
    philox = new Philox(seed);
    stream = name.hashCode();
  }

  @Override
  public double uniform() {
    return philox.uniform(draw++, stream, 0, HOST);
  }

  /// By inversion, from the most frequent value outwards.
  @Override
  public long binomial(long trials, double probability) {
    if (trials <= 0 || probability <= 0) {
      return 0;
    }
    if (probability >= 1) {
      return trials;
    }
    double odds = probability / (1 - probability);
    long low = BinomialQuantile.mode(trials, probability);
    long high = low;
    double lowMass = BinomialQuantile.mass(low, trials, probability);
    double highMass = lowMass;
    double rest = uniform() - lowMass;
    while (rest > 0) {
      highMass = high < trials ? highMass * (trials - high) / (high + 1.0) * odds : 0;
      high++;
      if (rest <= highMass) {
        return Math.min(high, trials);
      }
      rest -= highMass;
      lowMass = low > 0 ? lowMass * low / ((trials - low + 1.0) * odds) : 0;
      low--;
      if (rest <= lowMass) {
        return Math.max(low, 0);
      }
      rest -= lowMass;
      if (highMass == 0 && lowMass == 0) {
        break; // what is left is rounding
      }
    }
    return BinomialQuantile.mode(trials, probability);
  }
}
