package org.mlgenn.tests.gradient;

import java.util.ArrayList;
import java.util.List;
import org.mlgenn.tests.gradient.Circuit.Cells;
import org.mlgenn.tests.gradient.Circuit.Kind;
import org.mlgenn.tests.gradient.Circuit.Projection;

/// Solves a [Circuit] in continuous time: exact between events, events in exact order.
///
/// An event is an input spike or a threshold crossing, which is found by root finding on the closed
/// form. A spike reaches its targets at once.
public final class ContinuousNetwork {
  private final Circuit circuit;
  private final double[][][] weights;

  /// @param circuit the groups and which are connected
  /// @param weights `(projection, source, target)`, used instead of the circuit's
  public ContinuousNetwork(Circuit circuit, double[][][] weights) {
    this.circuit = circuit;
    this.weights = weights;
  }

  /// Runs one trial.
  ///
  /// @param inputSpikes `(input neuron, spike)` (ms), ascending
  /// @param duration length of the trial (ms)
  public Trajectory run(double[][] inputSpikes, double duration) {
    return new Trial(inputSpikes, duration).run();
  }

  private final class Trial {
    private final double[][] inputSpikes;
    private final double duration;
    private final int[] nextInput;
    private final MembranePiece[][] state;
    private final double[][] crossings;
    private final List<List<List<Double>>> spikes = new ArrayList<>();
    private final List<List<MembranePiece>> pieces = new ArrayList<>();
    private double smallestSlope = Double.POSITIVE_INFINITY;

    Trial(double[][] inputSpikes, double duration) {
      this.inputSpikes = inputSpikes;
      this.duration = duration;
      nextInput = new int[inputSpikes.length];
      state = new MembranePiece[circuit.cells().size()][];
      crossings = new double[state.length][];
      for (int group = 0; group < state.length; group++) {
        Cells cells = circuit.cells().get(group);
        state[group] = new MembranePiece[cells.size()];
        crossings[group] = new double[cells.size()];
        var groupSpikes = new ArrayList<List<Double>>();
        for (int neuron = 0; neuron < cells.size(); neuron++) {
          groupSpikes.add(new ArrayList<>());
          state[group][neuron] = new MembranePiece(0, 0, 0, cells.tauMem(), cells.tauSyn());
          crossings[group][neuron] = Double.POSITIVE_INFINITY;
        }
        spikes.add(groupSpikes);
      }
      for (MembranePiece piece : state[circuit.output()]) {
        pieces.add(new ArrayList<>(List.of(piece)));
      }
    }

    Trajectory run() {
      while (true) {
        int group = 0;
        int neuron = -1;
        double time = duration;
        for (int input = 0; input < nextInput.length; input++) {
          if (nextInput[input] < inputSpikes[input].length
              && inputSpikes[input][nextInput[input]] < time) {
            time = inputSpikes[input][nextInput[input]];
            neuron = input;
          }
        }
        for (int spiking = 1; spiking < crossings.length; spiking++) {
          for (int cell = 0; cell < crossings[spiking].length; cell++) {
            if (crossings[spiking][cell] < time) {
              time = crossings[spiking][cell];
              group = spiking;
              neuron = cell;
            }
          }
        }
        if (neuron < 0) {
          return new Trajectory(duration, spikes, smallestSlope, pieces);
        }
        spike(group, neuron, time);
      }
    }

    private void spike(int group, int neuron, double time) {
      if (group == 0) {
        nextInput[neuron]++;
      } else {
        spikes.get(group).get(neuron).add(time);
        double current = state[group][neuron].current(time);
        smallestSlope = Math.min(smallestSlope, current - Circuit.THRESHOLD);
        restart(group, neuron, time, 0, current);
      }
      for (int projection = 0; projection < weights.length; projection++) {
        Projection connection = circuit.projections().get(projection);
        if (connection.source() == group) {
          deliver(connection.target(), weights[projection][neuron], time);
        }
      }
    }

    private void deliver(int group, double[] row, double time) {
      for (int neuron = 0; neuron < row.length; neuron++) {
        MembranePiece before = state[group][neuron];
        restart(group, neuron, time, before.voltage(time), before.current(time) + row[neuron]);
      }
    }

    private void restart(int group, int neuron, double time, double v, double i) {
      Cells cells = circuit.cells().get(group);
      var piece = new MembranePiece(time, v, i, cells.tauMem(), cells.tauSyn());
      state[group][neuron] = piece;
      if (cells.kind() == Kind.LIF) {
        crossings[group][neuron] = piece.crossing(Circuit.THRESHOLD);
      }
      if (group == circuit.output()) {
        pieces.get(neuron).add(piece);
      }
    }
  }
}
