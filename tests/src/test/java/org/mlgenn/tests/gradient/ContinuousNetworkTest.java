package org.mlgenn.tests.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mlgenn.tests.gradient.Circuit.Cells;
import org.mlgenn.tests.gradient.Circuit.Kind;
import org.mlgenn.tests.gradient.Circuit.Projection;

class ContinuousNetworkTest {
  private static final double DURATION = 30;

  /// What rounding leaves of a few operations on numbers around 1.
  private static final double ROUNDING = 1e-13;

  @Test
  void voltageAfterOneSpikeIsDifferenceOfExponentials() {
    Trajectory trial = oneInput(Kind.LI, 20, 5, 3).run(new double[][] {{2}}, DURATION);
    double expected = 3 * 5 / (20.0 - 5) * (Math.exp(-28 / 20.0) - Math.exp(-28 / 5.0));
    assertEquals(expected, trial.finalVoltage(0), ROUNDING);
  }

  @Test
  void voltageWithEqualTimeConstantsIsAlphaFunction() {
    Trajectory trial = oneInput(Kind.LI, 8, 8, 3).run(new double[][] {{2}}, DURATION);
    assertEquals(3 * 28 / 8.0 * Math.exp(-28 / 8.0), trial.finalVoltage(0), ROUNDING);
  }

  @Test
  void neuronSpikesWhereTheQuadraticInTheExponentialReachesTheThreshold() {
    // With tauMem = 2 tauSyn, V = w (x - x²), x = exp(-t/tauMem).
    double weight = 6;
    Trajectory trial = oneInput(Kind.LIF, 10, 5, weight).run(new double[][] {{0}}, DURATION);
    double expected = -10 * Math.log((1 + Math.sqrt(1 - 4 / weight)) / 2);
    assertEquals(expected, trial.firstSpike(0), ROUNDING);
  }

  @Test
  void neuronThatJustMissesTheThresholdStaysSilent() {
    Trajectory trial = oneInput(Kind.LIF, 10, 5, 4 - 1e-9).run(new double[][] {{0}}, DURATION);
    assertEquals(0, trial.spikeCounts()[1][0]);
  }

  @Test
  void spikeResetsTheVoltageAndKeepsTheCurrent() {
    Trajectory trial = oneInput(Kind.LIF, 10, 5, 6).run(new double[][] {{0}}, DURATION);
    MembranePiece afterSpike = trial.pieces().getFirst().getLast();
    assertEquals(0, afterSpike.v());
    assertEquals(6 * Math.exp(-trial.firstSpike(0) / 5), afterSpike.i(), ROUNDING);
  }

  @Test
  void spikesReachTheNextGroupAtOnce() {
    var circuit =
        new Circuit(
            List.of(
                new Cells("input", Kind.INPUT, 1, 0, 0),
                new Cells("hidden", Kind.LIF, 1, 10, 5),
                new Cells("output", Kind.LI, 1, 20, 5)),
            List.of(
                new Projection(0, 1, new double[][] {{6}}),
                new Projection(1, 2, new double[][] {{3}})));
    Trajectory trial =
        new ContinuousNetwork(circuit, circuit.weights()).run(new double[][] {{0}}, DURATION);
    double elapsed = DURATION - trial.spikes().get(1).getFirst().getFirst();
    assertEquals(Math.exp(-elapsed / 20) - Math.exp(-elapsed / 5), trial.finalVoltage(0), ROUNDING);
  }

  @ParameterizedTest
  @CsvSource({"20, 5, 0", "20, 5, 0.04", "5, 20, 0.04", "8, 8, 0", "8, 8, 0.04"})
  void integralEqualsSimpsonsRule(double tauMem, double tauSyn, double rate) {
    var piece = new MembranePiece(3, 0.4, -2, tauMem, tauSyn);
    int intervals = 2000;
    double width = 10.0 / intervals;
    double sum = 0;
    for (int node = 0; node <= intervals; node++) {
      double time = 3 + node * width;
      double factor = node == 0 || node == intervals ? 1 : 2 + 2 * (node % 2);
      sum += factor * Math.exp(-rate * time) * piece.voltage(time) * width / 3;
    }
    assertEquals(sum, piece.integral(13, rate), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({"20, 5", "5, 20", "8, 8"})
  void voltageIsLargestWhereItEqualsTheCurrent(double tauMem, double tauSyn) {
    var piece = new MembranePiece(3, -0.2, 2, tauMem, tauSyn);
    assertEquals(piece.current(piece.maximum()), piece.voltage(piece.maximum()), ROUNDING);
  }

  @Test
  void largestVoltageIsTheLargestOnAFineGrid() {
    var circuit =
        GradientNetworks.of(
            GradientNetworks.Topology.RECURRENT,
            new Pair(Pair.LossKind.CROSSENTROPY, Pair.ReadoutKind.MAX_VAR, false));
    Trajectory trial =
        new ContinuousNetwork(circuit.circuit(), circuit.circuit().weights())
            .run(circuit.examples().getFirst().spikes(), DURATION);
    double largest = 0;
    int piece = 0;
    for (double time = 0; time < DURATION; time += 1e-3) {
      while (time > trial.end(0, piece)) {
        piece++;
      }
      largest = Math.max(largest, trial.pieces().getFirst().get(piece).voltage(time));
    }
    assertTrue(trial.maximum(0).value() >= largest);
    assertEquals(largest, trial.maximum(0).value(), 1e-7);
  }

  private static ContinuousNetwork oneInput(
      Kind kind, double tauMem, double tauSyn, double weight) {
    var circuit =
        new Circuit(
            List.of(
                new Cells("input", Kind.INPUT, 1, 0, 0),
                new Cells("output", kind, 1, tauMem, tauSyn)),
            List.of(new Projection(0, 1, new double[][] {{weight}})));
    return new ContinuousNetwork(circuit, circuit.weights());
  }
}
