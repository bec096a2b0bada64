package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.builtin.CurrentSourceModels;
import org.genn.engine.model.builtin.NeuronModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Built-in neuron models in double precision against closed forms or plain Java.
class NeuronModelsTest {
  private static final double EXACT = 1e-9;

  /// A neuron under a constant current, as the test sees it.
  private static final class Probe implements AutoCloseable {
    private final Simulation simulation;

    Probe(
        String model,
        double dt,
        double current,
        Map<String, Double> parameters,
        Map<String, Double> variables) {
      var bindings = Bindings.NONE;
      for (var parameter : parameters.entrySet()) {
        bindings = bindings.parameter(parameter.getKey(), parameter.getValue());
      }
      for (var variable : variables.entrySet()) {
        bindings = bindings.initialValue(variable.getKey(), variable.getValue());
      }
      var spec =
          new ModelSpec("probe", dt, 1, 7)
              .precision(Precision.DOUBLE)
              .neuronGroup(
                  new NeuronGroup("n", 1, NeuronModels.named(model), bindings).recordsSpikes(true))
              .currentSource(
                  new CurrentSource(
                      "dc", "n", CurrentSourceModels.DC, Bindings.NONE.parameter("amp", current)));
      simulation = Simulation.open(spec, Models.settings().threads(1).recordingSteps(5000));
    }

    double get(String variable) {
      return simulation.variable(VariableReference.neuron("n", variable)).getDouble(0, 0);
    }

    void step() {
      simulation.stepTime();
    }

    List<Long> spikes() {
      var steps = new ArrayList<Long>();
      for (long step : simulation.recordedSpikesSoFar("n", 0).steps()) {
        steps.add(step);
      }
      return steps;
    }

    @Override
    public void close() {
      simulation.close();
    }
  }

  @Test
  @Feature({"N12", "C03"})
  void lifFollowsTheExponentialThenRests() {
    var parameters =
        Map.of(
            "C",
            0.5,
            "TauM",
            20.0,
            "Vrest",
            -60.0,
            "Vreset",
            -70.0,
            "Vthresh",
            -50.0,
            "Ioffset",
            0.1,
            "TauRefrac",
            2.0);
    double steady = (0.4 + 0.1) * 20.0 / 0.5 - 60.0;
    try (var lif = new Probe("LIF", 0.5, 0.4, parameters, Map.of("V", -60.0))) {
      int step = 0;
      while (lif.spikes().isEmpty()) {
        lif.step();
        step++;
        if (lif.spikes().isEmpty()) {
          assertEquals(
              steady + (-60.0 - steady) * Math.exp(-step * 0.5 / 20.0), lif.get("V"), EXACT);
        }
      }
      assertEquals(-70.0, lif.get("V"));
      assertEquals(
          (long) Math.ceil(20.0 * Math.log((steady + 60.0) / (steady + 50.0)) / 0.5), (long) step);
      for (int i = 0; i < 4; i++) {
        lif.step();
        assertEquals(-70.0, lif.get("V"));
      }
      lif.step();
      assertEquals(steady + (-70.0 - steady) * Math.exp(-0.5 / 20.0), lif.get("V"), EXACT);
    }
  }

