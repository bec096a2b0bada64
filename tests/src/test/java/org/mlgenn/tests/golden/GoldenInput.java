package org.mlgenn.tests.golden;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.runtime.Simulation;
import org.mlgenn.data.LateSpikes;
import org.mlgenn.data.SpikeTrain;

/// Input spikes of a case. As in ml_genn, spikes of the last step of an example arrive in the first
/// step of the next one.
final class GoldenInput {
  private final GoldenFolder.Case golden;
  private final int neurons;
  private int[] inFlight = {};

  GoldenInput(GoldenFolder.Case golden, int neurons) {
    this.golden = golden;
    this.neurons = neurons;
  }

  /// Sets the spikes of an example.
  ///
  /// @param prefix of the arrays: `in` or `val`
  /// @param start time at which the example begins (ms); spikes that were due before queue
  SpikeTrain set(Simulation simulation, String prefix, int example, double start) {
    int[] bounds = golden.array(prefix + "_offsets").ints();
    int count = bounds[example + 1] - bounds[example];
    float[] times = new float[count];
    int[] ids = new int[count];
    for (int spike = 0; spike < count; spike++) {
      times[spike] =
          Math.max(
              0, golden.array(prefix + "_times").floats()[bounds[example] + spike] - (float) start);
      ids[spike] = golden.array(prefix + "_ids").ints()[bounds[example] + spike];
    }
    var train =
        SpikeTrain.ofTimes(times, ids, neurons, golden.timesteps(), golden.dt(), LateSpikes.DROP);
    int[] offsets = train.offsets().clone();
    int[] all = new int[inFlight.length + train.ids().length];
    System.arraycopy(inFlight, 0, all, 0, inFlight.length);
    System.arraycopy(train.ids(), 0, all, inFlight.length, train.ids().length);
    for (int segment = 1; segment < offsets.length; segment++) {
      offsets[segment] += inFlight.length;
    }
    simulation.setSpikes("in", 0, offsets, all);
    inFlight = train.neuronsAt(golden.timesteps() - 1);
    return train;
  }

  /// Spikes that the case lists for a population and example, as `step:neuron`.
  static List<String> expected(
      GoldenFolder.Case golden, String population, int example, long firstStep) {
    int[] bounds = golden.array(population + "_spk_offsets").ints();
    var spikes = new ArrayList<String>();
    for (int spike = bounds[example]; spike < bounds[example + 1]; spike++) {
      double time = golden.array(population + "_spk_times").floats()[spike];
      int neuron = golden.array(population + "_spk_ids").ints()[spike];
      spikes.add("%d:%d".formatted(Math.round(time / golden.dt()) - firstStep, neuron));
    }
    return spikes;
  }

  static List<String> found(Simulation simulation, String population, long firstStep) {
    var recorded = simulation.recordedSpikes(population, 0);
    var spikes = new ArrayList<String>();
    for (int spike = 0; spike < recorded.count(); spike++) {
      spikes.add("%d:%d".formatted(recorded.steps()[spike] - firstStep, recorded.ids()[spike]));
    }
    return spikes;
  }

  static List<String> of(SpikeTrain train) {
    var spikes = new ArrayList<String>();
    train.forEach((step, neuron) -> spikes.add("%d:%d".formatted(step, neuron)));
    return spikes;
  }
}
