package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.builtin.CurrentSourceModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

class CurrentSourceTest {
  private static final NeuronModel SINK =
      new NeuronModel("Sink")
          .variable("x")
          .variable("y")
          .additionalInput("Iextra", 0.25)
          .simCode("x = Isyn; y = Iextra;");

  private static ModelSpec sink(int neurons) {
    return new ModelSpec("m", 0.5, 2, 99)
        .precision(Precision.DOUBLE)
        .neuronGroup(new NeuronGroup("n", neurons, SINK, Bindings.NONE));
  }

  private static double[] x(Simulation simulation) {
    return simulation.variable(VariableReference.neuron("n", "x")).toDoubles();
  }

  @Test
  @Feature({"C01", "C02"})
  void sourcesAddUpAndSeeTheNeuronAsTheStepBeforeLeftIt() {
    var ramp =
        new CurrentSourceModel("Ramp", "level += slope * dt; injectCurrent(level + last);")
            .parameter("slope")
            .variable("level")
            .neuronVariable("last");
    var spec =
        sink(2)
            .currentSource(
                new CurrentSource(
                    "dc", "n", CurrentSourceModels.DC, Bindings.NONE.parameter("amp", 3)))
            .currentSource(
                new CurrentSource("ramp", "n", ramp, Bindings.NONE.parameter("slope", 4))
                    .neuronVariable("last", VariableReference.neuron("n", "x")));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.stepTime();
      assertArrayEquals(new double[] {5, 5, 5, 5}, x(simulation));
      simulation.stepTime();
      assertArrayEquals(new double[] {12, 12, 12, 12}, x(simulation));
      assertArrayEquals(
          new double[] {4, 4, 4, 4},
          simulation.variable(VariableReference.currentSource("ramp", "level")).toDoubles());
    }
  }

  @Test
  @Feature("C01")
  void targetVariableMayBeAnotherInput() {
    var spec =
        sink(1)
            .currentSource(
                new CurrentSource(
                        "dc", "n", CurrentSourceModels.DC, Bindings.NONE.parameter("amp", 3))
                    .targetVariable("Iextra"));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.stepTime();
      assertEquals(0, x(simulation)[0]);
      assertEquals(3.25, simulation.variable(VariableReference.neuron("n", "y")).getDouble(0, 0));
    }
  }

  @Test
  @Feature("C03")
  void gaussianNoiseHasItsMomentsAndIsNewInEachStepForEachNeuronAndExample() {
    var spec =
        sink(1000)
            .currentSource(
                new CurrentSource(
                    "noise",
                    "n",
                    CurrentSourceModels.GAUSSIAN_NOISE,
                    Bindings.NONE.parameter("mean", 2).parameter("sd", 3)));
    double sum = 0;
    double squares = 0;
    int count = 0;
    var seen = new java.util.HashSet<Double>();
    try (var simulation = Simulation.open(spec, Models.settings())) {
      for (int step = 0; step < 20; step++) {
        simulation.stepTime();
        for (double value : x(simulation)) {
          sum += value;
          squares += value * value;
          count++;
          seen.add(value);
        }
      }
    }
    double mean = sum / count;
    assertEquals(2, mean, 4 * 3 / Math.sqrt(count));
    assertEquals(9, squares / count - mean * mean, 4 * 9 * Math.sqrt(2.0 / count));
    assertEquals(count, seen.size(), count * 1e-3);
  }

  @Test
  @Feature("C03")
  void poissonExpIsShotNoise() {
    double tau = 2;
    double rate = 800;
    double weight = 0.5;
    var bindings =
        Bindings.NONE.parameter("weight", weight).parameter("tauSyn", tau).parameter("rate", rate);
    var spec =
        sink(2000)
            .currentSource(new CurrentSource("p", "n", CurrentSourceModels.POISSON_EXP, bindings));
    double sum = 0;
    double squares = 0;
    int count = 0;
    try (var simulation = Simulation.open(spec, Models.settings())) {
      for (int step = 0; step < 60; step++) {
        simulation.stepTime();
        if (step >= 40 && step % 19 == 2 || step == 59) {
          for (double value : x(simulation)) {
            sum += value;
            squares += value * value;
            count++;
          }
        }
      }
    }
    // Sum over past steps of Init · n · decay^k, n Poisson with mean and variance `rate · dt`.
    double dt = 0.5;
    double decay = Math.exp(-dt / tau);
    double init = weight * (1 - decay) * tau / dt;
    double mean = init * rate * dt / 1000 / (1 - decay);
    double variance = init * init * rate * dt / 1000 / (1 - decay * decay);
    double found = sum / count;
    assertEquals(mean, found, 5 * Math.sqrt(variance / count));
    assertEquals(variance, squares / count - found * found, 0.15 * variance);
    assertEquals(weight * tau * rate / 1000, mean, 1e-12);
  }

  @Test
  @Feature({"M12", "M13", "C01"})
  void facadeHasSourcesWithArraysAndDynamicParameters() {
    var table =
        new CurrentSourceModel("Table", "injectCurrent(gain * tab[id]);")
            .parameter("gain")
            .extraGlobalParameter("tab", "scalar*");
    try (var model = new GeNNModel(Precision.FLOAT, "cs", "jvm")) {
      model.setDt(1.0);
      var neurons = model.addNeuronPopulation("n", 2, SINK, Map.of(), Map.of("x", 0, "y", 0));
      var source = model.addCurrentSource("s", table, neurons, Map.of("gain", 2.0), Map.of());
      var dc = model.addCurrentSource("dc", "DC", neurons, Map.of("amp", 100), Map.of());
      source.extraGlobalParams().get("tab").setInitValues(new float[] {1, 10});
      source.setParamDynamic("gain");
      model.build();
      model.load();
      model.stepTime();
      assertArrayEquals(new float[] {102, 120}, neurons.vars().get("x").values());
      source.setDynamicParamValue("gain", 3);
      source.extraGlobalParams().get("tab").setValues(new float[] {2, 20});
      model.stepTime();
      assertArrayEquals(new float[] {106, 160}, neurons.vars().get("x").values());
      assertEquals("Isyn", dc.targetVar());
      assertEquals(Map.of("amp", 100.0), dc.params());
    }
  }

  @Test
  @Feature({"C01"})
  void mistakesAreNamed() {
    var reader = new CurrentSourceModel("Reader", "injectCurrent(v);").neuronVariable("v");
    var spec =
        sink(1)
            .currentSource(new CurrentSource("a", "m", CurrentSourceModels.DC, Bindings.NONE))
            .currentSource(
                new CurrentSource(
                        "b", "n", CurrentSourceModels.DC, Bindings.NONE.parameter("amp", 1))
                    .targetVariable("Iextr"))
            .currentSource(new CurrentSource("c", "n", reader, Bindings.NONE));
    var thrown =
        assertThrows(
            IllegalArgumentException.class, () -> Simulation.open(spec, Models.settings()));
    assertEquals(
        """
        model 'm' has 4 problems:
          - current source 'a': parameter 'amp' of DC has no value
          - current source 'a': unknown neuron group 'm'; available: [n]
          - current source 'b': target 'n' has no input 'Iextr'; available: [Iextra, Isyn]; did you mean 'Iextra'?
          - current source 'c': target 'n' has no variable 'v'; available: [x, y]\
        """,
        thrown.getMessage());
  }
}
