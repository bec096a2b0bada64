package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
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
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Values that are given to parameters and variables are those that a model has, no more, no fewer
/// and none of another name, for models of every kind.
class GivenValuesTest {
  private static final NeuronModel NEURON =
      new NeuronModel("Neuron").variable("x").thresholdCondition("true");

  private GeNNModel model;

  @BeforeEach
  void describe() {
    model = new GeNNModel(Precision.FLOAT, "m", "jvm");
    model.setPreferences(Models.settings().backend("jvm"));
  }

  @AfterEach
  void close() {
    model.close();
  }

  /// @param parameters of the built-in model
  /// @param where opens messages
  private record Kind(String name, Map<String, Double> parameters, String where, Add add) {
    interface Add {
      void to(GeNNModel model, Map<String, Double> parameters);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static void connect(
      GeNNModel model,
      Map<String, Double> update,
      Map<String, Double> postsynapse,
      Map<String, Double> connectivity) {
    var n = model.addNeuronPopulation("n", 2, NEURON, Map.of(), Map.of("x", 0));
    model.addSynapsePopulation(
        "s",
        "SPARSE",
        n,
        n,
        GeNNModel.initWeightUpdate("STDP", update, Map.of("g", 0)),
        GeNNModel.initPostsynaptic("ExpCurr", postsynapse),
        GeNNModel.initSparseConnectivity("FixedProbability", connectivity));
  }

  static Stream<Kind> kinds() {
    var stdp =
        Map.of(
            "tauPlus", 1.0, "tauMinus", 1.0, "Aplus", 1.0, "Aminus", 1.0, "Wmin", 0.0, "Wmax", 1.0);
    var tau = Map.of("tau", 1.0);
    var prob = Map.of("prob", 0.5);
    return Stream.of(
        new Kind(
            "Izhikevich",
            Map.of("a", 0.02, "b", 0.2, "c", -65.0, "d", 8.0),
            "neuron population 'n'",
            (model, given) ->
                model.addNeuronPopulation("n", 1, "Izhikevich", given, Map.of("V", 0, "U", 0))),
        new Kind(
            "GaussianNoise",
            Map.of("mean", 0.0, "sd", 1.0),
            "current source 'cs'",
            (model, given) ->
                model.addCurrentSource(
                    "cs",
                    "GaussianNoise",
                    model.addNeuronPopulation("n", 1, NEURON, Map.of(), Map.of("x", 0)),
                    given,
                    Map.of())),
        new Kind(
            "Uniform",
            Map.of("min", 0.0, "max", 1.0),
            "snippet Uniform",
            (model, given) ->
                model.addNeuronPopulation(
                    "n", 1, NEURON, Map.of(), Map.of("x", GeNNModel.initVar("Uniform", given)))),
        new Kind(
            "STDP",
            stdp,
            "weight update model STDP",
            (model, given) -> connect(model, given, tau, prob)),
        new Kind(
            "ExpCurr",
            tau,
            "postsynaptic model ExpCurr",
            (model, given) -> connect(model, stdp, given, prob)),
        new Kind(
            "FixedProbability",
            prob,
            "snippet FixedProbability",
            (model, given) -> connect(model, stdp, tau, given)));
  }

