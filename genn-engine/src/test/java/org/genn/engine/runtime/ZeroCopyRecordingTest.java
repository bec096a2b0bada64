package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Precision;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where kernels and host share memory, recordings are read without being copied, whatever was
/// asked for.
@Feature("N07")
class ZeroCopyRecordingTest {
  private static final NeuronModel CLOCK =
      new NeuronModel("Clock").thresholdCondition("fmod(t, 3.0) == (scalar) id");

  private static GeNNModel model(String backend, boolean isZeroCopy) {
    var model = new GeNNModel(Precision.FLOAT, "zeroCopy", backend);
    model.setPreferences(Models.settings().threads(1));
    model.setDt(1);
    var clocks = model.addNeuronPopulation("clocks", 3, CLOCK, Map.of(), Map.of());
    clocks.setSpikeRecordingEnabled(true);
    clocks.setRecordingZeroCopyEnabled(isZeroCopy);
    model.build();
    model.load(4);
    return model;
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  void recordingsNeedNoPull(String backend) {
    for (boolean isZeroCopy : new boolean[] {true, false}) {
      try (GeNNModel model = model(backend, isZeroCopy)) {
        NeuronPopulation clocks = model.neuronPopulation("clocks");
        assertEquals(isZeroCopy, clocks.recordingZeroCopyEnabled());
        for (int step = 0; step < 4; step++) {
          model.stepTime();
        }
        RecordedSpikes before = clocks.spikeRecordingData().getFirst();
        assertArrayEquals(new int[] {0, 1, 2, 0}, before.ids());
        model.stepTime();
        assertArrayEquals(new int[] {1, 2, 0, 1}, clocks.spikeRecordingData().getFirst().ids());
        model.pullRecordingBuffersFromDevice();
        assertArrayEquals(new int[] {1, 2, 0, 1}, clocks.spikeRecordingData().getFirst().ids());
      }
    }
  }

  @Test
  void isAskedForBeforeTheModelIsBuilt() {
    try (GeNNModel model = model("jvm", true)) {
      NeuronPopulation clocks = model.neuronPopulation("clocks");
      var problem =
          assertThrows(
              IllegalStateException.class, () -> clocks.setRecordingZeroCopyEnabled(false));
      assertEquals(
          "model 'zeroCopy' is already built; it can no longer change how it records",
          problem.getMessage());
      assertTrue(clocks.recordingZeroCopyEnabled());
    }
    try (GeNNModel model = new GeNNModel()) {
      assertFalse(
          model.addNeuronPopulation("n", 1, CLOCK, Map.of(), Map.of()).recordingZeroCopyEnabled());
    }
  }
}
