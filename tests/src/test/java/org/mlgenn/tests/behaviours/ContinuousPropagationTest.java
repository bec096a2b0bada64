package org.mlgenn.tests.behaviours;

import static org.mlgenn.tests.behaviours.Parts.bitCodedPairs;
import static org.mlgenn.tests.behaviours.Parts.neurons;
import static org.mlgenn.tests.behaviours.Parts.sparse;
import static org.mlgenn.tests.behaviours.Parts.synapses;

import java.util.Map;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// A2: what synapse dynamics send in every step.
final class ContinuousPropagationTest extends Behaviours {
  private static final int MANY = 16;
  private static final int FEW = 4;
  private static final int DELAYED = 10;

  private static final WeightUpdateModel FORWARD =
      new WeightUpdateModel("Forward")
          .variable("g", VarAccess.READ_ONLY)
          .preNeuronVariable("x")
          .synapseDynamicsCode("addToPost(g * x);");
  private static final WeightUpdateModel REVERSE =
      new WeightUpdateModel("Reverse")
          .variable("g", VarAccess.READ_ONLY)
          .postNeuronVariable("x")
          .synapseDynamicsCode("addToPre(g * x);");

  private static int[][] swapped(int[][] pairs) {
    int[][] swapped = new int[pairs.length][];
    for (int k = 0; k < pairs.length; k++) {
      swapped[k] = new int[] {pairs[k][1], pairs[k][0]};
    }
    return swapped;
  }

  @Test
  @Feature({"S13", "S17", "S19", "R12"})
  void dynamicsCountUpThroughBitCodedConnections() { // A2.1
    int[][] pairs = bitCodedPairs(MANY, FEW);
    var one = Bindings.NONE.initialValue("g", 1);
    var bits =
        Bindings.NONE.initialValue(
            "g", Parts.code("Bit", "value = (scalar) (((id_pre + 1) >> id_post) & 1);"));
    ModelSpec spec =
        model("continuous")
            .neuronGroup(neurons("source", MANY, Parts.ONE_HOT))
            .neuronGroup(neurons("sparse", FEW, Parts.SUM))
            .neuronGroup(neurons("dense", FEW, Parts.SUM))
            .synapseGroup(synapses("sparse", sparse(pairs), "source", "sparse", FORWARD, one))
            .synapseGroup(
                synapses("dense", new Connectivity.Dense(), "source", "dense", FORWARD, bits));
    try (var simulation = open(spec)) {
      for (int step = 0; step < MANY; step++) {
        simulation.stepTime();
        expectDecoded(simulation, "sparse", simulation.timestep() - 1);
        expectDecoded(simulation, "dense", simulation.timestep() - 1);
      }
    }
  }

  @Test
  @Feature({"S13", "S19", "S23", "R12"})
  void dendriticDelaysLetDynamicsArriveTogether() { // A2.2
    float[] delays = new float[DELAYED];
    int[][] pairs = new int[DELAYED][];
    for (int i = 0; i < DELAYED; i++) {
      delays[i] = DELAYED - 1 - i;
      pairs[i] = new int[] {i, 0};
    }
    var model =
        new WeightUpdateModel("Delayed")
            .variable("g", VarAccess.READ_ONLY)
            .preNeuronVariable("x")
            .synapseDynamicsCode("addToPostDelay(g * x, d);");
    model =
        model.declarations(
            model.declarations().variable(new Variable("d", "uint8_t", VarAccess.READ_ONLY)));
    var bindings = Bindings.NONE.initialValue("g", 1).initialValue("d", InitialValue.of(delays));
    var spec = model("continuousDelay").neuronGroup(neurons("source", DELAYED, Parts.ONE_HOT));
    var connections = Map.of("dense", new Connectivity.Dense(), "sparse", sparse(pairs));
    for (var entry : connections.entrySet()) {
      spec =
          spec.neuronGroup(neurons(entry.getKey(), 1, Parts.SUM))
              .synapseGroup(
                  synapses(
                          entry.getKey(),
                          entry.getValue(),
                          "source",
                          entry.getKey(),
                          model,
                          bindings)
                      .maxDendriticDelay(DELAYED));
    }
    try (var simulation = open(spec)) {
      for (int step = 0; step < 13; step++) {
        simulation.stepTime();
        double expected = simulation.timestep() == DELAYED + 1 ? DELAYED : 0;
        for (String name : connections.keySet()) {
          expectEach(simulation, VariableReference.neuron(name, "x"), _ -> expected);
        }
      }
    }
  }

  @Test
  @Feature({"S13", "S17", "S19", "R12"})
  void dynamicsCountUpInTheirSource() { // A2.3
    int[][] pairs = swapped(bitCodedPairs(MANY, FEW));
    var one = Bindings.NONE.initialValue("g", 1);
    var bits =
        Bindings.NONE.initialValue(
            "g", Parts.code("BitOfPost", "value = (scalar) (((id_post + 1) >> id_pre) & 1);"));
    ModelSpec spec =
        model("continuousReverse")
            .neuronGroup(neurons("target", MANY, Parts.ONE_HOT))
            .neuronGroup(neurons("sparse", FEW, Parts.SUM))
            .neuronGroup(neurons("dense", FEW, Parts.SUM))
            .synapseGroup(synapses("sparse", sparse(pairs), "sparse", "target", REVERSE, one))
            .synapseGroup(
                synapses("dense", new Connectivity.Dense(), "dense", "target", REVERSE, bits));
    try (var simulation = open(spec)) {
      for (int step = 0; step < MANY; step++) {
        simulation.stepTime();
        expectDecoded(simulation, "sparse", simulation.timestep() - 1);
        expectDecoded(simulation, "dense", simulation.timestep() - 1);
      }
    }
  }

  @Test
  @Feature({"L24", "S13", "S19", "S24", "R12"})
  void subscriptsLetDynamicsArriveTogetherInTheirSource() { // A2.4
    float[] delays = new float[DELAYED];
    int[][] pairs = new int[DELAYED][];
    for (int i = 0; i < DELAYED; i++) {
      delays[i] = DELAYED - 1 - i;
      pairs[i] = new int[] {0, i};
    }
    var model =
        new WeightUpdateModel("DelayedReverse")
            .variable("g", VarAccess.READ_ONLY)
            .postNeuronVariable("x")
            .synapseDynamicsCode("addToPre(g * x[d]);");
    model =
        model.declarations(
            model.declarations().variable(new Variable("d", "uint8_t", VarAccess.READ_ONLY)));
    var bindings = Bindings.NONE.initialValue("g", 1).initialValue("d", InitialValue.of(delays));
    var spec = model("subscripts").neuronGroup(neurons("target", DELAYED, Parts.ONE_HOT));
    var connections = Map.of("dense", new Connectivity.Dense(), "sparse", sparse(pairs));
    for (var entry : connections.entrySet()) {
      spec =
          spec.neuronGroup(neurons(entry.getKey(), 1, Parts.SUM))
              .synapseGroup(
                  synapses(
                          entry.getKey(),
                          entry.getValue(),
                          entry.getKey(),
                          "target",
                          model,
                          bindings)
                      .maxDendriticDelay(DELAYED));
    }
    try (var simulation = open(spec)) {
      for (int step = 0; step < 13; step++) {
        simulation.stepTime();
        double expected = simulation.timestep() == DELAYED + 1 ? DELAYED : 0;
        for (String name : connections.keySet()) {
          expectEach(simulation, VariableReference.neuron(name, "x"), _ -> expected);
        }
      }
    }
  }
}
