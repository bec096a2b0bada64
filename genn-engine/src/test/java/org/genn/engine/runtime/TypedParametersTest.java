package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.DerivedParameter;
import org.genn.engine.model.ModelParameter;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Parameters have types, and code computes with them by the rules of these.
@Feature("M10")
class TypedParametersTest {
  private static GeNNModel model() {
    var model = new GeNNModel(Precision.FLOAT, "typed");
    model.setPreferences(Models.settings().threads(1));
    return model;
  }

  private static Declarations with(Declarations declarations, String parameter, String type) {
    return declarations.parameter(new ModelParameter(parameter, type));
  }

  private static NeuronModel neuron(String type, String code) {
    var model = new NeuronModel("Typed");
    return model
        .declarations(
            with(model.declarations(), "p", type)
                .variable(new Variable("x", "double", VarAccess.READ_WRITE)))
        .simCode(code);
  }

  @ParameterizedTest
  @CsvSource({
    "int, 7, x = p / 2, 3",
    "scalar, 7, x = p / 2, 3.5",
    "int, -7.9, x = p, -7",
    "unsigned int, 4294967295, x = p + 1u, 0",
    "uint8_t, 255, x = p + 1, 256",
    "int64_t, 4503599627370497, x = p - 1, 4503599627370496",
    "double, 0.1, x = p, 0.1",
    "float, 0.1, x = p, 0.10000000149011612",
    "bool, 1, x = p ? 5 : 6, 5"
  })
  void codeComputesByItsType(String type, double value, String code, double expected) {
    for (boolean isDynamic : new boolean[] {false, true}) {
      try (var model = model()) {
        var population =
            model.addNeuronPopulation(
                "n", 1, neuron(type, code + ";"), Map.of("p", value), Map.of("x", 0));
        if (isDynamic) {
          population.setParamDynamic("p");
        }
        model.build();
        model.load();
        model.stepTime();
        assertArrayEquals(new double[] {expected}, population.vars().get("x").view().toDoubles());
      }
    }
  }

  @Test
  void derivedParametersHaveTypesToo() {
    var typed = neuron("int", "x = d / 2;");
    var derived =
        typed.declarations(
            typed
                .declarations()
                .derivedParameter(new DerivedParameter("d", "int", (p, _) -> p.get("p") + 0.9)));
    try (var model = model()) {
      model.addNeuronPopulation("n", 1, derived, Map.of("p", 7), Map.of("x", 0));
      model.build();
      model.load();
      model.stepTime();
      assertArrayEquals(
          new double[] {3}, model.neuronPopulation("n").vars().get("x").view().toDoubles());
    }
  }

  /// An `int` of 7, halved, is 3 in every kind of model.
  @Test
  void everyKindOfModelHasThem() {
    Map<String, Integer> seven = Map.of("p", 7);
    var init = new VariableInit("Half", "value = p / 2;").parameter("p", "int");
    var sum =
        new NeuronModel("Sum")
            .variable("V")
            .variable("start")
            .simCode("V = Isyn;")
            .thresholdCondition("true");
    var source = new CurrentSourceModel("Half", "injectCurrent(p / 2);");
    source = source.declarations(with(source.declarations(), "p", "int"));
    var weight = new WeightUpdateModel("Half").preSpikeSynCode("addToPost(p / 2);");
    weight = weight.declarations(with(weight.declarations(), "p", "int"));
    var psm =
        new PostsynapticModel("Half", "injectCurrent(10.0 * inSyn + 100.0 * (p / 2)); inSyn = 0;");
    psm = psm.declarations(with(psm.declarations(), "p", "int"));
    var update =
        new CustomUpdateModel("Half", "V = p / 2;").reference("V", VarAccessMode.READ_WRITE);
    update = update.declarations(with(update.declarations(), "p", "int"));
    try (var model = model()) {
      var pre = model.addNeuronPopulation("pre", 1, sum, Map.of(), Map.of("V", 0, "start", 0));
      var post =
          model.addNeuronPopulation(
              "post", 1, sum, Map.of(), Map.of("V", 0, "start", GeNNModel.initVar(init, seven)));
      model.addCurrentSource("cs", source, post, seven, Map.of());
      model.addSynapsePopulation(
          "s",
          "DENSE",
          pre,
          post,
          GeNNModel.initWeightUpdate(weight, seven, Map.of()),
          GeNNModel.initPostsynaptic(psm, seven, Map.of()));
      model.addCustomUpdate(
          "u", "U", update, seven, Map.of(), Map.of("V", GeNNModel.createVarRef(pre, "V")));
      model.build();
      model.load();
      model.stepTime();
      model.stepTime();
      model.customUpdate("U");
      assertArrayEquals(new float[] {3}, post.vars().get("start").values());
      assertArrayEquals(new float[] {333}, post.vars().get("V").values());
      assertArrayEquals(new float[] {3}, pre.vars().get("V").values());
    }
  }

  @Test
  void aNumberThatWouldBeRoundedIsRefused() {
    try (var model = model()) {
      var problem =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  model.addNeuronPopulation(
                      "n",
                      1,
                      neuron("int64_t", "x = p;"),
                      Map.of("p", (1L << 60) + 1),
                      Map.of("x", 0)));
      assertEquals(
          "neuron population 'n': parameter 'p' is given 1152921504606846977, which is no exact"
              + " number; use an extra global parameter",
          problem.getMessage());
    }
  }
}