  private static void assertFails(String message, Executable executable) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, executable).getMessage());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @Feature("M09")
  void allParametersAreGiven(Kind kind) {
    kind.add().to(model, kind.parameters());
    model.build();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @Feature("M09")
  void oneIsMissing(Kind kind) {
    var given = new HashMap<>(kind.parameters());
    String missing = kind.parameters().keySet().stream().sorted().findFirst().orElseThrow();
    given.remove(missing);
    assertFails(
        "%s: parameter '%s' of %s has no value".formatted(kind.where(), missing, kind.name()),
        () -> kind.add().to(model, given));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @Feature("M09")
  void oneIsTooMuch(Kind kind) {
    var given = new HashMap<>(kind.parameters());
    given.put("unheardOf", 1.0);
    String available = new TreeSet<>(kind.parameters().keySet()).toString();
    assertFails(
        "%s: %s has no parameter 'unheardOf'; available: %s"
            .formatted(kind.where(), kind.name(), available),
        () -> kind.add().to(model, given));
  }

  @Test
  @Feature("M09")
  void variablesOfSynapsesAndOfTheirEnds() {
    var weights =
        new WeightUpdateModel("Weights")
            .variable("g", VarAccess.READ_WRITE)
            .pre(NeuronEnd.NONE.variable(new Variable("u")))
            .post(NeuronEnd.NONE.variable(new Variable("v")))
            .preSpikeSynCode("addToPost(g);");
    assertFails(
        "neuron population 'n': Neuron has no variable 'y'; available: [x]",
        () -> model.addNeuronPopulation("n", 2, NEURON, Map.of(), Map.of("x", 0, "y", 1)));
    assertFails(
        "postsynaptic model DeltaCurr: DeltaCurr has no variable 'z'; there are none",
        () -> GeNNModel.initPostsynaptic("DeltaCurr", Map.of(), Map.of("z", 1)));
    assertFails(
        """
        weight update model Weights has 4 problems:
          - variable 'g' of Weights has no initial value; give one, such as 0
          - variable 'u' of Weights has no initial value; give one, such as 0
          - variable 'v' of Weights has no initial value; give one, such as 0
          - Weights has no variable 'G'; available: [g, u, v]; did you mean 'g'?\
        """,
        () -> GeNNModel.initWeightUpdate(weights, Map.of(), Map.of("G", 1)));
    assertFails(
        "weight update model Weights has no presynaptic variable 'v'; it has [u]",
        () -> ends(weights, Map.of("v", 1), Map.of()));
    assertFails(
        "weight update model Weights has no postsynaptic variable 'g'; it has [v]",
        () -> ends(weights, Map.of("u", 1), Map.of("g", 1)));
  }

  @Test
  @Feature("M09")
  void variablesOfWhatActsOnNeurons() {
    var n = model.addNeuronPopulation("n", 2, NEURON, Map.of(), Map.of("x", 0));
    var source = new CurrentSourceModel("Source", "injectCurrent(k);").variable("k");
    var postsynapse = new PostsynapticModel("Post", "injectCurrent(z);").variable("z");
    var update =
        new CustomUpdateModel("Update", "o = x;")
            .variable(new CustomUpdateVariable("o", CustomUpdateVarAccess.READ_WRITE))
            .reference("x", VarAccessMode.READ_ONLY);
    assertFails(
        "current source 'cs': variable 'k' of Source has no initial value; give one, such as 0",
        () -> model.addCurrentSource("cs", source, n, Map.of(), Map.of()));
    assertFails(
        "postsynaptic model Post: variable 'z' of Post has no initial value; give one, such as 0",
        () -> GeNNModel.initPostsynaptic(postsynapse, Map.of(), Map.of()));
    assertFails(
        "custom update 'cu': variable 'o' of Update has no initial value; give one, such as 0",
        () ->
            model.addCustomUpdate(
                "cu",
                "U",
                update,
                Map.of(),
                Map.of(),
                Map.of("x", GeNNModel.createVarRef(n, "x"))));
    assertEquals(Map.of(), model.currentSources()); // what is refused is not added
    assertEquals(Map.of(), model.customUpdates());
  }

  private static void ends(
      WeightUpdateModel weights, Map<String, Integer> preVars, Map<String, Integer> postVars) {
    GeNNModel.initWeightUpdate(
        weights, Map.of(), Map.of(), preVars, postVars, Map.of(), Map.of(), Map.of());
  }

  @Test
  @Feature({"M09", "C20"})
  void variablesOfConnectivityUpdates() {
    connect(
        model,
        Map.of(
            "tauPlus", 1.0, "tauMinus", 1.0, "Aplus", 1.0, "Aminus", 1.0, "Wmin", 0.0, "Wmax", 1.0),
        Map.of("tau", 1.0),
        Map.of("prob", 0.5));
    var rewire =
        new CustomConnectivityUpdateModel("Rewire", "")
            .preVariable(new Variable("p"))
            .postVariable(new Variable("q"));
    assertFails(
        "custom connectivity update 'ccu' has no presynaptic variable 'q'; it has [p]",
        () -> update(rewire, Map.of("q", 1), Map.of()));
    assertFails(
        "custom connectivity update 'ccu': variable 'q' of Rewire has no initial value; give one,"
            + " such as 0",
        () -> update(rewire, Map.of("p", 1), Map.of()));
    update(rewire, Map.of("p", 1), Map.of("q", 1));
    model.build();
  }

  private void update(
      CustomConnectivityUpdateModel rewire,
      Map<String, Integer> preVars,
      Map<String, Integer> postVars) {
    model.addCustomConnectivityUpdate(
        "ccu",
        "Rewire",
        model.synapsePopulation("s"),
        rewire,
        Map.of(),
        Map.of(),
        preVars,
        postVars);
  }
}
