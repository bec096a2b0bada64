package org.mlgenn.tests.behaviours;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.mlgenn.tests.behaviours.Parts.neurons;

import java.util.List;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// Custom updates write extra global parameters of models of every kind, and code of these models
/// reads what was written.
final class ArrayReferencesTest extends Behaviours {
  private static final int SIZE = 4;
  private static final Bindings GIVEN =
      Bindings.NONE.extraGlobalParameter("e", new float[] {0, 0, 0, 0});

  private static final CustomUpdateModel WRITE =
      new CustomUpdateModel("Write", "e[id] = (10.0 * id) + offset + t;")
          .parameter("offset")
          .reference("x", VarAccessMode.READ_ONLY)
          .extraGlobalParameterReference("e", "scalar*");

  private static CustomUpdate write(int offset, VariableReference array) {
    return new CustomUpdate(
            "write" + offset, "Write", WRITE, Bindings.NONE.parameter("offset", offset))
        .reference("x", VariableReference.neuron("n", "x"))
        .extraGlobalParameterReference("e", array);
  }

  @Test
  @Feature({"C16", "M13", "R12"})
  void arraysOfEveryKindOfModelAreWritten() {
    var neuron =
        new NeuronModel("Neuron")
            .variable("x")
            .extraGlobalParameter("e", "scalar*")
            .simCode("x = e[id];");
    var source =
        new CurrentSourceModel("Source", "x = e[id]; injectCurrent(0.0);")
            .variable("x")
            .extraGlobalParameter("e", "scalar*");
    var weights =
        new WeightUpdateModel("Weights")
            .variable("x", VarAccess.READ_WRITE)
            .extraGlobalParameter("e", "scalar*")
            .synapseDynamicsCode("x = e[id_post];");
    var postsynaptic =
        new PostsynapticModel("Postsynapse", "x = e[id]; injectCurrent(inSyn);")
            .variable("x")
            .extraGlobalParameter("e", "scalar*");
    var update =
        new CustomUpdateModel("Read", "x = e[id];")
            .extraGlobalParameter("e", "scalar*")
            .reference("x", VarAccessMode.READ_WRITE);
    var synapticUpdate =
        new CustomUpdateModel("ReadSynapses", "x = e[id_pre];")
            .extraGlobalParameter("e", "scalar*")
            .reference("x", VarAccessMode.READ_WRITE);
    var rewiring =
        new CustomConnectivityUpdateModel("Rewire", "for_each_synapse { h = e[id_post]; }")
            .extraGlobalParameter("e", "scalar*")
            .variable(new Variable("h"));
    var x = VariableReference.synapse("s", "x");
    ModelSpec spec =
        model("arraysOfAll")
            .neuronGroup(new NeuronGroup("n", SIZE, neuron, GIVEN))
            .neuronGroup(neurons("target", SIZE, Parts.SUM))
            .currentSource(new CurrentSource("cs", "n", source, GIVEN))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    Parts.oneToOne(SIZE),
                    "n",
                    "target",
                    new WeightUpdate(weights, GIVEN),
                    new Postsynapse(postsynaptic, GIVEN)))
            .customUpdate(
                new CustomUpdate("cu", "Read", update, GIVEN)
                    .reference("x", VariableReference.neuron("target", "x")))
            .customUpdate(
                new CustomUpdate("cuSynapses", "ReadSynapses", synapticUpdate, GIVEN)
                    .reference("x", x))
            .customConnectivityUpdate(
                new CustomConnectivityUpdate("ccu", "Rewire", "s", rewiring, GIVEN));
    var arrays =
        List.of(
            VariableReference.neuron("n", "e"),
            VariableReference.currentSource("cs", "e"),
            VariableReference.synapse("s", "e"),
            VariableReference.postsynaptic("s", "e"),
            VariableReference.customUpdate("cu", "e"),
            VariableReference.customUpdate("cuSynapses", "e"),
            VariableReference.connectivityUpdate("ccu", "e"));
    for (int k = 0; k < arrays.size(); k++) {
      spec = spec.customUpdate(write(100 * k, arrays.get(k)));
    }
    try (var simulation = open(spec)) {
      simulation.setTimestep(3);
      simulation.customUpdate("Write");
      for (int k = 0; k < arrays.size(); k++) {
        int first = 100 * k + 3;
        assertArrayEquals(
            new double[] {first, first + 10, first + 20, first + 30},
            simulation.extraGlobalParameter(arrays.get(k)).toDoubles(),
            arrays.get(k).toString());
      }
      simulation.stepTime();
      expectEach(simulation, VariableReference.neuron("n", "x"), i -> 3 + 10 * i);
      expectEach(simulation, VariableReference.currentSource("cs", "x"), i -> 103 + 10 * i);
      expectEach(simulation, x, i -> 203 + 10 * i);
      expectEach(simulation, VariableReference.postsynaptic("s", "x"), i -> 303 + 10 * i);
      simulation.customUpdate("Read");
      expectEach(simulation, VariableReference.neuron("target", "x"), i -> 403 + 10 * i);
      simulation.customUpdate("ReadSynapses");
      expectEach(simulation, x, i -> 503 + 10 * i);
      simulation.customUpdate("Rewire");
      expectEach(simulation, VariableReference.connectivityUpdate("ccu", "h"), i -> 603 + 10 * i);
    }
  }

  @Test
  @Feature({"L19", "M13", "R12"})
  void bitsOfAnArrayAreSetByAllNeurons() {
    int size = 70;
    var model =
        new NeuronModel("Bits")
            .variable("leading")
            .extraGlobalParameter("bits", "uint32_t*")
            .simCode(
                """
                if (id % 3 == 0) {
                  atomic_or(bits + (id / 32), 1u << (id % 32));
                }
                leading = clz(id);
                """);
    var none = Bindings.NONE.extraGlobalParameter("bits", new float[] {0, 0, 2});
    var spec = model("bits").neuronGroup(new NeuronGroup("n", size, model, none));
    long[] expected = {0, 0, 2};
    for (int id = 0; id < size; id += 3) {
      expected[id / 32] |= 1L << (id % 32);
    }
    try (var simulation = open(spec)) {
      run(simulation, 2);
      assertArrayEquals(
          expected,
          simulation.extraGlobalParameter(VariableReference.neuron("n", "bits")).toLongs());
      expectEach(
          simulation, VariableReference.neuron("n", "leading"), Integer::numberOfLeadingZeros);
    }
  }
}
