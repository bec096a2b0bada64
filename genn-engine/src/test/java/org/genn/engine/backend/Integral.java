package org.genn.engine.backend;

import java.util.function.DoubleUnaryOperator;

/// Numerical integration, as a check that shares nothing with series and fractions.
final class Integral {
  private static final double[] NODES = {
    0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363
  };
  private static final double[] WEIGHTS = {
    0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763
  };

  private Integral() {}

  /// Gauss-Legendre quadrature of eight nodes on 40 panels.
  static double of(DoubleUnaryOperator f, double low, double high) {
    int panels = 40;
    double half = (high - low) / panels / 2;
    double sum = 0;
    for (int panel = 0; panel < panels; panel++) {
      double middle = low + (2 * panel + 1) * half;
      for (int i = 0; i < NODES.length; i++) {
        sum +=
            WEIGHTS[i]
                * (f.applyAsDouble(middle - half * NODES[i])
                    + f.applyAsDouble(middle + half * NODES[i]));
      }
    }
    return sum * half;
  }
}
