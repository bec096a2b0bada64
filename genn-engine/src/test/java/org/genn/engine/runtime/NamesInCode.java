package org.genn.engine.runtime;

import static org.genn.engine.runtime.GeNNModel.initPostsynaptic;
import static org.genn.engine.runtime.GeNNModel.initSparseConnectivity;
import static org.genn.engine.runtime.GeNNModel.initWeightUpdate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.WeightUpdateModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What each kind of code may name and call: the table of GeNN's documentation, place by place. A
/// test has a method `places` with the kinds of code that it is about.
abstract class NamesInCode {
  static final String NEURONS = "batch dt id num_batch num_neurons t";

  /// Of 2 × 2 neurons with as many.
  static final Map<String, Integer> CONVOLUTION =
      Map.of(
          "conv_kh", 3, "conv_kw", 3, "conv_ih", 2, "conv_iw", 2, "conv_ic", 1, "conv_oh", 2,
          "conv_ow", 2, "conv_oc", 1);

  static final NeuronModel BOTH =
      new NeuronModel("Both").variable("x").variable("y").thresholdCondition("true");
  static final PostsynapticModel DELTA =
      new PostsynapticModel("Delta", "injectCurrent(inSyn); inSyn = 0.0;")
          .variable(new Variable("z"));
  static final NeuronEnd PRE = NeuronEnd.NONE.variable(new Variable("u"));
  static final NeuronEnd POST = NeuronEnd.NONE.variable(new Variable("v"));
  static final WeightUpdateModel WEIGHTS =
      new WeightUpdateModel("Weights")
          .parameter("p")
          .derivedParameter("twice", (p, dt) -> 2 * p.get("p"))
          .extraGlobalParameter("e", "scalar*")
          .variable("g", VarAccess.READ_WRITE)
          .preNeuronVariable("x")
          .postNeuronVariable("y")
          .pre(PRE)
          .post(POST)
          .postsynapticVariable("z");

  interface Code {
    /// Adds what has the code to a model.
    void in(GeNNModel model, String code);
  }

  /// @param names all names that the code knows
  /// @param functions those that it may call besides the library
  /// @param draws whether it may draw random numbers
  record Place(String title, String names, String functions, boolean draws, Code code) {
    @Override
    public String toString() {
      return title;
    }
  }

  static GeNNModel model() {
    var model = new GeNNModel(Precision.FLOAT, "names", "jvm");
    model.setPreferences(Models.settings().backend("jvm").threads(1));
    return model;
  }

  /// Neurons as many as the convolution has.
  static NeuronPopulation both(GeNNModel model, String name) {
    return model.addNeuronPopulation(name, 4, BOTH, Map.of(), Map.of("x", 0, "y", 0));
  }

  static SynapsePopulation connect(
      GeNNModel model,
      WeightUpdateModel weights,
      PostsynapticModel postsynapse,
      String matrixType) {
    var a = both(model, "a");
    var b = both(model, "b");
    var update = initWeightUpdate(weights, Map.of("p", 1), Map.of("g", 0, "u", 0, "v", 0));
    var input = initPostsynaptic(postsynapse, Map.of(), Map.of("z", 0));
    SynapsePopulation synapses =
        switch (matrixType) {
          case "DENSE" -> model.addSynapsePopulation("s", matrixType, a, b, update, input);
          case "SPARSE" ->
              model.addSynapsePopulation(
                  "s", matrixType, a, b, update, input, initSparseConnectivity("OneToOne"));
          default ->
              model.addSynapsePopulation(
                  "s",
                  matrixType,
                  a,
                  b,
                  update,
                  input,
                  GeNNModel.initToeplitzConnectivity("Conv2D", CONVOLUTION));
        };
    synapses.setMaxDendriticDelayTimesteps(2);
    return synapses;
  }

  private static String refusal(Place place, String code) {
    try (var model = model()) {
      place.code().in(model, code);
      return assertThrows(RuntimeException.class, model::build).getMessage();
    }
  }

  private static TreeSet<String> set(String words) {
    return words.isEmpty() ? new TreeSet<>() : new TreeSet<>(Arrays.asList(words.split(" ")));
  }

  private static TreeSet<String> available(String message) {
    var list = Pattern.compile("available: \\[(.*?)\\]").matcher(message);
    assertTrue(list.find(), message);
    return set(list.group(1).replace(",", ""));
  }

  @ParameterizedTest
  @MethodSource("places")
  void codeKnowsItsNames(Place place) {
    assertEquals(set(place.names()), available(refusal(place, "nothing;")));
  }

  @ParameterizedTest
  @MethodSource("places")
  void codeCallsItsFunctions(Place place) {
    assertEquals(set(place.functions()), available(refusal(place, "unheardOf();")));
  }

  @ParameterizedTest
  @MethodSource("places")
  void codeDrawsRandomNumbersWhereItMay(Place place) {
    for (String draw : List.of("gennrand_uniform() > 0.5;", "gennrand() > 7u;")) {
      try (var model = model()) {
        place.code().in(model, draw);
        if (place.draws()) {
          model.build();
        } else {
          String message = assertThrows(RuntimeException.class, model::build).getMessage();
          assertTrue(message.contains("random numbers"), message);
        }
      }
    }
  }
}
