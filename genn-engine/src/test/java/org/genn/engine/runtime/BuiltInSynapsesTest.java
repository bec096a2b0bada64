package org.genn.engine.runtime;

import static org.genn.engine.runtime.SynapseCodeTest.DELTA;
import static org.genn.engine.runtime.SynapseCodeTest.SUM;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Built-in weight update models and postsynaptic models against their closed forms.
class BuiltInSynapsesTest {
  /// A weight near a bound goes to it and not beyond. One that is outside of them comes back at the
  /// first spike, which changes it by `exp(-∞) = 0` as the other neuron has never spiked, and is
  /// then changed by the second; coincident spikes leave even it alone.
  @ParameterizedTest
  @CsvSource({
    "5, 6, 0.9, 1",
    "6, 5, 0.1, 0",
    "5, 6, -3, 0.2378074",
    "6, 5, 3, 0.7581960",
    "5, 5, 3, 3"
  })
  @Feature("S37")
  void stdpStaysBetweenItsBounds(int pre, int post, double start, double expected) {
    Bindings parameters =
        Bindings.NONE
            .parameter("tauPlus", 20)
            .parameter("tauMinus", 30)
            .parameter("Aplus", 0.25)
            .parameter("Aminus", 0.25)
            .parameter("Wmin", 0)
            .parameter("Wmax", 1)
            .initialValue("g", start);
    ModelSpec spec =
        new ModelSpec("bounds", 1, 1, 1)
            .neuronGroup(new NeuronGroup("pre", 1, at(pre), Bindings.NONE))
            .neuronGroup(new NeuronGroup("post", 1, at(post), Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.Dense(),
                    "pre",
                    "post",
                    new WeightUpdate(WeightUpdateModels.STDP, parameters),
                    DELTA));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      for (int step = 0; step < 20; step++) {
        simulation.stepTime();
      }
      assertEquals(
          expected, simulation.variable(VariableReference.synapse("s", "g")).get(0, 0), 1e-6);
    }
  }

  /// A pre- and a postsynaptic spike at given distances, in both orders.
  @ParameterizedTest
  @CsvSource({"5, 9", "9, 5", "7, 7", "3, 4"})
  @Feature("S37")
  void stdpFollowsItsTwoExponentials(int pre, int post) {
    Bindings parameters =
        Bindings.NONE
            .parameter("tauPlus", 20)
            .parameter("tauMinus", 30)
            .parameter("Aplus", 0.25)
            .parameter("Aminus", 0.125)
            .parameter("Wmin", 0)
            .parameter("Wmax", 1)
            .initialValue("g", 0.5);
    for (boolean isSparse : new boolean[] {true, false}) {
      ModelSpec spec =
          new ModelSpec("stdp", 1, 1, 1)
              .neuronGroup(new NeuronGroup("pre", 1, at(pre), Bindings.NONE))
              .neuronGroup(new NeuronGroup("post", 1, at(post), Bindings.NONE))
              .synapseGroup(
                  new SynapseGroup(
                      "s",
                      isSparse
                          ? new Connectivity.Sparse(SparsePatterns.oneToOne())
                          : new Connectivity.Dense(),
                      "pre",
                      "post",
                      new WeightUpdate(WeightUpdateModels.STDP, parameters),
                      DELTA));
      try (var simulation = Simulation.open(spec, Models.settings())) {
        for (int step = 0; step < 20; step++) {
          simulation.stepTime();
        }
        double distance = post - pre;
        double expected =
            distance > 0
                ? 0.5 + 0.25 * Math.exp(-distance / 20)
                : distance < 0 ? 0.5 - 0.125 * Math.exp(distance / 30) : 0.5;
        assertEquals(
            expected, simulation.variable(VariableReference.synapse("s", "g")).get(0, 0), 1e-6);
      }
    }
  }

  private static NeuronModel at(int step) {
    return new NeuronModel("At" + step)
        .variable("x")
        .simCode("x += Isyn;")
        .thresholdCondition("t == " + step + ".0");
  }

  @Test
  @Feature("S36")
  void gradedSynapsesFollowThePresynapticVoltage() {
    NeuronModel ramp = new NeuronModel("Ramp").variable("V").simCode("V = t - 3.0;");
    ModelSpec spec =
        new ModelSpec("graded", 0.5, 1, 1)
            .neuronGroup(new NeuronGroup("pre", 1, ramp, Bindings.NONE))
            .neuronGroup(new NeuronGroup("post", 1, SUM, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.Dense(),
                    "pre",
                    "post",
                    new WeightUpdate(
                        WeightUpdateModels.STATIC_GRADED,
                        Bindings.NONE
                            .parameter("Epre", -1)
                            .parameter("Vslope", 2)
                            .initialValue("g", 3)),
                    DELTA));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      for (int step = 0; step < 12; step++) {
        simulation.stepTime();
        double v = (step - 1) * 0.5 - 3;
        double expected = step > 0 && v > -1 ? 3 * Math.tanh((v + 1) / 2) * 0.5 : 0;
        assertEquals(
            expected, simulation.variable(VariableReference.neuron("post", "x")).get(0, 0), 1e-6);
      }
    }
  }

  @Test
  @Feature("S34")
  void exponentialSynapsesDeliverTheirInput() {
    NeuronModel total =
        new NeuronModel("Total").variable("x").variable("V").simCode("x += Isyn * dt;");
    for (String name : new String[] {"ExpCurr", "ExpCond"}) {
      Bindings parameters = Bindings.NONE.parameter("tau", 4);
      ModelSpec spec =
          new ModelSpec("decay", 0.5, 1, 1)
              .neuronGroup(new NeuronGroup("pre", 1, at(1), Bindings.NONE))
              .neuronGroup(new NeuronGroup("post", 1, total, Bindings.NONE.initialValue("V", -1)))
              .synapseGroup(
                  new SynapseGroup(
                      "s",
                      new Connectivity.Dense(),
                      "pre",
                      "post",
                      new WeightUpdate(
                          WeightUpdateModels.STATIC_PULSE_CONSTANT_WEIGHT,
                          Bindings.NONE.parameter("g", 2)),
                      new Postsynapse(
                          PostsynapticModels.named(name),
                          name.equals("ExpCond") ? parameters.parameter("E", 2) : parameters)));
      try (var simulation = Simulation.open(spec, Models.settings())) {
        for (int step = 0; step < 200; step++) {
          simulation.stepTime();
        }
        // ExpCurr: the integral is weight · tau. ExpCond: geometric sum of what is injected.
        double decay = Math.exp(-0.5 / 4);
        double expected = name.equals("ExpCurr") ? 2 * 4 : 2 * 3 * 0.5 / (1 - decay);
        assertEquals(
            expected, simulation.variable(VariableReference.neuron("post", "x")).get(0, 0), 1e-4);
      }
    }
  }

  @Test
  void builtInModelsAreFoundByName() {
    assertEquals(WeightUpdateModels.STDP, WeightUpdateModels.named("STDP"));
    assertArrayEquals(
        new String[] {"there is no built-in weight update model 'StaticPulze'"},
        new String[] {
          assertThrows(
                  IllegalArgumentException.class, () -> WeightUpdateModels.named("StaticPulze"))
              .getMessage()
              .split(";")[0]
        });
  }
}
