package org.mlgenn.tests.behaviours;

import static org.mlgenn.tests.behaviours.Parts.neurons;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelParameter;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// A7.5 - A7.8: extra global parameters, dynamic parameters and sizes in code of every kind.
final class ValuesTest extends Behaviours {
  private static final int SIZE = 20;

  private static InitialValue tiled(String index) {
    var init =
        new VariableInit("Tiled", "value = values[%s %% 10];".formatted(index))
            .extraGlobalParameter("values", "scalar*");
    return new InitialValue.Snippet(
        init, Bindings.NONE.extraGlobalParameter("values", Parts.ascending(10, 0)));
  }

  private static final PostsynapticModel POSTSYNAPSE =
      new PostsynapticModel("Postsynapse", "injectCurrent(inSyn); inSyn = 0.0;")
          .variable(new Variable("x"));
  private static final WeightUpdateModel WEIGHTS =
      new WeightUpdateModel("Weights")
          .variable("x", VarAccess.READ_WRITE)
          .pre(NeuronEnd.NONE.variable(new Variable("pre")))
          .post(NeuronEnd.NONE.variable(new Variable("post")));

  @Test
  @Feature({"M13", "M14", "I05", "R12"})
  void initialisersReadArrays() { // A7.5
    var neuron = new NeuronModel("Neuron").variable("x");
    var source = new CurrentSourceModel("Source", "injectCurrent(x);").variable("x");
    var own = Bindings.NONE.initialValue("x", tiled("id"));
    var weights =
        new WeightUpdate(
            WEIGHTS,
            Bindings.NONE
                .initialValue("x", tiled("id_post"))
                .initialValue("pre", tiled("id"))
                .initialValue("post", tiled("id")));
    var postsynapse = new Postsynapse(POSTSYNAPSE, own);
    ModelSpec spec =
        model("arrays")
            .neuronGroup(new NeuronGroup("n", SIZE, neuron, own))
            .currentSource(new CurrentSource("cs", "n", source, own))
            .synapseGroup(
                new SynapseGroup("dense", new Connectivity.Dense(), "n", "n", weights, postsynapse))
            .synapseGroup(
                new SynapseGroup("sparse", Parts.oneToOne(SIZE), "n", "n", weights, postsynapse));
    try (var simulation = open(spec)) {
      for (VariableReference variable :
          List.of(
              VariableReference.neuron("n", "x"),
              VariableReference.currentSource("cs", "x"),
              VariableReference.synapse("dense", "x"),
              VariableReference.synapse("sparse", "x"),
              VariableReference.weightUpdatePre("dense", "pre"),
              VariableReference.weightUpdatePost("dense", "post"),
              VariableReference.postsynaptic("dense", "x"))) {
        expectEach(simulation, variable, i -> i % 10);
      }
    }
  }

  @Test
  @Feature({"C16", "M13", "R12"})
  void updatesWriteArrays() { // A7.6
    var neuron =
        new NeuronModel("Reader")
            .extraGlobalParameter("e", "scalar*")
            .variable("x")
            .simCode("x = e[id];");
    var update =
        new CustomUpdateModel("OneHot", "e[id] = (id == (int) round(fmod(t, 10.0))) ? 1.0 : 0.0;")
            .reference("x", VarAccessMode.READ_ONLY)
            .extraGlobalParameterReference("e", "scalar*");
    ModelSpec spec =
        model("arrayReferences")
            .neuronGroup(
                new NeuronGroup(
                    "n", 10, neuron, Bindings.NONE.extraGlobalParameter("e", new float[10])))
            .customUpdate(
                new CustomUpdate("oneHot", "OneHot", update, Bindings.NONE)
                    .reference("x", VariableReference.neuron("n", "x"))
                    .extraGlobalParameterReference("e", VariableReference.neuron("n", "e")));
    try (var simulation = open(spec)) {
      for (int step = 0; step < 20; step++) {
        simulation.customUpdate("OneHot");
        simulation.stepTime();
        int hot = (int) (simulation.timestep() - 1) % 10;
        expectEach(simulation, VariableReference.neuron("n", "x"), i -> i == hot ? 1 : 0);
      }
    }
  }

