package org.genn.engine.runtime;

import static org.genn.engine.runtime.GeNNModel.createVarRef;
import static org.genn.engine.runtime.GeNNModel.createWuVarRef;
import static org.genn.engine.runtime.GeNNModel.initPostsynaptic;
import static org.genn.engine.runtime.GeNNModel.initVar;
import static org.genn.engine.runtime.GeNNModel.initWeightUpdate;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Map;
import java.util.stream.Stream;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A number, an array of one example or of all, or code: each kind of group takes each of them.
final class InitialValuesOfGroupsTest {
  private static final int BATCH = 2;
  private static final NeuronModel NEURON =
      new NeuronModel("Neuron").variable("x").thresholdCondition("true");
  private static final WeightUpdateModel WEIGHTS =
      new WeightUpdateModel("Weights")
          .variable("g", VarAccess.READ_WRITE)
          .pre(NeuronEnd.NONE.variable(new Variable("u")))
          .post(NeuronEnd.NONE.variable(new Variable("v")));

  private static GeNNModel model(int batch) {
    var model = new GeNNModel(Precision.FLOAT, "initial");
    model.setPreferences(Models.settings().threads(1));
    model.setBatchSize(batch);
    return model;
  }

  private static float[] ascending(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i + 1;
    }
    return values;
  }

  private static float[] twice(float[] values) {
    float[] both = new float[2 * values.length];
    System.arraycopy(values, 0, both, 0, values.length);
    System.arraycopy(values, 0, both, values.length, values.length);
    return both;
  }

  /// What is given for three neurons, and what two examples of them have.
  static Stream<Arguments> given() {
    var code = new VariableInit("Square", "value = (id + 1) * (id + 1);");
    return Stream.of(
        Arguments.of("a number", 7, new float[] {7, 7, 7, 7, 7, 7}),
        Arguments.of("values of an example", ascending(3), twice(ascending(3))),
        Arguments.of("values of all", ascending(6), ascending(6)),
        Arguments.of("integers", new int[] {4, 5, 6}, new float[] {4, 5, 6, 4, 5, 6}),
        Arguments.of("code", initVar(code, Map.of()), new float[] {1, 4, 9, 1, 4, 9}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("given")
  @Feature({"M15", "C09", "C02", "S16", "S32", "R12"})
  void ofNeuronsAndOfAllThatIsKeptForThem(String kind, Object given, float[] expected) {
    var source = new CurrentSourceModel("Source", "injectCurrent(k);").variable("k");
    var postsynapse =
        new PostsynapticModel("Postsynapse", "injectCurrent(inSyn);").variable(new Variable("z"));
    var update =
        new CustomUpdateModel("Update", "o += 0.0 * x;")
            .variable(new CustomUpdateVariable("o", CustomUpdateVarAccess.READ_WRITE))
            .reference("x", VarAccessMode.READ_ONLY);
    try (var model = model(BATCH)) {
      var n = model.addNeuronPopulation("n", 3, NEURON, Map.of(), Map.of("x", given));
      var cs = model.addCurrentSource("cs", source, n, Map.of(), Map.of("k", given));
      var s =
          model.addSynapsePopulation(
              "s",
              "DENSE",
              n,
              n,
              initWeightUpdate(
                  WEIGHTS,
                  Map.of(),
                  Map.of("g", 0),
                  Map.of("u", given),
                  Map.of("v", given),
                  Map.of(),
                  Map.of(),
                  Map.of()),
              initPostsynaptic(postsynapse, Map.of(), Map.of("z", given)));
      var cu =
          model.addCustomUpdate(
              "cu", "U", update, Map.of(), Map.of("o", given), Map.of("x", createVarRef(n, "x")));
      model.build();
      model.load();
      for (ModelVariable variable :
          new ModelVariable[] {
            n.vars().get("x"),
            cs.vars().get("k"),
            s.preVars().get("u"),
            s.postVars().get("v"),
            s.psmVars().get("z"),
            cu.vars().get("o")
          }) {
        assertArrayEquals(expected, variable.values(), variable.reference().toString());
      }
    }
  }

  /// Synapses from 4 neurons to 1: all of them, 3 in any order, or a kernel.
  @ParameterizedTest
  @ValueSource(strings = {"DENSE", "SPARSE", "TOEPLITZ"})
  @Feature({"M15", "C06", "C07", "C08", "S29", "R08", "R12"})
  void ofSynapsesOfAllExamples(String matrixType) {
    var update =
        new CustomUpdateModel("Update", "o += 0.0 * g;")
            .variable(new CustomUpdateVariable("o", CustomUpdateVarAccess.READ_WRITE))
            .reference("g", VarAccessMode.READ_ONLY);
    int synapses = matrixType.equals("SPARSE") ? 3 : 4;
    float[] values = ascending(BATCH * synapses);
    try (var model = model(BATCH)) {
      var a = model.addNeuronPopulation("a", 4, NEURON, Map.of(), Map.of("x", 0));
      var b = model.addNeuronPopulation("b", 1, NEURON, Map.of(), Map.of("x", 0));
      var weights = initWeightUpdate(WEIGHTS, Map.of(), Map.of("g", values, "u", 0, "v", 0));
      var delta = initPostsynaptic("DeltaCurr");
      SynapsePopulation s =
          matrixType.equals("TOEPLITZ")
              ? model.addSynapsePopulation(
                  "s",
                  matrixType,
                  a,
                  b,
                  weights,
                  delta,
                  GeNNModel.initToeplitzConnectivity(
                      "Conv2D",
                      Map.of(
                          "conv_kh", 2, "conv_kw", 2, "conv_ih", 2, "conv_iw", 2, "conv_ic", 1,
                          "conv_oh", 1, "conv_ow", 1, "conv_oc", 1)))
              : model.addSynapsePopulation("s", matrixType, a, b, weights, delta);
      if (matrixType.equals("SPARSE")) {
        s.setSparseConnections(new int[] {3, 1, 0}, new int[] {0, 0, 0});
      }
      var cu =
          model.addCustomUpdate(
              "cu",
              "U",
              update,
              Map.of(),
              Map.of("o", values),
              Map.of("g", createWuVarRef(s, "g")));
      model.build();
      model.load();
      // connections that are given are sorted by their sources, and their values with them
      float[] expected = matrixType.equals("SPARSE") ? new float[] {3, 2, 1, 6, 5, 4} : values;
      assertArrayEquals(expected, s.vars().get("g").values());
      assertArrayEquals(expected, cu.vars().get("o").values());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  @Feature({"M15", "C20", "S29"})
  void ofConnectivityUpdates(int batch) {
    var rewire =
        new CustomConnectivityUpdateModel("Rewire", "")
            .variable(new Variable("o"))
            .preVariable(new Variable("p"))
            .postVariable(new Variable("q"));
    var id = initVar(new VariableInit("Id", "value = 10.0 * id;"), Map.of());
    try (var model = model(batch)) {
      var a = model.addNeuronPopulation("a", 4, NEURON, Map.of(), Map.of("x", 0));
      var b = model.addNeuronPopulation("b", 3, NEURON, Map.of(), Map.of("x", 0));
      var s =
          model.addSynapsePopulation(
              "s",
              "SPARSE",
              a,
              b,
              initWeightUpdate(WEIGHTS, Map.of(), Map.of("g", 0, "u", 0, "v", 0)),
              initPostsynaptic("DeltaCurr"));
      s.setSparseConnections(new int[] {3, 1, 0}, new int[] {0, 2, 1});
      var ccu =
          model.addCustomConnectivityUpdate(
              "ccu",
              "C",
              s,
              rewire,
              Map.of(),
              Map.of("o", ascending(3)),
              Map.of("p", ascending(4)),
              Map.of("q", id));
      model.build();
      model.load();
      assertArrayEquals(new float[] {3, 2, 1}, ccu.vars().get("o").values());
      assertArrayEquals(new float[] {1, 2, 3, 4}, ccu.preVars().get("p").values());
      assertArrayEquals(new float[] {0, 10, 20}, ccu.postVars().get("q").values());
    }
  }
}
