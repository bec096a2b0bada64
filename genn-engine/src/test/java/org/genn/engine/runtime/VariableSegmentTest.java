package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.genn.engine.backend.Backends;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.SynapsePairs;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.junit.jupiter.api.Test;

/// Memory of variables that the host shares with kernels.
class VariableSegmentTest {
  private static final NeuronModel MODEL =
      new NeuronModel("Adder")
          .variable("x")
          .variable(new Variable("n", "int", VarAccess.READ_WRITE))
          .variable(new Variable("flag", "bool", VarAccess.READ_WRITE))
          .variable(new Variable("step", "double", VarAccess.READ_ONLY))
          .variable(new Variable("gain", "scalar", VarAccess.READ_ONLY_SHARED_NEURON))
          .simCode("x += gain * step; n = (int) x;");

  private static SynapseGroup synapses(String name, Connectivity connectivity, InitialValue g) {
    return new SynapseGroup(
        name,
        connectivity,
        "a",
        "a",
        new WeightUpdate(Models.STATIC_PULSE, Bindings.NONE.initialValue("g", g)),
        new Postsynapse(Models.DELTA, Bindings.NONE));
  }

  private static ModelSpec model() {
    var start = Bindings.NONE.initialValue("step", 1).initialValue("gain", 1);
    return new ModelSpec("m", 1, 2, 7)
        .neuronGroup(new NeuronGroup("a", 3, MODEL.thresholdCondition("x > 1000.0"), start))
        .synapseGroup(
            synapses(
                "dense",
                new Connectivity.Dense(),
                InitialValue.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8})))
        .synapseGroup(
            synapses(
                "sparse",
                new Connectivity.Sparse(SynapsePairs.of(new int[] {0, 1}, new int[] {2, 0}), false),
                InitialValue.of(9)));
  }

  private static VariableView variable(Simulation simulation, String name) {
    return simulation.variable(VariableReference.neuron("a", name));
  }

  @Test
  void hostAndKernelsShareIt() {
    try (var simulation = Simulation.open(model(), Models.settings())) {
      MemorySegment x = variable(simulation, "x").segment(1);
      assertEquals(3 * Float.BYTES, x.byteSize());
      x.setAtIndex(ValueLayout.JAVA_FLOAT, 2, 40);
      variable(simulation, "gain").segment(0).setAtIndex(ValueLayout.JAVA_FLOAT, 1, 0.5f);
      variable(simulation, "step").segment(0).setAtIndex(ValueLayout.JAVA_DOUBLE, 0, 6);
      simulation.stepTime();
      assertArrayEquals(new float[] {3, 0.5f, 40.5f}, x.toArray(ValueLayout.JAVA_FLOAT));
      assertArrayEquals(
          new int[] {6, 1, 1}, variable(simulation, "n").segment(0).toArray(ValueLayout.JAVA_INT));
      assertEquals(40.5f, variable(simulation, "x").get(1, 2));
      VariableView g = simulation.variable(VariableReference.synapse("dense", "g"));
      assertArrayEquals(new float[] {6, 7, 8}, g.segment(0, 2).toArray(ValueLayout.JAVA_FLOAT));
    }
  }

  @Test
  void whatHasNoneSaysWhy() {
    try (var simulation = Simulation.open(model(), Models.settings())) {
      assertFails(
          "variable 'g' of synapse group 'sparse' has no segments: its rows may move; use"
              + " row(example, row, target)",
          () -> simulation.variable(VariableReference.synapse("sparse", "g")).segment(0, 0));
      assertFails(
          "variable 'flag' of neuron group 'a' has no segments: Java has no memory of type bool",
          () -> variable(simulation, "flag").segment(0));
      assertFails(
          "variable 'g' of synapse group 'dense' has 3 rows for an example; name one with"
              + " segment(example, row)",
          () -> simulation.variable(VariableReference.synapse("dense", "g")).segment(0));
    }
  }

  private static void assertFails(String message, org.junit.jupiter.api.function.Executable code) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  /// Native memory is gone with the simulation; that of Java stays as long as it is held.
  @Test
  void isOfNoUseAfterwards() {
    var simulation = Simulation.open(model(), Models.settings());
    MemorySegment x = variable(simulation, "x").segment(0);
    simulation.close();
    if (Backends.named("auto").name().equals("native")) {
      assertThrows(IllegalStateException.class, () -> x.getAtIndex(ValueLayout.JAVA_FLOAT, 0));
    } else {
      assertEquals(0, x.getAtIndex(ValueLayout.JAVA_FLOAT, 0));
    }
  }
}