  @Test
  @Feature({"M12", "R10", "R12"})
  void dynamicParametersChangeBetweenSteps() { // A7.7
    String code = "x = t + shift + input;";
    float[] shifts = new float[10];
    for (int i = 0; i < shifts.length; i++) {
      shifts[i] = 10 * i;
    }
    var shift = InitialValue.of(shifts);
    var variables =
        Declarations.NONE
            .parameter(new ModelParameter("input"))
            .variable(new Variable("x"))
            .variable(new Variable("shift", "scalar", VarAccess.READ_ONLY));
    var bindings = Bindings.NONE.dynamicParameter("input", 0).initialValue("shift", shift);
    var neuron = new NeuronModel("Neuron").declarations(variables).simCode(code);
    var source =
        new CurrentSourceModel("Source", code + " injectCurrent(x);").declarations(variables);
    var postsynapse =
        new PostsynapticModel("Postsynapse", code + " injectCurrent(inSyn);")
            .declarations(variables);
    var weights =
        new WeightUpdateModel("Weights").declarations(variables).synapseDynamicsCode(code);
    var update =
        new CustomUpdateModel("Update", "x = t + shift + input;")
            .parameter("input")
            .variable(new CustomUpdateVariable("x", CustomUpdateVarAccess.READ_WRITE))
            .reference("shift", VarAccessMode.READ_ONLY)
            .reference("V", VarAccessMode.READ_ONLY);
    ModelSpec spec =
        model("dynamicParameters")
            .neuronGroup(new NeuronGroup("n", 10, neuron, bindings))
            .currentSource(new CurrentSource("cs", "n", source, bindings))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    Parts.oneToOne(10),
                    "n",
                    "n",
                    new WeightUpdate(weights, bindings),
                    new Postsynapse(postsynapse, bindings)))
            .customUpdate(
                new CustomUpdate("cu", "Update", update, Bindings.NONE.dynamicParameter("input", 0))
                    .reference("shift", VariableReference.neuron("n", "shift"))
                    .reference("V", VariableReference.neuron("n", "x")));
    List<Function<String, VariableReference>> parts =
        List.of(
            name -> VariableReference.neuron("n", name),
            name -> VariableReference.currentSource("cs", name),
            name -> VariableReference.postsynaptic("s", name),
            name -> VariableReference.synapse("s", name),
            name -> VariableReference.customUpdate("cu", name));
    try (var simulation = open(spec)) {
      for (int step = 0; step < 20; step++) {
        double t = simulation.t();
        simulation.customUpdate("Update");
        simulation.stepTime();
        for (var part : parts) {
          expectEach(simulation, part.apply("x"), i -> t + 10 * i + t * t);
          simulation.dynamicParameter(part.apply("input")).set(simulation.t() * simulation.t());
        }
      }
    }
  }

  private static InitialValue number(String name) {
    return Parts.code("Number", "value = %s;".formatted(name));
  }

  @Test
  @Feature({"I05", "M02", "R12"})
  void codeKnowsHowManyThereAre() { // A7.8
    String ofNeurons = "x = 2.0 * num_neurons; b = 2.0 * num_batch;";
    var ownVariables = Declarations.NONE.variable(new Variable("x")).variable(new Variable("b"));
    var neuron = new NeuronModel("Neuron").declarations(ownVariables).simCode(ofNeurons);
    var source =
        new CurrentSourceModel("Source", ofNeurons + " injectCurrent(x);")
            .declarations(ownVariables);
    var postsynapse =
        new PostsynapticModel("Postsynapse", ofNeurons + " injectCurrent(inSyn);")
            .declarations(ownVariables);
    var weights =
        new WeightUpdateModel("Weights")
            .variable("pre", VarAccess.READ_WRITE)
            .variable("post", VarAccess.READ_WRITE)
            .variable("b", VarAccess.READ_WRITE)
            .pre(
                NeuronEnd.NONE
                    .variable(new Variable("ofPre"))
                    .variable(new Variable("preBatch"))
                    .dynamicsCode("ofPre = 2.0 * num_neurons; preBatch = 2.0 * num_batch;"))
            .post(
                NeuronEnd.NONE
                    .variable(new Variable("ofPost"))
                    .variable(new Variable("postBatch"))
                    .dynamicsCode("ofPost = 2.0 * num_neurons; postBatch = 2.0 * num_batch;"))
            .synapseDynamicsCode(
                "pre = 2.0 * num_pre; post = 2.0 * num_post; b = 2.0 * num_batch;");
    var ofUpdate =
        new CustomUpdateModel("Update", ofNeurons)
            .variable(new CustomUpdateVariable("x", CustomUpdateVarAccess.READ_WRITE))
            .variable(new CustomUpdateVariable("b", CustomUpdateVarAccess.READ_WRITE))
            .reference("V", VarAccessMode.READ_ONLY);
    var ofSynapses =
        new CustomUpdateModel(
                "UpdateSynapses", "x = 2.0 * num_pre; b = 2.0 * num_post; n = 2.0 * num_batch;")
            .variable(new CustomUpdateVariable("n", CustomUpdateVarAccess.READ_WRITE))
            .variable(new CustomUpdateVariable("x", CustomUpdateVarAccess.READ_WRITE))
            .variable(new CustomUpdateVariable("b", CustomUpdateVarAccess.READ_WRITE))
            .reference("V", VarAccessMode.READ_ONLY);
    var own =
        Bindings.NONE
            .initialValue("x", number("num_neurons"))
            .initialValue("b", number("num_batch"));
    var synaptic =
        Bindings.NONE
            .initialValue("pre", number("num_pre"))
            .initialValue("post", number("num_post"))
            .initialValue("b", number("num_batch"))
            .initialValue("ofPre", number("num_neurons"))
            .initialValue("ofPost", number("num_neurons"))
            .initialValue("preBatch", number("num_batch"))
            .initialValue("postBatch", number("num_batch"));
    ModelSpec spec =
        model("numbers")
            .neuronGroup(neurons("pre", 2, Parts.EMPTY))
            .neuronGroup(new NeuronGroup("post", 4, neuron, own))
            .currentSource(new CurrentSource("cs", "post", source, own))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.Dense(),
                    "pre",
                    "post",
                    new WeightUpdate(weights, synaptic),
                    new Postsynapse(postsynapse, own)))
            .customUpdate(
                new CustomUpdate("cu", "Update", ofUpdate, own)
                    .reference("V", VariableReference.neuron("post", "x")))
            .customUpdate(
                new CustomUpdate(
                        "cuSynapses",
                        "Update",
                        ofSynapses,
                        Bindings.NONE
                            .initialValue("x", number("num_pre"))
                            .initialValue("b", number("num_post"))
                            .initialValue("n", number("num_batch")))
                    .reference("V", VariableReference.synapse("s", "b")));
    int batch = setting.batchSize();
    Map<VariableReference, Integer> expected =
        Map.ofEntries(
            Map.entry(VariableReference.neuron("post", "x"), 4),
            Map.entry(VariableReference.neuron("post", "b"), batch),
            Map.entry(VariableReference.currentSource("cs", "x"), 4),
            Map.entry(VariableReference.currentSource("cs", "b"), batch),
            Map.entry(VariableReference.postsynaptic("s", "x"), 4),
            Map.entry(VariableReference.postsynaptic("s", "b"), batch),
            Map.entry(VariableReference.synapse("s", "pre"), 2),
            Map.entry(VariableReference.synapse("s", "post"), 4),
            Map.entry(VariableReference.synapse("s", "b"), batch),
            Map.entry(VariableReference.weightUpdatePre("s", "ofPre"), 2),
            Map.entry(VariableReference.weightUpdatePost("s", "ofPost"), 4),
            Map.entry(VariableReference.weightUpdatePre("s", "preBatch"), batch),
            Map.entry(VariableReference.weightUpdatePost("s", "postBatch"), batch),
            Map.entry(VariableReference.customUpdate("cuSynapses", "n"), batch),
            Map.entry(VariableReference.customUpdate("cu", "x"), 4),
            Map.entry(VariableReference.customUpdate("cu", "b"), batch),
            Map.entry(VariableReference.customUpdate("cuSynapses", "x"), 2),
            Map.entry(VariableReference.customUpdate("cuSynapses", "b"), 4));
    try (var simulation = open(spec)) {
      expected.forEach((variable, number) -> expectEach(simulation, variable, _ -> number));
      simulation.stepTime();
      simulation.customUpdate("Update");
      expected.forEach((variable, number) -> expectEach(simulation, variable, _ -> 2 * number));
    }
  }
}