  @Test
  @Feature("N13")
  void izhikevichIsTwoHalfStepsOfTheQuadraticEquation() {
    var parameters = Map.of("a", 0.02, "b", 0.2, "c", -65.0, "d", 8.0);
    var start = Map.of("V", -65.0, "U", -13.0);
    double v = -65.0;
    double u = -13.0;
    var expected = new ArrayList<Long>();
    try (var neuron = new Probe("Izhikevich", 1.0, 10.0, parameters, start);
        var variable =
            new Probe(
                "IzhikevichVariable",
                1.0,
                10.0,
                Map.of(),
                Map.of("V", -65.0, "U", -13.0, "a", 0.02, "b", 0.2, "c", -65.0, "d", 8.0))) {
      for (long step = 0; step < 400; step++) {
        if (v >= 30.0) {
          v = -65.0;
          u += 8.0;
        }
        v += 0.5 * (0.04 * v * v + 5.0 * v + 140.0 - u + 10.0);
        v += 0.5 * (0.04 * v * v + 5.0 * v + 140.0 - u + 10.0);
        u += 0.02 * (0.2 * v - u);
        v = Math.min(v, 30.0);
        if (v >= 29.99) {
          expected.add(step);
        }
        neuron.step();
        variable.step();
        assertEquals(v, neuron.get("V"), 1e-6);
        assertEquals(neuron.get("V"), variable.get("V"), 1e-6);
      }
      assertEquals(expected, neuron.spikes());
      assertEquals(8, expected.size(), "regular spiking under 10 nA");
    }
  }

  @Test
  @Feature("N14")
  void rulkovMapIsIterated() {
    var parameters = Map.of("Vspike", 60.0, "alpha", 3.0, "y", -2.468, "beta", 0.0165);
    double v = -60.0;
    double before = -60.0;
    double top = 60.0 * 3.0 + 60.0 * -2.468;
    var expected = new ArrayList<Long>();
    try (var neuron =
        new Probe("RulkovMap", 0.5, 20.0, parameters, Map.of("V", -60.0, "preV", -60.0))) {
      for (long step = 0; step < 300; step++) {
        double last = before;
        before = v;
        if (v <= 0) {
          v = 60.0 * 60.0 * 3.0 / (60.0 - v - 0.0165 * 20.0) + 60.0 * -2.468;
        } else {
          v = v < top && last <= 0 ? top : -60.0;
        }
        if (v >= top) {
          expected.add(step);
        }
        neuron.step();
        assertEquals(v, neuron.get("V"), 1e-6);
        assertEquals(before, neuron.get("preV"), 1e-6);
      }
      assertEquals(expected, neuron.spikes());
    }
  }

  @ParameterizedTest
  @CsvSource({"TraubMiles, 25", "TraubMilesFast, 25", "TraubMilesAlt, 25", "TraubMilesNStep, 7"})
  @Feature({"N15", "N18"})
  void traubMilesIsEulerSteps(String model, int steps) {
    var parameters =
        new java.util.HashMap<>(
            Map.of(
                "gNa", 7.15, "ENa", 50.0, "gK", 1.43, "EK", -95.0, "gl", 0.02672, "El", -63.563,
                "C", 0.143));
    if (model.endsWith("NStep")) {
      parameters.put("ntimes", (double) steps);
    }
    var start = Map.of("V", -60.0, "m", 0.0529324, "h", 0.3176767, "n", 0.5961207);
    double[] s = {-60.0, 0.0529324, 0.3176767, 0.5961207};
    try (var neuron = new Probe(model, 0.2, 0.5, parameters, start)) {
      for (int step = 0; step < 200; step++) {
        for (int i = 0; i < steps; i++) {
          traub(s, 0.5, 0.2 / steps);
        }
        neuron.step();
        assertEquals(s[0], neuron.get("V"), 1e-6);
        assertEquals(s[1], neuron.get("m"), 1e-7);
        assertEquals(s[2], neuron.get("h"), 1e-7);
        assertEquals(s[3], neuron.get("n"), 1e-7);
      }
    }
  }

  private static void traub(double[] s, double current, double dt) {
    double v = s[0];
    double membrane =
        current
            - 7.15 * s[1] * s[1] * s[1] * s[2] * (v - 50.0)
            - 1.43 * Math.pow(s[3], 4) * (v + 95.0)
            - 0.02672 * (v + 63.563);
    s[1] += dt * gate(0.32 * 4 * ratio((-52 - v) / 4), 0.28 * 5 * ratio((v + 25) / 5), s[1]);
    s[2] += dt * gate(0.128 * Math.exp((-48 - v) / 18), 4 / (Math.exp((-25 - v) / 5) + 1), s[2]);
    s[3] += dt * gate(0.032 * 5 * ratio((-50 - v) / 5), 0.5 * Math.exp((-55 - v) / 40), s[3]);
    s[0] += dt * membrane / 0.143;
  }

