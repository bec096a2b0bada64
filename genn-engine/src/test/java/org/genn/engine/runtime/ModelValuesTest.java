package org.genn.engine.runtime;

import static org.genn.engine.runtime.GeNNModel.initPostsynaptic;
import static org.genn.engine.runtime.GeNNModel.initWeightUpdate;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
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
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Values of variables of a `GeNNModel`, of any type, delayed or not, by the name of their group.
class ModelValuesTest {
  /// No `float` is this number.
  private static final double TENTH = 0.1;

  /// No `double` is this number.
  private static final long LARGE = (1L << 60) + 1;

  private static final NeuronModel HOLD =
      new NeuronModel("Hold")
          .variable("x")
          .variable(new Variable("n", "int64_t", VarAccess.READ_WRITE))
          .thresholdCondition("true");

  private static final Map<String, Integer> EMPTY = Map.of("x", 0, "n", 0);

  private static GeNNModel model(String backend) {
    Models.assumeAvailable(backend);
    var model = new GeNNModel(Precision.DOUBLE, "values", backend);
    model.setPreferences(Models.settings().backend(backend).threads(1));
    model.setDt(1);
    return model;
  }

  private static void assertFails(String message, Executable executable) {
    assertEquals(message, assertThrows(RuntimeException.class, executable).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature("R07")
  void valuesOfEachTypeAreExact(String backend) {
    try (GeNNModel model = model(backend)) {
      model.setBatchSize(2);
      var pop = model.addNeuronPopulation("pop", 3, HOLD, Map.of(), EMPTY);
      model.build();
      model.load();
      ModelVariable x = pop.vars().get("x");
      ModelVariable n = pop.vars().get("n");
      x.setValues(new double[] {TENTH, 2, 3});
      assertArrayEquals(new double[] {TENTH, 2, 3, TENTH, 2, 3}, x.doubleValues());
      x.setValues(new float[] {1, 2, 3, 4, 5, 6});
      assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, x.doubleValues());
      x.setValues(TENTH);
      assertEquals(TENTH, x.view().getDouble(1, 2));
      n.setValues(new long[] {LARGE, -LARGE, 7});
      assertArrayEquals(new long[] {LARGE, -LARGE, 7, LARGE, -LARGE, 7}, n.longValues());
      assertEquals(7, n.doubleValues()[5]);
      assertFails(
          "variable 'x' of neuron group 'pop' has type DOUBLE, values is for FLOAT; use"
              + " doubleValues",
          x::values);
      assertFails(
          "variable 'x' of neuron group 'pop' has type DOUBLE, currentValues is for FLOAT; use"
              + " currentView",
          x::currentValues);
      assertFails(
          "variable 'x' of neuron group 'pop' has type DOUBLE, which is no integer; use the double"
              + " form",
          x::longValues);
      assertFails(
          "variable 'x' of neuron group 'pop': got 2 values, expected 3, or 3 for each of 2"
              + " examples",
          () -> x.setValues(new double[2]));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature({"R07", "N09"})
  void valuesOfDelayedVariablesHaveAllSlots(String backend) {
    var reader =
        new WeightUpdateModel("Reader")
            .variable("w", VarAccess.READ_WRITE)
            .variable(new Variable("m", "int64_t", VarAccess.READ_WRITE))
            .preNeuronVariable("x")
            .preNeuronVariable(new VariableDeclaration("n", "int64_t", VarAccessMode.READ_ONLY))
            .preSpikeSynCode("w = x; m = n;");
    try (GeNNModel model = model(backend)) {
      var pop = model.addNeuronPopulation("pop", 2, HOLD, Map.of(), EMPTY);
      var synapses =
          model.addSynapsePopulation(
              "s",
              "SPARSE",
              "pop",
              "pop",
              initWeightUpdate(reader, Map.of(), Map.of("w", 0, "m", 0)),
              initPostsynaptic("DeltaCurr"),
              GeNNModel.initSparseConnectivity("OneToOne"));
      synapses.setAxonalDelaySteps(2);
      model.build();
      model.load();
      ModelVariable x = pop.vars().get("x");
      ModelVariable n = pop.vars().get("n");
      n.setValues(new long[] {LARGE, 1, LARGE + 1, 2, LARGE + 2, 3});
      assertArrayEquals(new long[] {LARGE, 1, LARGE + 1, 2, LARGE + 2, 3}, n.longValues());
      x.setValues(new double[] {TENTH, 1, 2, 3, 4, 5});
      assertArrayEquals(new double[] {TENTH, 1, 2, 3, 4, 5}, x.doubleValues());
      x.setCurrentValues(new double[] {6, TENTH});
      assertArrayEquals(new double[] {6, TENTH, 2, 3, 4, 5}, x.doubleValues());
      // The spikes of the first step arrive with what is present then.
      model.stepTime(4);
      assertArrayEquals(new double[] {6, TENTH}, synapses.vars().get("w").doubleValues());
      assertArrayEquals(new long[] {LARGE, 1}, synapses.vars().get("m").longValues());
      assertFails(
          "variable 'n' of neuron group 'pop': got 5 values, expected 6, or 2 for each of 3 slots",
          () -> n.setValues(new long[5]));
    }
  }

  @Test
  @Feature({"R13", "S16", "C09"})
  void stateIsFoundByTheNameOfItsGroup() {
    var ends =
        new WeightUpdateModel("Ends")
            .variable("g", VarAccess.READ_WRITE)
            .extraGlobalParameter("e", "scalar*")
            .pre(NeuronEnd.NONE.variable(new Variable("u")))
            .post(NeuronEnd.NONE.variable(new Variable("v")))
            .preSpikeSynCode("addToPost(g * e[id_post]);");
    var postsynaptic =
        new PostsynapticModel("Post", "y += q[id]; injectCurrent(inSyn);")
            .variable("y")
            .extraGlobalParameter("q", "scalar*");
    var update =
        new CustomUpdateModel("Update", "r += x * k[0];")
            .variable(new CustomUpdateVariable("r", CustomUpdateVarAccess.READ_WRITE))
            .extraGlobalParameter("k", "scalar*")
            .reference("x", VarAccessMode.READ_ONLY);
    try (GeNNModel model = model("jvm")) {
      var pop = model.addNeuronPopulation("pop", 2, HOLD, Map.of(), Map.of("x", 2, "n", 0));
      var s =
          model.addSynapsePopulation(
              "s",
              "SPARSE",
              pop,
              pop,
              initWeightUpdate(ends, Map.of(), Map.of("g", 0, "u", 0, "v", 0)),
              initPostsynaptic(postsynaptic, Map.of(), Map.of("y", 0)),
              GeNNModel.initSparseConnectivity("OneToOne"));
      var cu =
          model.addCustomUpdate(
              "cu",
              "Update",
              update,
              Map.of(),
              Map.of("r", 0),
              Map.of("x", GeNNModel.createVarRef(pop, "x")));
      model.addCustomConnectivityUpdate(
          "ccu",
          "Rewire",
          s,
          new CustomConnectivityUpdateModel("Rewire", "").preVariable(new Variable("p")),
          Map.of(),
          Map.of(),
          Map.of("p", 0),
          Map.of());
      s.setWuPreVarLocation("u", VarLocation.DEVICE);
      s.setWuPostVarLocation("v", VarLocation.HOST_DEVICE_ZERO_COPY);
      assertEquals(VarLocation.DEVICE, s.wuPreVarLocation("u"));
      assertEquals(VarLocation.HOST_DEVICE_ZERO_COPY, s.wuPostVarLocation("v"));
      assertFails(
          "group 's' has no presynaptic variable 'v'; it has [u]",
          () -> s.setWuPreVarLocation("v", VarLocation.DEVICE));
      s.extraGlobalParams().get("e").setInitValues(new double[] {1, 1});
      s.psmExtraGlobalParams().get("q").setInitValues(new double[] {TENTH, 3});
      cu.extraGlobalParams().get("k").setInitValues(new double[] {3});
      model.build();
      model.load();
      model.stepTime();
      model.customUpdate("Update");
      for (String variable : new String[] {"g", "u", "v", "y"}) {
        model.pullVarFromDevice("s", variable);
        model.pushVarToDevice("s", variable);
      }
      model.pullVarFromDevice("cu", "r");
      model.pushVarToDevice("ccu", "p");
      for (String group : new String[] {"pop", "s", "cu", "ccu"}) {
        model.pullStateFromDevice(group);
        model.pushStateToDevice(group);
      }
      model.pullExtraGlobalParamFromDevice("s", "e");
      model.pushExtraGlobalParamToDevice("s", "q");
      model.pullExtraGlobalParamFromDevice("cu", "k");
      assertArrayEquals(new double[] {6, 6}, cu.vars().get("r").doubleValues());
      assertArrayEquals(new double[] {TENTH, 3}, s.psmVars().get("y").doubleValues());
      assertArrayEquals(new double[] {TENTH, 3}, s.psmExtraGlobalParams().get("q").doubleValues());
      assertFails(
          "group 's' has no variable 'w'; it has [g, u, v, y]",
          () -> model.pullVarFromDevice("s", "w"));
      assertFails(
          "group 's' has no extra global parameter 'f'; it has [e, q]",
          () -> model.pullExtraGlobalParamFromDevice("s", "f"));
      assertFails(
          "model 'values' has no group 'Pop'; it has [ccu, cu, pop, s]; did you mean 'pop'?",
          () -> model.pullStateFromDevice("Pop"));
    }
  }
}
