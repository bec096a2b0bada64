package org.mlgenn.tests.gradient;

import java.util.ArrayList;
import java.util.List;

/// The exact course of a trial: all spikes, and the voltage of every output neuron in pieces.
///
/// @param duration length of the trial (ms)
/// @param spikes `(group, neuron)`: spike times (ms), ascending; empty for inputs
/// @param smallestSlope the smallest `I - V` with which a neuron crossed its threshold
/// @param pieces per output neuron the voltage
public record Trajectory(
    double duration,
    List<List<List<Double>>> spikes,
    double smallestSlope,
    List<List<MembranePiece>> pieces) {

  /// A maximum of the voltage.
  ///
  /// @param time when it is reached (ms)
  /// @param value the voltage
  /// @param piece the piece in which it lies
  /// @param isSmooth whether the voltage's slope is zero there, not only changing its sign
  /// @param lead by how much it exceeds the second largest local maximum
  public record Maximum(double time, double value, int piece, boolean isSmooth, double lead) {}

  public int[][] spikeCounts() {
    return spikes.stream()
        .map(group -> group.stream().mapToInt(List::size).toArray())
        .toArray(int[][]::new);
  }

  public double end(int neuron, int piece) {
    List<MembranePiece> all = pieces.get(neuron);
    return piece + 1 < all.size() ? all.get(piece + 1).start() : duration;
  }

  public double finalVoltage(int neuron) {
    return pieces.get(neuron).getLast().voltage(duration);
  }

  /// `∫ exp(-rate t) V dt` over the trial.
  public double integral(int neuron, double rate) {
    double sum = 0;
    for (int piece = 0; piece < pieces.get(neuron).size(); piece++) {
      sum += pieces.get(neuron).get(piece).integral(end(neuron, piece), rate);
    }
    return sum;
  }

  /// The largest local maximum; the begin of the trial (V = 0) is one too.
  public Maximum maximum(int neuron) {
    var best = new Maximum(0, 0, -1, false, Double.POSITIVE_INFINITY);
    for (Maximum other : localMaxima(neuron)) {
      boolean isLarger = other.value() > best.value();
      Maximum winner = isLarger ? other : best;
      double lead =
          Math.min(
              isLarger ? Double.POSITIVE_INFINITY : best.lead(),
              Math.abs(other.value() - best.value()));
      best = new Maximum(winner.time(), winner.value(), winner.piece(), winner.isSmooth(), lead);
    }
    return best;
  }

  private List<Maximum> localMaxima(int neuron) {
    var maxima = new ArrayList<Maximum>();
    List<MembranePiece> all = pieces.get(neuron);
    for (int piece = 0; piece < all.size(); piece++) {
      MembranePiece membrane = all.get(piece);
      double end = end(neuron, piece);
      if (membrane.maximum() < end) {
        double time = membrane.maximum();
        maxima.add(new Maximum(time, membrane.voltage(time), piece, true, 0));
      } else if (membrane.current(end) > membrane.voltage(end)
          && (piece + 1 == all.size() || all.get(piece + 1).i() <= all.get(piece + 1).v())) {
        maxima.add(new Maximum(end, membrane.voltage(end), piece, false, 0));
      }
    }
    return maxima;
  }

  public double firstSpike(int neuron) {
    List<Double> own = spikes.getLast().get(neuron);
    return own.isEmpty() ? Double.POSITIVE_INFINITY : own.getFirst();
  }
}
