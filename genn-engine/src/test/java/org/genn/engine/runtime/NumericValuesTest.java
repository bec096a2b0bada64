package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Initial values and arrays of every numeric type arrive exactly.
class NumericValuesTest {
  private static final long BIG = (1L << 60) + 1;

  private static GeNNModel model() {
    var model = new GeNNModel(Precision.FLOAT, "numbers");
    model.setPreferences(Models.settings().threads(1));
    return model;
  }

  private static NeuronModel of(String type) {
    var model = new NeuronModel("Typed");
    return model
        .declarations(model.declarations().variable(new Variable("x", type, VarAccess.READ_WRITE)))
        .simCode("x += 0;");
  }

  private static VariableView stepped(GeNNModel model, String type, Object initial) {
    model.addNeuronPopulation("n", 3, of(type), Map.of(), Map.of("x", initial));
    model.build();
    model.load();
    model.stepTime();
    return model.neuronPopulation("n").vars().get("x").view();
  }

  @ParameterizedTest
  @CsvSource({
    "int64_t, -1152921504606846977, 9007199254740993",
    "uint64_t, -1, 9007199254740993",
    "int, -2147483648, 2147483647",
    "unsigned int, 0, 4294967295",
    "int16_t, -32768, 16777",
    "uint16_t, 0, 65535",
    "int8_t, -128, 127",
    "uint8_t, 0, 255",
    "bool, 0, 1"
  })
  @Feature({"M15", "L12"})
  void integersAreExact(String type, long low, long high) {
    try (var model = model()) {
      VariableView x = stepped(model, type, new long[] {low, high, 1});
      assertArrayEquals(new long[] {low, high, 1}, x.toLongs());
      model.reinitialise();
      assertArrayEquals(new long[] {low, high, 1}, x.toLongs());
    }
  }

  @Test
  @Feature({"M15", "M01"})
  void doublesAreExact() {
    double[] values = {0.1, 1e300, -16777217};
    try (var model = model()) {
      assertArrayEquals(values, stepped(model, "double", values).toDoubles());
    }
    try (var model = model()) {
      double[] ofIntegers = {16777217, BIG, -3};
      long[] integers = {16777217, BIG, -3};
      assertArrayEquals(ofIntegers, stepped(model, "double", integers).toDoubles());
    }
    try (var model = model()) {
      long[] expected = {2, -2, 1L << 40};
      double[] given = {2.0, -2.0, 1L << 40};
      assertArrayEquals(expected, stepped(model, "int64_t", given).toLongs());
    }
    try (var model = model()) {
      assertArrayEquals(
          new double[] {7, 8, 9}, stepped(model, "double", new int[] {7, 8, 9}).toDoubles());
    }
  }

  @Test
  @Feature("M15")
  void aNumberThatWouldBeRoundedIsRefused() {
    try (var model = model()) {
      var problem =
          assertThrows(
              IllegalArgumentException.class,
              () -> model.addNeuronPopulation("n", 3, of("int64_t"), Map.of(), Map.of("x", BIG)));
      assertEquals(
          "neuron population 'n': variable 'x' is given 1152921504606846977, which is no exact"
              + " number; give an array of long",
          problem.getMessage());
    }
  }

  @Test
  @Feature({"M13", "R09"})
  void arraysOfEveryTypeAreExact() {
    var copy =
        new NeuronModel("Copy")
            .extraGlobalParameter("whole", "int64_t*")
            .extraGlobalParameter("real", "double*")
            .extraGlobalParameter("late", "uint64_t*");
    var declared =
        copy.declarations(
                copy.declarations()
                    .variable(new Variable("a", "int64_t", VarAccess.READ_WRITE))
                    .variable(new Variable("b", "double", VarAccess.READ_WRITE))
                    .variable(new Variable("c", "uint64_t", VarAccess.READ_WRITE)))
            .simCode("a = whole[id]; b = real[id]; c = late[id];");
    try (var model = model()) {
      var neurons =
          model.addNeuronPopulation("n", 2, declared, Map.of(), Map.of("a", 0, "b", 0, "c", 0));
      neurons.extraGlobalParams().get("whole").setInitValues(new long[] {BIG, -BIG});
      neurons.extraGlobalParams().get("real").setInitValues(new double[] {0.1, 1e-300});
      model.build();
      model.load();
      neurons.extraGlobalParams().get("late").setValues(new long[] {-1, 5});
      model.stepTime();
      assertArrayEquals(new long[] {BIG, -BIG}, neurons.vars().get("a").view().toLongs());
      assertArrayEquals(new double[] {0.1, 1e-300}, neurons.vars().get("b").view().toDoubles());
      assertArrayEquals(new long[] {-1, 5}, neurons.vars().get("c").view().toLongs());
      assertArrayEquals(
          new long[] {-1, 5}, neurons.extraGlobalParams().get("late").view().toLongs());
      neurons.extraGlobalParams().get("real").setValues(new double[] {0.3, 2});
      assertArrayEquals(
          new double[] {0.3, 2}, neurons.extraGlobalParams().get("real").view().toDoubles());
      var wrong =
          assertThrows(
              IllegalStateException.class,
              () -> neurons.extraGlobalParams().get("real").setValues(new long[] {1, 2}));
      assertEquals(
          "extra global parameter 'n.real' has type DOUBLE, which is no integer; use the double"
              + " form",
          wrong.getMessage());
    }
  }

  @Test
  @Feature({"M01", "M02"})
  void whatNoModelCanHaveIsRefusedWhereItIsSet() {
    try (var model = model()) {
      for (double dt : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
        var problem = assertThrows(IllegalArgumentException.class, () -> model.setDt(dt));
        assertEquals("model 'numbers': dt must be positive (ms), got " + dt, problem.getMessage());
      }
      var problem = assertThrows(IllegalArgumentException.class, () -> model.setBatchSize(0));
      assertEquals(
          "model 'numbers': the batch size must be at least 1, got 0", problem.getMessage());
    }
  }
}
