package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.VariableReference;
import org.genn.feature.Feature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A leaky integrate-and-fire neuron with constant input against the solution of its differential
/// equation.
@Feature({"N01", "R04"})
class LifTest {
  @ParameterizedTest
  @CsvSource({"20, 1, 0.9, 50", "10, 0.1, 0.5, 300", "5, 2, 0.99, 20"})
  void voltageBelowThresholdFollowsTheExponential(double tau, double dt, double input, int steps) {
    try (var simulation = Simulation.open(spec(tau, dt, input), Models.settings().threads(1))) {
      for (int step = 1; step <= steps; step++) {
        simulation.stepTime();
        double exact = input * (1 - Math.exp(-step * dt / tau));
        assertEquals(
            exact, simulation.variable(VariableReference.neuron("n", "V")).get(0, 0), 2e-6);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"20, 0.1, 1.5", "10, 0.05, 3", "5, 0.01, 1.1"})
  void intervalBetweenSpikesIsTauTimesTheLogarithm(double tau, double dt, double input) {
    int period = (int) Math.ceil(tau * Math.log(input / (input - 1)) / dt);
    var settings = Models.settings().threads(1).recordingSteps(3 * period);
    try (var simulation = Simulation.open(spec(tau, dt, input), settings)) {
      for (int step = 0; step < 3 * period; step++) {
        simulation.stepTime();
      }
      RecordedSpikes spikes = simulation.recordedSpikes("n", 0);
      assertEquals(3, spikes.count());
      for (int i = 0; i < 3; i++) {
        assertEquals((i + 1) * period - 1, spikes.steps()[i], 1);
      }
    }
  }

  private static ModelSpec spec(double tau, double dt, double input) {
    NeuronGroup group = Models.lif("n", 1, Math.exp(-dt / tau), 1.0);
    return new ModelSpec("lif", dt, 1, 1)
        .neuronGroup(
            new NeuronGroup(
                "n",
                1,
                group.model(),
                group.bindings().initialValue("Offset", input),
                true,
                false));
  }
}
