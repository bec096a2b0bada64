package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.InitialValue;
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
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.CustomUpdateModels;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.genn.engine.snippet.SnippetException;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Custom updates on everything that they can refer to.
class CustomUpdateTest {
  private static final PostsynapticModel DELTA =
      new PostsynapticModel("Delta", "injectCurrent(inSyn); inSyn = 0.0;")
          .variable(new Variable("p"));

  private static final NeuronModel SPIKING =
      new NeuronModel("Spiking")
          .variable("V")
          .variable(new Variable("shared", "scalar", VarAccess.READ_ONLY))
          .variable("x")
          .simCode("x = Isyn;")
          .thresholdCondition("true");

  private static final WeightUpdateModel STATIC =
      new WeightUpdateModel("Static")
          .variable("g", VarAccess.READ_ONLY)
          .variable("h", VarAccess.READ_WRITE)
          .pre(NeuronEnd.NONE.variable(new Variable("pre")))
          .post(NeuronEnd.NONE.variable(new Variable("post")))
          .preSpikeSynCode("addToPost(g);");

  private static ModelSpec base(int batch, int pre, int post, InitialValue g) {
    return new ModelSpec("updates", 1.0, batch, 5)
        .neuronGroup(new NeuronGroup("pre", pre, SPIKING, Bindings.NONE))
        .neuronGroup(new NeuronGroup("post", post, SPIKING, Bindings.NONE))
        .synapseGroup(synapses("s", "pre", "post", Bindings.NONE.initialValue("g", g)));
  }

  private static SynapseGroup synapses(
      String name, String source, String target, Bindings bindings) {
    return new SynapseGroup(
        name,
        new Connectivity.Dense(),
        source,
        target,
        new WeightUpdate(STATIC, bindings),
        new Postsynapse(DELTA, Bindings.NONE));
  }

  private static CustomUpdate stamp(String name, VariableReference reference) {
    var model =
        new CustomUpdateModel("Stamp", "R = 1000.0 * batch + t;")
            .reference("R", VarAccessMode.READ_WRITE);
    return new CustomUpdate(name, "Stamp", model, Bindings.NONE).reference("R", reference);
  }

