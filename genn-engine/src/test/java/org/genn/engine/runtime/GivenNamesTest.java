package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
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
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each part of a model is given a value for everything that its model declares, and for nothing
/// else; what is wrong is told by the call that adds the part.
final class GivenNamesTest {
  private static final NeuronModel NEURON = new NeuronModel("Rule").parameter("tau").variable("V");
  private static final WeightUpdateModel WEIGHTS =
      new WeightUpdateModel("Rule").parameter("tau").variable("V", VarAccess.READ_WRITE);
  private static final WeightUpdateModel WEIGHTS_WITH_ENDS =
      WEIGHTS
          .pre(NeuronEnd.NONE.variable(new Variable("source")))
          .post(NeuronEnd.NONE.variable(new Variable("target")));
  private static final CustomConnectivityUpdateModel REWIRING =
      new CustomConnectivityUpdateModel("Rule", "").parameter("tau").variable(new Variable("V"));
  private static final CustomConnectivityUpdateModel REWIRING_WITH_ENDS =
      REWIRING.preVariable(new Variable("source")).postVariable(new Variable("target"));

  private static final Map<String, Integer> TAU = Map.of("tau", 20);
  private static final Map<String, Integer> V = Map.of("V", 0);

  private interface Call {
    void with(GeNNModel model, Map<String, Integer> params, Map<String, Integer> vars);
  }

  /// What gives values to a model `Rule` with a parameter `tau`, and with a variable `V` unless it
  /// is a snippet.
  ///
  /// @param where opens its messages
  private record Part(String call, String where, Call add) {
    void give(Map<String, Integer> params, Map<String, Integer> vars) {
      try (var model = new GeNNModel(Precision.FLOAT, "m", "jvm")) {
        add.with(model, params, vars);
      }
    }

    void assertFails(String message, Map<String, Integer> params, Map<String, Integer> vars) {
      GivenNamesTest.assertFails(where + message, () -> give(params, vars));
    }

    @Override
    public String toString() {
      return call;
    }
  }

  private interface EndCall {
    void with(GeNNModel model, Map<String, Integer> preVars, Map<String, Integer> postVars);
  }

  /// What gives values to a model `Rule` with a variable `source` before the synapses, and `target`
  /// behind them; everything else has its value.
  private record Ends(String where, EndCall add) {
    void assertFails(String message, Map<String, Integer> preVars, Map<String, Integer> postVars) {
      try (var model = new GeNNModel(Precision.FLOAT, "m", "jvm")) {
        GivenNamesTest.assertFails(where + message, () -> add.with(model, preVars, postVars));
      }
    }

    @Override
    public String toString() {
      return where;
    }
  }

