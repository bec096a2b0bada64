package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.VariableReference;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A recurrent network of leaky integrate-and-fire neurons against a loop that shares nothing with
/// the engine.
@Feature({"N01", "S01", "S09", "S31", "R04", "M02"})
class DenseNetworkTest {
  private static final int NEURONS = 37;
  private static final int STEPS = 60;
  private static final float ALPHA = 0.9f;
  private static final float DECAY = 0.8f;
  private static final VariableReference V = VariableReference.neuron("n", "V");

  /// Weights in multiples of 1/1024, so that sums don't depend on the order of the spikes.
  private static float[] weights() {
    var random = new Random(7);
    float[] weights = new float[NEURONS * NEURONS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (random.nextInt(1024) - 420) / 1024f;
    }
    return weights;
  }

  private static float[] offsets(int batch) {
    var random = new Random(8);
    float[] offsets = new float[batch * NEURONS];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = random.nextFloat() * 0.4f + 0.7f;
    }
    return offsets;
  }

  private static float[] initialVoltages(int batch) {
    var random = new Random(9);
    float[] voltages = new float[batch * NEURONS];
    for (int i = 0; i < voltages.length; i++) {
      voltages[i] = random.nextFloat();
    }
    return voltages;
  }

  private static ModelSpec spec(int batch) {
    NeuronGroup group = Models.lif("n", NEURONS, ALPHA, 1.0);
    group =
        new NeuronGroup(
            "n",
            NEURONS,
            group.model(),
            group
                .bindings()
                .initialValue("Offset", InitialValue.of(offsets(1)))
                .initialValue("V", InitialValue.of(initialVoltages(batch))),
            true,
            false);
    return new ModelSpec("dense" + batch, 1.0, batch, 1234)
        .neuronGroup(group)
        .synapseGroup(Models.dense("s", "n", "n", weights(), DECAY));
  }

  private record Run(List<String> spikes, float[] voltages) {}

  private static Run reference(int batch, int example) {
    float[] weights = weights();
    float[] offsets = offsets(1);
    float[] v =
        java.util.Arrays.copyOfRange(
            initialVoltages(batch), example * NEURONS, (example + 1) * NEURONS);
    float[] inSyn = new float[NEURONS];
    boolean[] spiked = new boolean[NEURONS];
    var spikes = new ArrayList<String>();
    for (int step = 0; step < STEPS; step++) {
      for (int source = 0; source < NEURONS; source++) {
        for (int target = 0; spiked[source] && target < NEURONS; target++) {
          inSyn[target] += weights[source * NEURONS + target];
        }
      }
      for (int i = 0; i < NEURONS; i++) {
        v[i] = ALPHA * v[i] + (1.0f - ALPHA) * (inSyn[i] + offsets[i]);
        inSyn[i] *= DECAY;
        spiked[i] = v[i] >= 1.0f;
        if (spiked[i]) {
          v[i] = 0;
          spikes.add(step + ":" + i);
        }
      }
    }
    return new Run(spikes, v);
  }

  private static List<String> text(RecordedSpikes spikes) {
    var text = new ArrayList<String>();
    for (int i = 0; i < spikes.count(); i++) {
      text.add(spikes.steps()[i] + ":" + spikes.ids()[i]);
    }
    return text;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "5, 1", "5, 2", "5, 4"})
  void spikesAndVoltagesAreThoseOfThePlainLoop(int batch, int threads) {
    var settings = Models.settings().threads(threads).recordingSteps(STEPS);
    try (var simulation = Simulation.open(spec(batch), settings)) {
      for (int step = 0; step < STEPS; step++) {
        simulation.stepTime();
      }
      for (int example = 0; example < batch; example++) {
        Run expected = reference(batch, example);
        assertTrue(expected.spikes().size() > 100, "the network is silent");
        assertEquals(expected.spikes(), text(simulation.recordedSpikes("n", example)));
        float[] voltages = new float[NEURONS];
        simulation.variable(V).read(example, voltages, 0);
        assertArrayEquals(expected.voltages(), voltages, "example " + example);
      }
    }
  }

  @Test
  @Feature("R03")
  void reinitialisingRepeatsTheRunExactly() {
    try (var simulation =
        Simulation.open(spec(2), Models.settings().threads(1).recordingSteps(STEPS))) {
      for (int step = 0; step < STEPS; step++) {
        simulation.stepTime();
      }
      float[] first = simulation.variable(V).toArray();
      simulation.reinitialise();
      assertEquals(0, simulation.timestep());
      for (int step = 0; step < STEPS; step++) {
        simulation.stepTime();
      }
      assertArrayEquals(first, simulation.variable(V).toArray());
      assertEquals(reference(2, 1).spikes(), text(simulation.recordedSpikes("n", 1)));
    }
  }

  @Test
  void inactiveExamplesStayAsTheyAre() {
    try (var simulation = Simulation.open(spec(5), Models.settings().threads(2))) {
      simulation.activeExamples(3);
      for (int step = 0; step < STEPS; step++) {
        simulation.stepTime();
      }
      float[] voltages = new float[NEURONS];
      simulation.variable(V).read(2, voltages, 0);
      assertArrayEquals(reference(5, 2).voltages(), voltages);
      simulation.variable(V).read(3, voltages, 0);
      assertArrayEquals(
          java.util.Arrays.copyOfRange(initialVoltages(5), 3 * NEURONS, 4 * NEURONS), voltages);
    }
  }

  @Test
  void simulationsSideBySideDoNotDisturbEachOther() {
    try (var first = Simulation.open(spec(2), Models.settings().threads(2));
        var second = Simulation.open(spec(5), Models.settings().threads(2));
        var third = Simulation.open(spec(2), Models.settings().threads(1))) {
      for (int step = 0; step < STEPS; step++) {
        first.stepTime();
        second.stepTime();
        if (step < STEPS / 2) {
          third.stepTime();
        }
      }
      for (int step = STEPS / 2; step < STEPS; step++) {
        third.stepTime();
      }
      float[] voltages = new float[NEURONS];
      first.variable(V).read(1, voltages, 0);
      assertArrayEquals(reference(2, 1).voltages(), voltages);
      second.variable(V).read(1, voltages, 0);
      assertArrayEquals(reference(5, 1).voltages(), voltages);
      third.variable(V).read(1, voltages, 0);
      assertArrayEquals(reference(2, 1).voltages(), voltages);
    }
  }

  @Test
  void theTimeLoopAllocatesNothing() {
    try (var simulation = Simulation.open(spec(5), Models.settings().threads(2))) {
      Allocation.assertNone(2000, simulation::stepTime);
    }
  }
}
