package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronModel;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the type of a variable or an array cannot hold is refused, wherever the host gives it.
class HeldValuesTest {
  private static GeNNModel model(String backend) {
    Models.assumeAvailable(backend);
    var model = new GeNNModel(Precision.FLOAT, "held", backend);
    model.setPreferences(Models.settings().backend(backend).threads(1));
    return model;
  }

  private static NeuronModel holding(String type) {
    var model = new NeuronModel("Holding");
    return model
        .declarations(model.declarations().variable(new Variable("x", type, VarAccess.READ_WRITE)))
        .extraGlobalParameter("table", type + "*")
        .thresholdCondition("false");
  }

  private static NeuronPopulation loaded(GeNNModel model, String type) {
    var pop = model.addNeuronPopulation("pop", 3, holding(type), Map.of(), Map.of("x", 0));
    model.build();
    model.load();
    return pop;
  }

  private static void assertRefused(String message, Executable executable) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, executable).getMessage());
  }

  /// Bounds are Java's for signed types, and 2^bits - 1 for the others.
  @ParameterizedTest
  @CsvSource({
    "bool, -1, 2, bool, from 0 to 1",
    "int8_t, -129, 128, int8_t, from -128 to 127",
    "uint8_t, -1, 256, uint8_t, from 0 to 255",
    "int16_t, -32769, 32768, int16_t, from -32768 to 32767",
    "uint16_t, -1, 65536, uint16_t, from 0 to 65535",
    "int, -2147483649, 2147483648, int, from -2147483648 to 2147483647",
    "unsigned int, -1, 4294967296, unsigned int, from 0 to 4294967295"
  })
  @Feature({"R07", "L12"})
  void numbersBeyondTheRangeAreRefusedAndItsEndsAreNot(
      String type, long below, long above, String name, String range) {
    String holds = " does not fit into " + name + ", which holds numbers " + range;
    try (var model = model("jvm")) {
      VariableView x = loaded(model, type).vars().get("x").view();
      String element = "variable 'x' of neuron group 'pop', element 1: ";
      for (long wrong : new long[] {below, above, Long.MIN_VALUE}) {
        assertRefused(element + wrong + holds, () -> x.setLong(0, 1, wrong));
        assertRefused(element + (double) wrong + holds, () -> x.setDouble(0, 1, wrong));
        assertRefused(element + wrong + holds, () -> x.set(new long[] {0, wrong, 0}));
        assertRefused(element + (double) wrong + holds, () -> x.set(new double[] {1, wrong, 1}));
      }
      for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1e300}) {
        assertRefused(element + wrong + holds, () -> x.setDouble(0, 1, wrong));
      }
      x.set(new long[] {below + 1, above - 1, 0});
      assertArrayEquals(new long[] {below + 1, above - 1, 0}, x.toLongs());
      x.set(new double[] {above - 0.5, below + 0.5, 1});
      assertArrayEquals(new long[] {above - 1, below + 1, 1}, x.toLongs());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature({"R07", "L12"})
  void theWholeRangeOf64BitsIsHeld(String backend) {
    try (var model = model(backend)) {
      VariableView x = loaded(model, "uint64_t").vars().get("x").view();
      double large = 0x1.8p63;
      x.set(new double[] {large, 0, Math.nextDown(0x1p64)});
      assertArrayEquals(
          new String[] {"13835058055282163712", "0", "18446744073709549568"},
          java.util.Arrays.stream(x.toLongs())
              .mapToObj(Long::toUnsignedString)
              .toArray(String[]::new));
      assertArrayEquals(new double[] {large, 0, Math.nextDown(0x1p64)}, x.toDoubles());
      x.setLong(0, 0, -1);
      assertEquals(0x1p64, x.getDouble(0, 0)); // the nearest
      assertRefused(
          "variable 'x' of neuron group 'pop', element 2: 1.8446744073709552E19 does not fit into"
              + " uint64_t, which holds numbers from 0 to 18446744073709551615",
          () -> x.setDouble(0, 2, 0x1p64));
    }
    try (var model = model(backend)) {
      VariableView x = loaded(model, "int64_t").vars().get("x").view();
      x.setDouble(0, 0, -0x1p63);
      assertEquals(Long.MIN_VALUE, x.getLong(0, 0));
      assertRefused(
          "variable 'x' of neuron group 'pop', element 2: 9.223372036854776E18 does not fit into"
              + " int64_t, which holds numbers from -9223372036854775808 to 9223372036854775807",
          () -> x.setDouble(0, 2, 0x1p63));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature({"R07", "R09"})
  void theElementIsNamed(String backend) {
    String holds = " does not fit into uint8_t, which holds numbers from 0 to 255";
    var typed =
        new WeightUpdateModel("Typed")
            .variable(new Variable("g", "uint8_t", VarAccess.READ_ONLY))
            .preNeuronVariable(new VariableDeclaration("x", "uint8_t", VarAccessMode.READ_ONLY))
            .preSpikeSynCode("addToPost(g + x);");
    try (var model = model(backend)) {
      model.setBatchSize(2);
      var pop = model.addNeuronPopulation("pop", 3, holding("uint8_t"), Map.of(), Map.of("x", 0));
      var synapses =
          model.addSynapsePopulation(
              "s",
              "DENSE",
              "pop",
              "pop",
              GeNNModel.initWeightUpdate(typed, Map.of(), Map.of("g", 0)),
              GeNNModel.initPostsynaptic("DeltaCurr"));
      synapses.setAxonalDelaySteps(2);
      model.build();
      model.load();
      ModelVariable x = pop.vars().get("x");
      assertRefused(
          "variable 'x' of neuron group 'pop', example 1, element 2: 300.0" + holds,
          () -> x.view().set(new double[] {1, 2, 3, 4, 5, 300}));
      assertRefused(
          "variable 'x' of neuron group 'pop', example 0, element 0: NaN" + holds,
          () -> x.view().fill(Double.NaN));
      assertRefused(
          "variable 'x' of neuron group 'pop', example 1, element 0: -1.0" + holds,
          () -> x.delays().set(1, 1, 0, -1));
      assertRefused(
          "variable 'x' of neuron group 'pop', example 1, element 0: 256" + holds,
          () -> x.delays().setLong(1, 1, 0, 256));
      assertRefused(
          "variable 'g' of synapse group 's', row 1, element 0: 300" + holds,
          () -> synapses.vars().get("g").setValues(new long[] {1, 2, 3, 300, 5, 6, 7, 8, 9}));
      assertRefused(
          "variable 'g' of synapse group 's', row 0, element 1: Infinity" + holds,
          () ->
              synapses
                  .vars()
                  .get("g")
                  .setValues(new float[] {1, Float.POSITIVE_INFINITY, 3, 4, 5, 6, 7, 8, 9}));
      ModelArray table = pop.extraGlobalParams().get("table");
      assertRefused(
          "extra global parameter 'pop.table', element 1: 300" + holds,
          () -> table.setValues(new long[] {5, 300}));
      assertRefused(
          "extra global parameter 'pop.table', element 0: -3.0" + holds,
          () -> table.setValues(new double[] {-3, 1}));
      assertRefused(
          "extra global parameter 'pop.table', element 1: NaN" + holds,
          () -> table.setValues(new float[] {3, Float.NaN}));
      assertRefused(
          "extra global parameter 'pop.table', element 1: 256.0" + holds,
          () -> table.view().set(1, 256));
    }
  }

  private static void assertNotBuilt(Object initial, String message) {
    try (var model = model("jvm")) {
      model.addNeuronPopulation(
          "pop", 3, holding("uint8_t"), Map.<String, Double>of(), Map.of("x", initial));
      assertRefused(
          "model 'held' has a problem:\n  - neuron group 'pop': " + message, model::build);
    }
  }

  @Test
  @Feature("M15")
  void initialValuesBeyondTheRangeAreRefused() {
    String holds = " does not fit into uint8_t, which holds numbers from 0 to 255";
    assertNotBuilt(new long[] {1, 2, 300}, "variable 'x', element 2: 300" + holds);
    assertNotBuilt(new int[] {-1, 2, 3}, "variable 'x', element 0: -1" + holds);
    assertNotBuilt(new double[] {1, Double.NaN, 3}, "variable 'x', element 1: NaN" + holds);
    assertNotBuilt(new float[] {1, 256, 3}, "variable 'x', element 1: 256.0" + holds);
    assertNotBuilt(
        new InitialValue.Uniform(0, 300),
        "variable 'x': the largest of its random values is "
            + Math.nextDown(300.0)
            + ", but its type uint8_t holds numbers from 0 to 255");
  }

  @Test
  @Feature("M15")
  void initialValuesAtTheEndsOfNeuronsAndOfUpdatesAreChecked() {
    var ends =
        new WeightUpdateModel("Ends")
            .pre(NeuronEnd.NONE.variable(new Variable("p", "uint8_t", VarAccess.READ_WRITE)))
            .preSpikeSynCode("addToPost(p);");
    var update =
        new CustomUpdateModel("Update", "u = (int8_t) x;")
            .variable(new CustomUpdateVariable("u", "int8_t", CustomUpdateVarAccess.READ_WRITE))
            .reference(new VariableDeclaration("x", "uint8_t", VarAccessMode.READ_ONLY));
    try (var model = model("jvm")) {
      var pop = model.addNeuronPopulation("pop", 3, holding("uint8_t"), Map.of(), Map.of("x", 0));
      pop.extraGlobalParams().get("table").setInitValues(new long[] {255, 256});
      model.addSynapsePopulation(
          "s",
          "DENSE",
          "pop",
          "pop",
          GeNNModel.initWeightUpdate(
              ends, Map.of(), Map.of(), Map.of("p", 256), Map.of(), Map.of(), Map.of(), Map.of()),
          GeNNModel.initPostsynaptic("DeltaCurr"));
      model.addCustomUpdate(
          "c",
          "go",
          update,
          Map.of(),
          Map.of("u", new double[] {1, -129, 3}),
          Map.of("x", GeNNModel.createVarRef(pop, "x")));
      assertRefused(
          "model 'held' has 3 problems:\n"
              + "  - neuron group 'pop': extra global parameter 'table', element 1: 256 does not"
              + " fit into uint8_t, which holds numbers from 0 to 255\n"
              + "  - synapse group 's': variable 'p' is 256.0, but its type uint8_t holds numbers"
              + " from 0 to 255\n"
              + "  - custom update 'c': variable 'u', element 1: -129.0 does not fit into int8_t,"
              + " which holds numbers from -128 to 127",
          model::build);
    }
  }

  @Test
  @Feature("M15")
  void fractionsInArraysOfIntegersAreRefused() {
    try (var model = model("jvm")) {
      var pop = model.addNeuronPopulation("pop", 3, holding("uint8_t"), Map.of(), Map.of("x", 0));
      pop.extraGlobalParams().get("table").setInitValues(new double[] {254, 0.5});
      assertRefused(
          "model 'held' has a problem:\n"
              + "  - neuron group 'pop': extra global parameter 'table', element 1 is 0.5, but its"
              + " type uint8_t holds whole numbers only",
          model::build);
    }
  }

  @Test
  @Feature("M15")
  void randomInitialValuesBeyondTheRangeAreRefused() {
    try (var model = model("jvm")) {
      model.addNeuronPopulation(
          "pop", 3, holding("uint8_t"), Map.of(), Map.of("x", new InitialValue.Normal(-1000, 0)));
      model.build();
      assertRefused(
          "model 'held': variable 'x' of neuron group 'pop', element 0: its random value -1000.0"
              + " does not fit into uint8_t, which holds numbers from 0 to 255",
          model::load);
    }
  }
}
