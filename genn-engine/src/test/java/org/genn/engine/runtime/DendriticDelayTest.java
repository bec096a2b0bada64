package org.genn.engine.runtime;

import static org.genn.engine.runtime.SynapseCodeTest.DELTA;
import static org.genn.engine.runtime.SynapseCodeTest.ONE_HOT;
import static org.genn.engine.runtime.SynapseCodeTest.SUM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.SynapsePairs;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Input that needs several steps through the dendrites.
class DendriticDelayTest {
  /// Ten sources spike one after the other, each with a delay that makes all arrive in step 10.
  @ParameterizedTest
  @CsvSource({"sparse, 1", "dense, 1", "toeplitz, 1", "sparse, 5", "dense, 5", "toeplitz, 5"})
  @Feature({"S19", "S23", "S35"})
  void dendriticDelaysMakeSpikesMeet(String matrix, int batch) {
    float[] delays = {9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
    ModelSpec spec =
        new ModelSpec("meet", 1, batch, 1)
            .neuronGroup(new NeuronGroup("ten", 10, ONE_HOT, Bindings.NONE))
            .neuronGroup(new NeuronGroup("one", 1, SUM, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                        "s",
                        switch (matrix) {
                          case "dense" -> new Connectivity.Dense();
                          case "toeplitz" -> wholeRow();
                          default ->
                              new Connectivity.Sparse(
                                  SynapsePairs.of(IntStream.range(0, 10).toArray(), new int[10]));
                        },
                        "ten",
                        "one",
                        new WeightUpdate(
                            WeightUpdateModels.STATIC_PULSE_DENDRITIC_DELAY,
                            Bindings.NONE
                                .initialValue("g", 1)
                                .initialValue("d", InitialValue.of(delays))),
                        DELTA)
                    .maxDendriticDelay(10));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      VariableView x = simulation.variable(VariableReference.neuron("one", "x"));
      for (int step = 0; step < 13; step++) {
        simulation.stepTime();
        assertEquals(step == 10 ? 10 : 0, x.get(batch - 1, 0), "step " + step);
      }
    }
  }

  /// A kernel over all ten sources.
  private static Connectivity wholeRow() {
    return new Connectivity.Toeplitz(
        ToeplitzPatterns.conv2d(new int[] {1, 10}, new int[] {1, 10, 1}, new int[] {1, 1, 1}));
  }

  /// A delay that code computes beyond the ring would wrap to an earlier step; it is cut to the
  /// longest one.
  @Test
  @Feature("S23")
  void delayBeyondTheRingIsCut() {
    var delay = new InitialValue.Snippet(new VariableInit("Long", "value = 200;"), Bindings.NONE);
    ModelSpec spec =
        new ModelSpec("cut", 1, 1, 1)
            .neuronGroup(new NeuronGroup("ten", 1, ONE_HOT, Bindings.NONE))
            .neuronGroup(new NeuronGroup("one", 1, SUM, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                        "s",
                        new Connectivity.Sparse(SparsePatterns.oneToOne()),
                        "ten",
                        "one",
                        new WeightUpdate(
                            WeightUpdateModels.STATIC_PULSE_DENDRITIC_DELAY,
                            Bindings.NONE.initialValue("g", 1).initialValue("d", delay)),
                        DELTA)
                    .maxDendriticDelay(4));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      VariableView x = simulation.variable(VariableReference.neuron("one", "x"));
      for (int step = 0; step < 8; step++) {
        simulation.stepTime();
        assertEquals(step == 4 ? 1 : 0, x.get(0, 0), "step " + step);
      }
    }
  }

  private static SynapseGroup ring(String name, double weight, int slots) {
    float[] delays = new float[10];
    for (int i = 0; i < 10; i++) {
      delays[i] = Math.min(9 - i, slots - 1);
    }
    var values = Bindings.NONE.initialValue("g", weight).initialValue("d", InitialValue.of(delays));
    return new SynapseGroup(
            name,
            new Connectivity.Dense(),
            "ten",
            "one",
            new WeightUpdate(WeightUpdateModels.STATIC_PULSE_DENDRITIC_DELAY, values),
            DELTA)
        .maxDendriticDelay(slots);
  }

  /// Source `i` spikes in step `i`, and its spike takes effect in the next one. GeNN refuses
  /// references to rings of different lengths in one update.
  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  @Feature({"C15", "S23"})
  void anUpdateMayClearRingsOfOtherLengths(int batch) {
    int cleared = 6;
    var clear =
        new CustomUpdateModel("Clear", "x = 0.0; y = 0.0;")
            .reference("x", VarAccessMode.BROADCAST)
            .reference("y", VarAccessMode.BROADCAST);
    ModelSpec spec =
        new ModelSpec("rings", 1, batch, 1)
            .neuronGroup(new NeuronGroup("ten", 10, ONE_HOT, Bindings.NONE))
            .neuronGroup(new NeuronGroup("one", 1, SUM, Bindings.NONE))
            .synapseGroup(ring("long", 1, 10))
            .synapseGroup(ring("short", 100, 4))
            .customUpdate(
                new CustomUpdate("clear", "Clear", clear, Bindings.NONE)
                    .reference("x", VariableReference.dendriticDelay("long"))
                    .reference("y", VariableReference.dendriticDelay("short")));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      VariableView x = simulation.variable(VariableReference.neuron("one", "x"));
      for (int step = 0; step < 16; step++) {
        if (step == cleared) {
          simulation.customUpdate("Clear");
        }
        simulation.stepTime();
        double expected = 0;
        for (int i = 0; i < 10; i++) {
          if (step < cleared || i + 1 >= cleared) {
            expected += i + 1 + (9 - i) == step ? 1 : 0;
            expected += i + 1 + Math.min(9 - i, 3) == step ? 100 : 0;
          }
        }
        assertEquals(expected, x.get(batch - 1, 0), "step " + step);
      }
    }
  }
}
