package org.mlgenn.tests.behaviours;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mlgenn.tests.behaviours.Parts.synapses;

import java.util.List;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.NeuronModels;
import org.genn.engine.runtime.RecordedSpikes;
import org.genn.engine.runtime.Simulation;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// A7.9: recordings hold the spikes and events of each example; neuron `i` of example `b` has them
/// at `t = b + i` and `t = b + 99 − i`.
final class RecordingTest extends Behaviours {
  private static final int SIZE = 100;

  private float[] starts(int last) {
    float[] starts = new float[setting.batchSize() * SIZE];
    for (int k = 0; k < starts.length; k++) {
      starts[k] = 2 * k + last;
    }
    return starts;
  }

  /// In steps from 0 to 99 only.
  private boolean hasAt(int example, int neuron, int time) {
    return time == example + neuron || time == example + 99 - neuron;
  }

  private float[] times() {
    float[] times = new float[2 * setting.batchSize() * SIZE];
    for (int example = 0; example < setting.batchSize(); example++) {
      for (int i = 0; i < SIZE; i++) {
        int at = 2 * (example * SIZE + i);
        times[at] = example + Math.min(i, 99 - i);
        times[at + 1] = example + Math.max(i, 99 - i);
      }
    }
    return times;
  }

  private void expectRecorded(RecordedSpikes spikes, int example, int from, int to) {
    int k = 0;
    for (int time = from; time < to; time++) {
      for (int i = 0; i < SIZE; i++) {
        if (hasAt(example, i, time)) {
          assertEquals(time, spikes.times()[k], 1e-9);
          assertEquals(i, spikes.ids()[k++]);
        }
      }
    }
    assertEquals(k, spikes.count());
    assertArrayEquals(new int[] {k, k}, new int[] {spikes.times().length, spikes.ids().length});
  }

  @Test
  @Feature({"N05", "N06", "N17", "R06", "R12"})
  void recordingsHoldSpikesAndEvents() {
    var bindings =
        Bindings.NONE
            .initialValue("startSpike", InitialValue.of(starts(0)))
            .initialValue("endSpike", InitialValue.of(starts(2)))
            .extraGlobalParameter("spikeTimes", times());
    var outputs =
        new NeuronModel("Outputs")
            .variable(new Variable("output", "bool", VarAccess.READ_WRITE))
            .simCode("output = t == batch + id || t == batch + 99 - id;");
    var onOutput = new WeightUpdateModel("OnOutput").preEvent("output", "addToPost(1.0);");
    onOutput =
        new WeightUpdateModel(
            onOutput.name(),
            onOutput.declarations(),
            List.of(new VariableDeclaration("output", "bool", VarAccessMode.READ_ONLY)),
            List.of(),
            onOutput.preSpikeSynCode(),
            onOutput.preEventThreshold(),
            onOutput.preEventSynCode(),
            onOutput.pre(),
            onOutput.post(),
            onOutput.postsynapticVariables());
    var spec =
        model("recording")
            .neuronGroup(
                new NeuronGroup("spikes", SIZE, NeuronModels.SPIKE_SOURCE_ARRAY, bindings)
                    .recordsSpikes(true))
            .neuronGroup(
                new NeuronGroup("events", SIZE, outputs, Bindings.NONE).recordsSpikeEvents(true))
            .neuronGroup(Parts.neurons("target", SIZE, Parts.EMPTY))
            .synapseGroup(
                synapses("s", Parts.oneToOne(SIZE), "events", "target", onOutput, Bindings.NONE));
    try (var simulation = Simulation.open(spec, settings().recordingSteps(100))) {
      run(simulation, 99);
      assertThrows(IllegalStateException.class, () -> simulation.recordedSpikes("spikes", 0));
      run(simulation, 1);
      for (int example = 0; example < setting.batchSize(); example++) {
        expectRecorded(simulation.recordedSpikes("spikes", example), example, 0, 100);
        expectRecorded(simulation.recordedSpikes("s.pre", example), example, 0, 100);
      }
      // The oldest steps make place for the newest.
      run(simulation, 2);
      for (int example = 0; example < setting.batchSize(); example++) {
        expectRecorded(simulation.recordedSpikes("spikes", example), example, 2, 102);
        expectRecorded(simulation.recordedSpikes("s.pre", example), example, 2, 102);
      }
    }
  }
}