  private static void assertFails(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static NeuronPopulation neurons(GeNNModel model) {
    return model.addNeuronPopulation("n", 1, NEURON, TAU, V);
  }

  private static SynapsePopulation synapses(GeNNModel model) {
    NeuronPopulation neurons = neurons(model);
    return model.addSynapsePopulation(
        "s",
        "SPARSE",
        neurons,
        neurons,
        GeNNModel.initWeightUpdate("StaticPulseConstantWeight", Map.of("g", 1)),
        GeNNModel.initPostsynaptic("DeltaCurr"));
  }

  static Stream<Part> models() {
    var current = new CurrentSourceModel("Rule", "").parameter("tau").variable("V");
    var input = new PostsynapticModel("Rule", "").parameter("tau").variable(new Variable("V"));
    var update =
        new CustomUpdateModel("Rule", "")
            .parameter("tau")
            .variable(new CustomUpdateVariable("V", CustomUpdateVarAccess.READ_WRITE));
    return Stream.of(
        new Part(
            "addNeuronPopulation",
            "neuron population 'c'",
            (model, params, vars) -> model.addNeuronPopulation("c", 1, NEURON, params, vars)),
        new Part(
            "addCurrentSource",
            "current source 'c'",
            (model, params, vars) ->
                model.addCurrentSource("c", current, neurons(model), params, vars)),
        new Part(
            "addCustomUpdate",
            "custom update 'c'",
            (model, params, vars) ->
                model.addCustomUpdate("c", "g", update, params, vars, Map.of())),
        new Part(
            "addCustomConnectivityUpdate",
            "custom connectivity update 'c'",
            (model, params, vars) ->
                model.addCustomConnectivityUpdate(
                    "c", "g", synapses(model), REWIRING, params, vars, Map.of(), Map.of())),
        new Part(
            "initWeightUpdate",
            "weight update model Rule",
            (_, params, vars) -> GeNNModel.initWeightUpdate(WEIGHTS, params, vars)),
        new Part(
            "initWeightUpdate with values of the ends",
            "weight update model Rule",
            (_, params, vars) ->
                GeNNModel.initWeightUpdate(
                    WEIGHTS, params, vars, Map.of(), Map.of(), Map.of(), Map.of(), Map.of())),
        new Part(
            "initPostsynaptic",
            "postsynaptic model Rule",
            (_, params, vars) -> GeNNModel.initPostsynaptic(input, params, vars)));
  }

  static Stream<Part> snippets() {
    var values = new VariableInit("Rule", "value = tau;").parameter("tau");
    var connections = new SparseInit("Rule").parameter("tau");
    return Stream.of(
        new Part("initVar", "snippet Rule", (_, params, _) -> GeNNModel.initVar(values, params)),
        new Part(
            "initSparseConnectivity",
            "snippet Rule",
            (_, params, _) -> GeNNModel.initSparseConnectivity(connections, params)));
  }

  static Stream<Part> parts() {
    return Stream.concat(models(), snippets());
  }

  static Stream<Ends> ends() {
    return Stream.of(
        new Ends(
            "weight update model Rule",
            (_, preVars, postVars) ->
                GeNNModel.initWeightUpdate(
                    WEIGHTS_WITH_ENDS, TAU, V, preVars, postVars, Map.of(), Map.of(), Map.of())),
        new Ends(
            "custom connectivity update 'c'",
            (model, preVars, postVars) ->
                model.addCustomConnectivityUpdate(
                    "c", "g", synapses(model), REWIRING_WITH_ENDS, TAU, V, preVars, postVars)));
  }

  @ParameterizedTest
  @MethodSource("parts")
  @Feature("M09")
  void whatHasAllItsValuesIsAdded(Part part) {
    part.give(TAU, V);
  }

  @ParameterizedTest
  @MethodSource("parts")
  @Feature("M09")
  void everyParameterHasAValue(Part part) { // E4
    part.assertFails(": parameter 'tau' of Rule has no value", Map.of(), V);
  }

  @ParameterizedTest
  @MethodSource("models")
  @Feature("M15")
  void everyVariableHasAnInitialValue(Part part) { // E4
    part.assertFails(
        ": variable 'V' of Rule has no initial value; give one, such as 0", TAU, Map.of());
  }

  @ParameterizedTest
  @MethodSource("parts")
  @Feature("M09")
  void aMisspeltParameterIsToldWithTheOneThatIsMeant(Part part) { // E4
    part.assertFails(
        ": Rule has no parameter 'taw'; available: [tau]; did you mean 'tau'?",
        Map.of("tau", 20, "taw", 20),
        V);
  }

  @ParameterizedTest
  @MethodSource("models")
  @Feature("M15")
  void aMisspeltVariableIsToldWithTheOneThatIsMeant(Part part) { // E4
    part.assertFails(
        ": Rule has no variable 'v'; available: [V]; did you mean 'V'?",
        TAU,
        Map.of("V", 0, "v", 0));
  }

  @ParameterizedTest
  @MethodSource("models")
  @Feature({"M09", "M15"})
  void allProblemsAreToldAtOnce(Part part) { // E4
    part.assertFails(
        """
         has 4 problems:
          - parameter 'tau' of Rule has no value
          - variable 'V' of Rule has no initial value; give one, such as 0
          - Rule has no parameter 'taw'; available: [tau]; did you mean 'tau'?
          - Rule has no variable 'v'; available: [V]; did you mean 'V'?\
        """,
        Map.of("taw", 20),
        Map.of("v", 0));
  }

  @ParameterizedTest
  @MethodSource("snippets")
  @Feature("M09")
  void allProblemsOfSnippetsAreToldAtOnce(Part part) { // E4
    part.assertFails(
        """
         has 2 problems:
          - parameter 'tau' of Rule has no value
          - Rule has no parameter 'taw'; available: [tau]; did you mean 'tau'?\
        """,
        Map.of("taw", 20),
        V);
  }

  @ParameterizedTest
  @MethodSource("ends")
  @Feature("M15")
  void variablesOfTheEndsHaveInitialValues(Ends ends) { // E4
    ends.assertFails(
        ": variable 'source' of Rule has no initial value; give one, such as 0",
        Map.of(),
        Map.of("target", 0));
    ends.assertFails(
        ": variable 'target' of Rule has no initial value; give one, such as 0",
        Map.of("source", 0),
        Map.of());
    ends.assertFails(
        """
         has 2 problems:
          - variable 'source' of Rule has no initial value; give one, such as 0
          - variable 'target' of Rule has no initial value; give one, such as 0\
        """,
        Map.of(),
        Map.of());
  }

  @ParameterizedTest
  @MethodSource("ends")
  @Feature("M15")
  void aMisspeltVariableOfAnEndIsToldWithTheOneThatIsMeant(Ends ends) { // E4
    ends.assertFails(
        " has no presynaptic variable 'sorce'; it has [source]; did you mean 'source'?",
        Map.of("sorce", 0),
        Map.of("target", 0));
    ends.assertFails(
        " has no postsynaptic variable 'Target'; it has [target]; did you mean 'target'?",
        Map.of("source", 0),
        Map.of("Target", 0));
  }

  @Test
  @Feature("M15")
  void weightUpdatesWithoutMapsForTheEndsNeedTheirVariablesToo() { // E4
    assertFails(
        """
        weight update model Rule has 2 problems:
          - variable 'source' of Rule has no initial value; give one, such as 0
          - variable 'target' of Rule has no initial value; give one, such as 0\
        """,
        () -> GeNNModel.initWeightUpdate(WEIGHTS_WITH_ENDS, TAU, V));
    assertFails(
        "weight update model Rule: Rule has no variable 'sorce'; available: [V, source, target];"
            + " did you mean 'source'?",
        () ->
            GeNNModel.initWeightUpdate(
                WEIGHTS_WITH_ENDS, TAU, Map.of("V", 0, "source", 0, "target", 0, "sorce", 0)));
  }

  @Test
  @Feature({"M09", "M15"})
  void aModelThatDeclaresNothingTakesNothing() { // E4
    try (var model = new GeNNModel(Precision.FLOAT, "m", "jvm")) {
      var none = new NeuronModel("None");
      assertFails(
          "neuron population 'c': None has no parameter 'tau'; there are none",
          () -> model.addNeuronPopulation("c", 1, none, TAU, Map.of()));
      assertFails(
          "neuron population 'c': None has no variable 'V'; there are none",
          () -> model.addNeuronPopulation("c", 1, none, Map.of(), V));
    }
  }

  @Test
  @Feature({"M09", "M15"})
  void builtInModelsAreToldByTheirNames() { // E4
    assertFails(
        "postsynaptic model ExpCurr: parameter 'tau' of ExpCurr has no value",
        () -> GeNNModel.initPostsynaptic("ExpCurr"));
    assertFails(
        "weight update model StaticPulse: variable 'g' of StaticPulse has no initial value; give"
            + " one, such as 0",
        () -> GeNNModel.initWeightUpdate("StaticPulse", Map.of()));
    assertFails(
        "snippet FixedProbability: parameter 'prob' of FixedProbability has no value",
        () -> GeNNModel.initSparseConnectivity("FixedProbability"));
    assertFails(
        "snippet Kernel: Kernel has no parameter 'scale'; there are none",
        () -> GeNNModel.initVar("Kernel", Map.of("scale", 1), Map.of("kernel", new float[1])));
  }

  @Test
  @Feature("M09")
  void aVariableThatIsGivenAsAParameterIsTold() {
    assertFails(
        """
        weight update model StaticPulse has 2 problems:
          - variable 'g' of StaticPulse has no initial value; give one, such as 0
          - StaticPulse has no parameter 'g'; there are none; 'g' is its variable, give the value there\
        """,
        () -> GeNNModel.initWeightUpdate("StaticPulse", Map.of("g", 1)));
  }

  @ParameterizedTest
  @MethodSource("parts")
  @Feature("M09")
  @SuppressWarnings("NullAway")
  void parametersThatAreNullAreToldAsSuch(Part part) {
    part.assertFails(": the map by parameter is null; give one", null, Map.of("V", 0, "v", 0));
    var none = new HashMap<String, Integer>();
    none.put("tau", null);
    part.assertFails(": parameter 'tau' is null; give one", none, Map.of("V", 0, "v", 0));
  }

  @ParameterizedTest
  @MethodSource("models")
  @Feature("M15")
  @SuppressWarnings("NullAway")
  void initialValuesThatAreNullAreToldAsSuch(Part part) {
    part.assertFails(": the map by variable is null; give one", Map.of(), null);
    var none = new HashMap<String, Integer>();
    none.put("V", null);
    part.assertFails(": variable 'V' is null; give one", Map.of(), none);
  }

  @Test
  @Feature("M14")
  @SuppressWarnings("NullAway")
  void arraysOfInitialisersThatAreNullAreToldAsSuch() {
    assertFails(
        "snippet Kernel: the map by extra global parameter is null; give one",
        () -> GeNNModel.initVar("Kernel", Map.of(), null));
    var none = new HashMap<String, float[]>();
    none.put("kernel", null);
    assertFails(
        "snippet Kernel: extra global parameter 'kernel' is null; give one",
        () -> GeNNModel.initVar("Kernel", Map.of(), none));
  }

  @Test
  @Feature("M07")
  void whatIsRefusedIsNotThere() {
    try (var model = new GeNNModel(Precision.FLOAT, "m", "jvm")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> model.addNeuronPopulation("n", 1, NEURON, TAU, Map.of()));
      assertEquals(Map.of(), model.neuronPopulations());
      NeuronPopulation neurons = neurons(model);
      assertEquals(Map.of("n", neurons), model.neuronPopulations());
    }
  }

  @Test
  @Feature("I11")
  void arraysOfInitialisersMustBeDeclared() { // E4
    assertFails(
        "snippet Kernel: Kernel has no extra global parameter 'kernl'; available: [kernel]; did you"
            + " mean 'kernel'?",
        () -> GeNNModel.initVar("Kernel", Map.of(), Map.of("kernl", new float[] {1})));
  }

  @Test
  @Feature("I11")
  void parametersAndArraysOfAnInitialiserAreToldTogether() {
    assertFails(
        """
        snippet Kernel has 2 problems:
          - Kernel has no parameter 'scale'; there are none
          - Kernel has no extra global parameter 'k'; available: [kernel]\
        """,
        () -> GeNNModel.initVar("Kernel", Map.of("scale", 1), Map.of("k", new float[] {1})));
  }
}
