package org.mlgenn.tests.gradient;

/// A stretch of a neuron's voltage between two events, in closed form.
///
/// With `s = t - start`: `V(s) = (v - c) exp(-s/tauMem) + c exp(-s/tauSyn)`, `c = i tauSyn /
/// (tauSyn - tauMem)`; for equal time constants `V(s) = (v + i s/tau) exp(-s/tau)`.
///
/// @param start when the stretch begins (ms)
/// @param v voltage at the start
/// @param i synaptic current at the start
/// @param tauMem membrane time constant (ms)
/// @param tauSyn synaptic time constant (ms)
public record MembranePiece(double start, double v, double i, double tauMem, double tauSyn) {

  public double voltage(double time) {
    double s = time - start;
    if (tauMem == tauSyn) {
      return (v + i * s / tauMem) * Math.exp(-s / tauMem);
    }
    double c = i * tauSyn / (tauSyn - tauMem);
    return (v - c) * Math.exp(-s / tauMem) + c * Math.exp(-s / tauSyn);
  }

  public double current(double time) {
    return i * Math.exp(-(time - start) / tauSyn);
  }

  /// `∫ exp(-rate t) V(t) dt` from the start to `end`, t counted from the trial's begin.
  public double integral(double end, double rate) {
    double length = end - start;
    double slow = rate + 1 / tauMem;
    double value;
    if (tauMem == tauSyn) {
      double linear =
          (-Math.expm1(-slow * length) - slow * length * Math.exp(-slow * length)) / (slow * slow);
      value = v * decay(slow, length) + i / tauMem * linear;
    } else {
      double c = i * tauSyn / (tauSyn - tauMem);
      value = (v - c) * decay(slow, length) + c * decay(rate + 1 / tauSyn, length);
    }
    return Math.exp(-rate * start) * value;
  }

  private static double decay(double rate, double length) {
    return -Math.expm1(-rate * length) / rate;
  }

  /// When the voltage has its maximum, if that lies inside the stretch: infinite otherwise.
  public double maximum() {
    if (i <= v) {
      return Double.POSITIVE_INFINITY;
    }
    if (tauMem == tauSyn) {
      return i > 0 ? start + tauMem * (1 - v / i) : Double.POSITIVE_INFINITY;
    }
    double c = i * tauSyn / (tauSyn - tauMem);
    double ratio = -c * tauMem / (tauSyn * (v - c));
    double s = Math.log(ratio) / (1 / tauSyn - 1 / tauMem);
    return s > 0 ? start + s : Double.POSITIVE_INFINITY;
  }

  /// When the voltage reaches the threshold from below: infinite if it never does.
  ///
  /// The voltage is monotone up to its maximum, which brackets the crossing.
  public double crossing(double threshold) {
    double top = maximum();
    if (top == Double.POSITIVE_INFINITY || voltage(top) < threshold) {
      return Double.POSITIVE_INFINITY;
    }
    double low = start;
    double high = top;
    double time = 0.5 * (low + high);
    for (int iteration = 0; iteration < 200; iteration++) {
      double excess = voltage(time) - threshold;
      if (excess > 0) {
        high = time;
      } else {
        low = time;
      }
      double slope = (current(time) - voltage(time)) / tauMem;
      double next = time - excess / slope;
      if (!(next > low && next < high)) {
        next = 0.5 * (low + high);
      }
      if (Math.abs(next - time) <= 2 * Math.ulp(time)) {
        return next;
      }
      time = next;
    }
    return time;
  }
}
