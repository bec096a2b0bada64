package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Map;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.feature.Feature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Sums start at 0 and maxima at the lowest number of their type, whatever that is.
final class ReductionTypesTest {
  private static final String TYPES = "scalar float double int64_t int short int8_t";

  /// Two examples of three neurons.
  private static final double[] NEGATIVE = {-5, -7, -2, -1, -9, -3};

  private static GeNNModel model(String backend) {
    Models.assumeAvailable(backend);
    var model = new GeNNModel(Precision.FLOAT, "reductions", backend);
    model.setPreferences(Models.settings().backend(backend).threads(1));
    model.setBatchSize(2);
    return model;
  }

  private static NeuronPopulation neurons(GeNNModel model, String type, double[] values) {
    var neuron = new NeuronModel("Neuron");
    var typed =
        neuron.declarations(
            neuron
                .declarations()
                .variable(new Variable("x", type, VarAccess.READ_WRITE))
                .variable(new Variable("ofExample", type, VarAccess.READ_ONLY_SHARED_NEURON))
                .variable(new Variable("ofNeuron", type, VarAccess.READ_ONLY)));
    return model.addNeuronPopulation(
        "n", 3, typed, Map.of(), Map.of("x", values, "ofExample", 0, "ofNeuron", 0));
  }

  private static ModelCustomUpdate reduction(
      GeNNModel model,
      NeuronPopulation n,
      String type,
      String target,
      CustomUpdateVarAccess own,
      VarAccessMode referred) {
    var update =
        new CustomUpdateModel("Reduce", "own = x; referred = x;")
            .variable(new CustomUpdateVariable("own", type, own))
            .reference(new VariableDeclaration("x", type, VarAccessMode.READ_ONLY))
            .reference(new VariableDeclaration("referred", type, referred));
    return model.addCustomUpdate(
        own.name(),
        own.name(),
        update,
        Map.of(),
        Map.of("own", 0),
        Map.of("x", GeNNModel.createVarRef(n, "x"), "referred", GeNNModel.createVarRef(n, target)));
  }

  private static void assertReduces(
      String backend,
      String type,
      double[] values,
      String target,
      CustomUpdateVarAccess own,
      VarAccessMode referred,
      double... expected) {
    try (var model = model(backend)) {
      NeuronPopulation n = neurons(model, type, values);
      ModelCustomUpdate update = reduction(model, n, type, target, own, referred);
      model.build();
      model.load();
      for (int launch = 0; launch < 2; launch++) { // a launch starts anew
        model.customUpdate(own.name());
        assertArrayEquals(expected, update.vars().get("own").doubleValues(), type);
        assertArrayEquals(expected, n.vars().get(target).doubleValues(), type);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature({"C12", "M17", "M18", "M19"})
  void overNeurons(String backend) {
    for (String type : TYPES.split(" ")) {
      assertReduces(
          backend,
          type,
          NEGATIVE,
          "ofExample",
          CustomUpdateVarAccess.REDUCE_NEURON_MAX,
          VarAccessMode.REDUCE_MAX,
          -2,
          -1);
      assertReduces(
          backend,
          type,
          NEGATIVE,
          "ofExample",
          CustomUpdateVarAccess.REDUCE_NEURON_SUM,
          VarAccessMode.REDUCE_SUM,
          -14,
          -13);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature({"C11", "M17", "M18", "M19"})
  void overTheBatch(String backend) {
    for (String type : TYPES.split(" ")) {
      assertReduces(
          backend,
          type,
          NEGATIVE,
          "ofNeuron",
          CustomUpdateVarAccess.REDUCE_BATCH_MAX,
          VarAccessMode.REDUCE_MAX,
          -1,
          -7,
          -2);
      assertReduces(
          backend,
          type,
          NEGATIVE,
          "ofNeuron",
          CustomUpdateVarAccess.REDUCE_BATCH_SUM,
          VarAccessMode.REDUCE_SUM,
          -6,
          -16,
          -5);
    }
  }

  /// Numbers that are negative where somebody takes their type for a signed one.
  @ParameterizedTest
  @CsvSource({
    "jvm, uint8_t, 200",
    "native, uint8_t, 200",
    "jvm, uint32_t, 4000000000",
    "native, uint32_t, 4000000000"
  })
  @Feature({"C11", "C12"})
  void largestOfUnsignedNumbers(String backend, String type, double large) {
    double[] values = {1, large, 0, 7, 100, large + 1};
    assertReduces(
        backend,
        type,
        values,
        "ofExample",
        CustomUpdateVarAccess.REDUCE_NEURON_MAX,
        VarAccessMode.REDUCE_MAX,
        large,
        large + 1);
    assertReduces(
        backend,
        type,
        values,
        "ofNeuron",
        CustomUpdateVarAccess.REDUCE_BATCH_MAX,
        VarAccessMode.REDUCE_MAX,
        7,
        large,
        large + 1);
  }
}
