package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.genn.engine.backend.OnNative;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random connections, weights and delays, and what runs over them, have the same bits on `jvm` and
/// `native`.
@Feature({"G03", "I02", "I07", "I08", "I09", "I10", "S23", "S37"})
@OnNative
class SparseParityTest {

  private static BuiltSynapses pattern(String name) {
    return switch (name) {
      case "probability" -> SparsePatterns.fixedProbability(0.15);
      case "no autapse" -> SparsePatterns.fixedProbabilityNoAutapse(0.15);
      case "post" -> SparsePatterns.fixedNumberPost(11);
      case "total" -> SparsePatterns.fixedNumberTotal(700);
      default -> SparsePatterns.fixedNumberPre(9);
    };
  }

  private static float[][] run(String backend, String pattern) {
    NeuronModel model =
        new NeuronModel("Lif")
            .variable("V")
            .simCode("V = (0.9 * V) + Isyn + 0.11;")
            .thresholdCondition("V >= 1.0")
            .resetCode("V = 0.0;");
    InitialValue weights = VariableInits.normalClipped(0.05, 0.02, 0, 0.1);
    Postsynapse current =
        new Postsynapse(PostsynapticModels.EXP_CURR, Bindings.NONE.parameter("tau", 3));
    var delayed =
        new SynapseGroup(
                "delayed",
                new Connectivity.Sparse(pattern(pattern), true),
                "n",
                "n",
                new WeightUpdate(
                    WeightUpdateModels.STATIC_PULSE_DENDRITIC_DELAY,
                    Bindings.NONE
                        .initialValue("g", weights)
                        .initialValue("d", VariableInits.normalClippedDelay(4, 2, 0, 9))),
                current)
            .maxDendriticDelay(10);
    var plastic =
        new SynapseGroup(
            "plastic",
            new Connectivity.Sparse(pattern(pattern)),
            "n",
            "n",
            new WeightUpdate(
                WeightUpdateModels.STDP,
                Bindings.NONE
                    .parameter("tauPlus", 20)
                    .parameter("tauMinus", 20)
                    .parameter("Aplus", 0.01)
                    .parameter("Aminus", 0.0105)
                    .parameter("Wmin", 0)
                    .parameter("Wmax", 0.1)
                    .initialValue("g", weights)),
            current);
    ModelSpec spec =
        new ModelSpec("parity", 1, 2, 77)
            .neuronGroup(
                new NeuronGroup(
                    "n", 60, model, Bindings.NONE.initialValue("V", VariableInits.uniform(0, 1))))
            .synapseGroup(delayed)
            .synapseGroup(plastic);
    try (var simulation = Simulation.open(spec, Models.settings().backend(backend).threads(2))) {
      for (int step = 0; step < 60; step++) {
        simulation.stepTime();
      }
      return new float[][] {
        simulation.variable(VariableReference.neuron("n", "V")).toArray(),
        simulation.variable(VariableReference.synapse("delayed", "g")).toArray(),
        simulation.variable(VariableReference.synapse("plastic", "g")).toArray()
      };
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"probability", "no autapse", "post", "total", "pre"})
  void bitsAreTheSameOnBothBackEnds(String pattern) {
    float[][] expected = run("jvm", pattern);
    float[][] actual = run("native", pattern);
    for (int k = 0; k < expected.length; k++) {
      assertArrayEquals(expected[k], actual[k]);
    }
    assertTrue(expected[2].length > 100);
  }
}