  private static ModelSpec kernelUpdate(int batch, String code) {
    var convolution =
        ToeplitzPatterns.conv2d(new int[] {3, 3}, new int[] {4, 4, 1}, new int[] {2, 2, 1});
    var update = new CustomUpdateModel("Number", code).reference("R", VarAccessMode.READ_WRITE);
    return new ModelSpec("updates", 1.0, batch, 5)
        .neuronGroup(new NeuronGroup("pre", 16, SPIKING, Bindings.NONE))
        .neuronGroup(new NeuronGroup("post", 4, SPIKING, Bindings.NONE))
        .synapseGroup(
            new SynapseGroup(
                "s",
                new Connectivity.Toeplitz(convolution),
                "pre",
                "post",
                new WeightUpdate(STATIC, Bindings.NONE),
                new Postsynapse(DELTA, Bindings.NONE)))
        .customUpdate(
            new CustomUpdate("number", "Number", update, Bindings.NONE)
                .reference("R", VariableReference.synapse("s", "h")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void anUpdateOfAKernelKnowsTheIndicesOfItsElements(int batch) {
    ModelSpec spec =
        kernelUpdate(
            batch, "R = id_kernel + 10.0 * id_syn + 1000.0 * num_pre + 100000.0 * num_post;");
    try (var simulation = Simulation.open(spec, Models.settings().threads(1))) {
      simulation.customUpdate("Number");
      VariableView kernel = simulation.variable(VariableReference.synapse("s", "h"));
      for (int example = 0; example < batch; example++) {
        for (int k = 0; k < 9; k++) {
          assertEquals(416_000 + 11 * k, kernel.get(example, k));
        }
      }
    }
  }

  @Test
  void elementsOfAKernelBelongToNoPairOfNeurons() {
    String message =
        assertThrows(
                SnippetException.class,
                () -> Simulation.open(kernelUpdate(1, "R = id_pre;"), Models.settings().threads(1)))
            .getMessage();
    assertEquals(
        "update code of custom update model Number, line 1: 'id_pre' is not defined here;"
            + " available: [R, batch, dt, id_kernel, id_syn, num_batch, num_post, num_pre, t]",
        message.lines().findFirst().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  @Feature({"C04", "C05", "C06", "C10"})
  void everyKindOfVariableCanBeSet(int batch) {
    var noise = new CurrentSourceModel("Source", "injectCurrent(level);").variable("level");
    var own =
        new CustomUpdateModel("Own", "o = V;")
            .variable(new CustomUpdateVariable("o", CustomUpdateVarAccess.READ_WRITE))
            .reference("V", VarAccessMode.READ_ONLY);
    var ownSynaptic =
        new CustomUpdateModel("OwnSynaptic", "o = h;")
            .variable(new CustomUpdateVariable("o", CustomUpdateVarAccess.READ_WRITE))
            .reference("h", VarAccessMode.READ_ONLY);
    var references =
        List.of(
            VariableReference.neuron("pre", "V"),
            VariableReference.currentSource("cs", "level"),
            VariableReference.postsynaptic("s", "p"),
            VariableReference.weightUpdatePre("s", "pre"),
            VariableReference.weightUpdatePost("s", "post"),
            VariableReference.synapticInput("s"),
            VariableReference.synapse("s", "h"),
            VariableReference.customUpdate("own", "o"),
            VariableReference.customUpdate("ownSynaptic", "o"));
    var spec =
        base(batch, 3, 4, InitialValue.of(0))
            .currentSource(new CurrentSource("cs", "post", noise, Bindings.NONE))
            .customUpdate(
                new CustomUpdate("own", "Own", own, Bindings.NONE)
                    .reference("V", VariableReference.neuron("pre", "V")))
            .customUpdate(
                new CustomUpdate("ownSynaptic", "Own", ownSynaptic, Bindings.NONE)
                    .reference("h", VariableReference.synapse("s", "h")));
    for (int i = 0; i < references.size(); i++) {
      spec = spec.customUpdate(stamp("stamp" + i, references.get(i)));
    }
    spec =
        spec.customUpdate(
            new CustomUpdate(
                    "shared",
                    "Stamp",
                    new CustomUpdateModel("Shared", "R = t;")
                        .reference("R", VarAccessMode.READ_WRITE),
                    Bindings.NONE)
                .reference("R", VariableReference.neuron("pre", "shared")));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      for (int step = 0; step < 20; step++) {
        simulation.stepTime();
      }
      simulation.customUpdate("Stamp");
      for (VariableReference reference : references) {
        VariableView view = simulation.variable(reference);
        for (int example = 0; example < batch; example++) {
          for (int element = 0; element < view.elements(); element++) {
            assertEquals(1000.0 * example + 20, view.get(example, element), reference.toString());
          }
        }
      }
      assertEquals(20, simulation.variable(VariableReference.neuron("pre", "shared")).get(0, 2));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  @Feature("C14")
  void spikesWhoseNumberIsSetBackAreNotDelivered(int batch) {
    var model =
        new CustomUpdateModel("Drop", "if (count == 3u) { count = 0u; }")
            .reference(new VariableDeclaration("count", "unsigned int", VarAccessMode.READ_WRITE));
    var spec =
        base(batch, 3, 2, InitialValue.of(1))
            .customUpdate(
                new CustomUpdate("drop", "Drop", model, Bindings.NONE)
                    .reference("count", VariableReference.sourceSpikeCount("s")));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      VariableView x = simulation.variable(VariableReference.neuron("post", "x"));
      simulation.stepTime();
      simulation.stepTime();
      assertEquals(3, x.get(batch - 1, 1));
      simulation.customUpdate("Drop");
      simulation.stepTime();
      for (int example = 0; example < batch; example++) {
        assertEquals(0, x.get(example, 1));
      }
      simulation.stepTime();
      assertEquals(3, x.get(0, 0));
    }
  }

  @Test
  @Feature({"C14", "C15"})
  void spikeTimesAndSummedInputCanBeReset() {
    var model =
        new CustomUpdateModel("Reset", "st = -3.0; prev = -7.0;")
            .reference(new VariableDeclaration("st", "timepoint", VarAccessMode.BROADCAST))
            .reference(new VariableDeclaration("prev", "timepoint", VarAccessMode.BROADCAST));
    var spec =
        base(2, 3, 2, InitialValue.of(1))
            .customUpdate(
                new CustomUpdate("reset", "Reset", model, Bindings.NONE)
                    .reference("st", VariableReference.spikeTime("pre"))
                    .reference("prev", VariableReference.previousSpikeTime("pre")));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      VariableView st = simulation.variable(VariableReference.spikeTime("pre"));
      VariableView previous = simulation.variable(VariableReference.previousSpikeTime("pre"));
      for (int step = 0; step < 3; step++) {
        simulation.stepTime();
      }
      assertEquals(2, st.get(1, 2));
      assertEquals(1, previous.get(1, 2));
      simulation.customUpdate("Reset");
      assertArrayEquals(new float[] {-3, -3, -3, -3, -3, -3}, st.toArray());
      assertArrayEquals(new float[] {-7, -7, -7, -7, -7, -7}, previous.toArray());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Feature("C13")
  void transposeIsWrittenAfterTheCode(boolean scales) {
    int pre = 7;
    int post = 5;
    var random = new Random(3);
    float[] weights = new float[pre * post];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextFloat();
    }
    var model =
        scales
            ? new CustomUpdateModel("Scale", "variable *= 2.0;")
                .reference("variable", VarAccessMode.READ_WRITE)
            : CustomUpdateModels.TRANSPOSE;
    var spec =
        base(3, pre, post, InitialValue.of(weights))
            .synapseGroup(synapses("back", "post", "pre", Bindings.NONE))
            .customUpdate(
                new CustomUpdate("t", "Transpose", model, Bindings.NONE)
                    .transposed(
                        "variable",
                        VariableReference.synapse("s", "g"),
                        VariableReference.synapse("back", "g")))
            .customUpdate(
                new CustomUpdate("th", "Transpose", CustomUpdateModels.TRANSPOSE, Bindings.NONE)
                    .transposed(
                        "variable",
                        VariableReference.synapse("s", "h"),
                        VariableReference.synapse("back", "h")));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      VariableView h = simulation.variable(VariableReference.synapse("s", "h"));
      h.set(2, 3, 4, 34f);
      simulation.customUpdate("Transpose");
      VariableView g = simulation.variable(VariableReference.synapse("s", "g"));
      VariableView back = simulation.variable(VariableReference.synapse("back", "g"));
      for (int i = 0; i < pre; i++) {
        for (int j = 0; j < post; j++) {
          assertEquals(weights[i * post + j] * (scales ? 2 : 1), g.get(0, i, j));
          assertEquals(g.get(0, i, j), back.get(0, j, i));
        }
      }
      assertEquals(34, simulation.variable(VariableReference.synapse("back", "h")).get(2, 4, 3));
      assertEquals(0, simulation.variable(VariableReference.synapse("back", "h")).get(1, 4, 3));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  @Feature({"C11", "C12"})
  void reductionsOverNeuronsAndExamples(int batch) {
    int size = 50;
    var random = new Random(9);
    float[] v = new float[batch * size];
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) random.nextGaussian();
    }
    var max =
        new CustomUpdateModel("Max", "m = V;")
            .variable(new CustomUpdateVariable("m", CustomUpdateVarAccess.REDUCE_NEURON_MAX))
            .reference("V", VarAccessMode.READ_ONLY);
    var sum =
        new CustomUpdateModel("Sum", "s = exp(V - m);")
            .variable(new CustomUpdateVariable("s", CustomUpdateVarAccess.REDUCE_NEURON_SUM))
            .reference("V", VarAccessMode.READ_ONLY)
            .reference("m", VarAccessMode.READ_ONLY);
    var softmax =
        new CustomUpdateModel("Softmax", "p = exp(V - m) / s;")
            .variable(new CustomUpdateVariable("p", CustomUpdateVarAccess.READ_WRITE))
            .reference("V", VarAccessMode.READ_ONLY)
            .reference("m", VarAccessMode.READ_ONLY)
            .reference("s", VarAccessMode.READ_ONLY);
    var batches =
        new CustomUpdateModel("Batches", "total = V; top = V; into = V;")
            .variable(new CustomUpdateVariable("total", CustomUpdateVarAccess.REDUCE_BATCH_SUM))
            .variable(new CustomUpdateVariable("top", CustomUpdateVarAccess.REDUCE_BATCH_MAX))
            .reference("V", VarAccessMode.READ_ONLY)
            .reference("into", VarAccessMode.REDUCE_SUM);
    VariableReference voltage = VariableReference.neuron("pre", "V");
    VariableReference m = VariableReference.customUpdate("max", "m");
    VariableReference s = VariableReference.customUpdate("sum", "s");
    var spec =
        base(batch, size, 1, InitialValue.of(0))
            .customUpdate(new CustomUpdate("max", "1", max, Bindings.NONE).reference("V", voltage))
            .customUpdate(
                new CustomUpdate("sum", "2", sum, Bindings.NONE)
                    .reference("V", voltage)
                    .reference("m", m))
            .customUpdate(
                new CustomUpdate("soft", "3", softmax, Bindings.NONE)
                    .reference("V", voltage)
                    .reference("m", m)
                    .reference("s", s));
    if (batch > 1) {
      spec =
          spec.customUpdate(
              new CustomUpdate("batches", "4", batches, Bindings.NONE)
                  .reference("V", voltage)
                  .reference("into", VariableReference.neuron("pre", "shared")));
    }
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.variable(voltage).set(v);
      for (String group :
          simulation.spec().customUpdates().stream().map(CustomUpdate::group).toList()) {
        simulation.customUpdate(group);
      }
      VariableView p = simulation.variable(VariableReference.customUpdate("soft", "p"));
      for (int example = 0; example < batch; example++) {
        double denominator = 0;
        for (int i = 0; i < size; i++) {
          denominator += Math.exp(v[example * size + i]);
        }
        for (int i = 0; i < size; i++) {
          assertEquals(Math.exp(v[example * size + i]) / denominator, p.get(example, i), 1e-6);
        }
      }
      for (int i = 0; batch > 1 && i < size; i++) {
        double total = 0;
        float top = Float.NEGATIVE_INFINITY;
        for (int example = 0; example < batch; example++) {
          total += v[example * size + i];
          top = Math.max(top, v[example * size + i]);
        }
        assertEquals(
            total,
            simulation.variable(VariableReference.customUpdate("batches", "total")).get(0, i),
            1e-5);
        assertEquals(
            top, simulation.variable(VariableReference.customUpdate("batches", "top")).get(0, i));
        assertEquals(
            total, simulation.variable(VariableReference.neuron("pre", "shared")).get(0, i), 1e-5);
      }
    }
  }

  @Test
  @Feature({"N01", "C04"})
  void groupsMayBeEmpty() {
    var none =
        base(2, 0, 0, InitialValue.of(0))
            .customUpdate(stamp("a", VariableReference.neuron("pre", "V")))
            .customUpdate(stamp("b", VariableReference.synapse("s", "h")));
    try (var simulation = Simulation.open(none, Models.settings())) {
      simulation.stepTime();
      simulation.customUpdate("Stamp");
      assertEquals(0, simulation.variable(VariableReference.neuron("pre", "V")).toArray().length);
    }
    var oneEnd = base(2, 0, 3, InitialValue.of(1));
    try (var simulation = Simulation.open(oneEnd, Models.settings())) {
      simulation.stepTime();
      assertEquals(0, simulation.variable(VariableReference.neuron("post", "x")).get(1, 2));
    }
    try (var simulation = Simulation.open(base(2, 3, 0, InitialValue.of(1)), Models.settings())) {
      simulation.stepTime();
      simulation.stepTime();
      assertEquals(1, simulation.timestep() - 1);
    }
  }

  @Test
  @Feature("C13")
  void mistakesOfTransposesAreNamed() {
    int[] ids = {0};
    var sparse =
        new SynapseGroup(
            "sparse",
            Connectivity.Sparse.of(ids, ids),
            "post",
            "pre",
            new WeightUpdate(STATIC, Bindings.NONE),
            new Postsynapse(DELTA, Bindings.NONE));
    VariableReference g = VariableReference.synapse("s", "g");
    var spec =
        base(1, 3, 4, InitialValue.of(0))
            .synapseGroup(sparse)
            .synapseGroup(synapses("back", "post", "pre", Bindings.NONE))
            .customUpdate(transpose("a", g, VariableReference.synapse("sparse", "g")))
            .customUpdate(transpose("b", g, g))
            .customUpdate(transpose("c", g, VariableReference.synapse("back", "gg")))
            .customUpdate(transpose("d", g, VariableReference.neuron("pre", "V")));
    var thrown =
        assertThrows(
            IllegalArgumentException.class, () -> Simulation.open(spec, Models.settings()));
    assertEquals(
        """
        model 'updates' has 4 problems:
          - custom update 'a': only dense matrices can be transposed, and synapse group 'sparse' is none
          - custom update 'b': synapse group 's' leads from 'pre' to 'post', so its transpose must lead from 'post' to 'pre'; 's' leads from 'pre' to 'post'
          - custom update 'c': synapse group 'back' has no variable 'gg'; available: [g, h]; did you mean 'g'?
          - custom update 'd': 'variable' can't be transposed: 'V' of 'pre' is no variable of synapses\
        """,
        thrown.getMessage());
  }

  private static CustomUpdate transpose(String name, VariableReference from, VariableReference to) {
    return new CustomUpdate(name, "T", CustomUpdateModels.TRANSPOSE, Bindings.NONE)
        .transposed("variable", from, to);
  }
}