  private static double ratio(double x) {
    return x == 0 ? 1 : x / Math.expm1(x);
  }

  private static double gate(double alpha, double beta, double x) {
    return alpha * (1 - x) - beta * x;
  }

  @Test
  @Feature("N15")
  void ratesOfTraubMilesAreContinuousWhereTheirFormulaIsNot() {
    var parameters =
        Map.of("gNa", 0.0, "ENa", 50.0, "gK", 0.0, "EK", -95.0, "gl", 0.0, "El", 0.0, "C", 1.0);
    for (double v : new double[] {-52.0, -25.0, -50.0}) {
      try (var at = new Probe("TraubMiles", 0.1, 0, parameters, Map.of("V", v));
          var beside = new Probe("TraubMiles", 0.1, 0, parameters, Map.of("V", v + 1e-6))) {
        at.step();
        beside.step();
        for (String gate : new String[] {"m", "h", "n"}) {
          assertEquals(beside.get(gate), at.get(gate), 1e-7);
        }
      }
    }
  }

  @Test
  @Feature("N16")
  void poissonHasItsRate() {
    int neurons = 1000;
    int steps = 2000;
    var spec =
        new ModelSpec("poisson", 0.5, 1, 1234)
            .neuronGroup(
                new NeuronGroup(
                        "n", neurons, NeuronModels.POISSON, Bindings.NONE.parameter("rate", 20))
                    .recordsSpikes(true));
    try (var simulation = Simulation.open(spec, Models.settings().recordingSteps(steps))) {
      for (int step = 0; step < steps; step++) {
        simulation.stepTime();
      }
      // Intervals are whole steps of 0.5 ms, on average half a step longer than exponential ones.
      double mean = neurons * steps / (1000.0 / (20 * 0.5) + 0.5);
      assertEquals(
          mean, simulation.recordedSpikes("n", 0).count(), 4 * Math.sqrt(mean) + 0.003 * mean);
    }
  }

  @Test
  @Feature("N17")
  void spikeSourceArrayEmitsLateSpikesStepByStep() {
    var bindings =
        Bindings.NONE
            .initialValue("startSpike", InitialValue.of(new float[] {0, 3, 3}))
            .initialValue("endSpike", InitialValue.of(new float[] {3, 3, 6}))
            .extraGlobalParameter("spikeTimes", new float[] {1, 4, 7, 2, 2, 2});
    var spec =
        new ModelSpec("array", 1.0, 1, 1)
            .neuronGroup(
                new NeuronGroup("n", 3, NeuronModels.SPIKE_SOURCE_ARRAY, bindings)
                    .recordsSpikes(true));
    try (var simulation = Simulation.open(spec, Models.settings().recordingSteps(10))) {
      for (int step = 0; step < 10; step++) {
        simulation.stepTime();
      }
      RecordedSpikes spikes = simulation.recordedSpikes("n", 0);
      assertArrayEquals(new int[] {0, 2, 2, 0, 2, 0}, spikes.ids());
      assertArrayEquals(new long[] {1, 2, 3, 4, 4, 7}, spikes.steps());
    }
  }

  @Test
  @Feature({"N12"})
  void unknownNamesAreToldWhatThereIs() {
    var thrown = assertThrows(IllegalArgumentException.class, () -> NeuronModels.named("Lif"));
    assertEquals(
        "there is no built-in neuron model 'Lif'; there are [LIF, RulkovMap, Izhikevich,"
            + " IzhikevichVariable, SpikeSourceArray, Poisson, PoissonNew, TraubMiles,"
            + " TraubMilesFast, TraubMilesAlt, TraubMilesNStep, SpikeSource]; did you mean 'LIF'?",
        thrown.getMessage());
  }
}
