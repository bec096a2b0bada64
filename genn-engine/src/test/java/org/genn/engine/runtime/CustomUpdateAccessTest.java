package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.snippet.SnippetException;
import org.genn.feature.Feature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What the own variables of a custom update are: an update of 3 neurons in 2 examples.
@Feature("M18")
class CustomUpdateAccessTest {
  private static final NeuronModel NEURON = new NeuronModel("Neuron").variable("V");

  private static ModelSpec model(CustomUpdateVarAccess access, String code) {
    var update =
        new CustomUpdateModel("Update", code)
            .reference("V", VarAccessMode.READ_WRITE)
            .variable(new CustomUpdateVariable("x", access));
    var values = InitialValue.of(new float[] {1, 2, 4, 11, 12, 14});
    return new ModelSpec("m", 1, 2, 7)
        .neuronGroup(new NeuronGroup("n", 3, NEURON, Bindings.NONE.initialValue("V", values)))
        .customUpdate(
            new CustomUpdate("u", "update", update, Bindings.NONE.initialValue("x", 3))
                .reference("V", VariableReference.neuron("n", "V")));
  }

  @ParameterizedTest
  @CsvSource({
    "READ_WRITE, x += V, 2 3, 4 5 7 14 15 17",
    "BROADCAST_DELAY, x = V, 2 3, 1 2 4 11 12 14",
    "READ_ONLY, V = V + x, 2 3, 3 3 3 3 3 3",
    "READ_ONLY_SHARED, V = V + x, 3, 3 3 3",
    "READ_ONLY_SHARED_NEURON, V = V + x, 2, 3 3",
    "REDUCE_BATCH_SUM, x = V, 3, 12 14 18",
    "REDUCE_BATCH_MAX, x = V, 3, 11 12 14",
    "REDUCE_NEURON_SUM, x = V, 2, 7 37",
    "REDUCE_NEURON_MAX, x = V, 2, 4 14"
  })
  void hasItsDimensionsAndValues(
      CustomUpdateVarAccess access, String code, String shape, String values) {
    try (var simulation = Simulation.open(model(access, code + ";"), Models.settings())) {
      simulation.customUpdate("update");
      VariableView x = simulation.variable(VariableReference.customUpdate("u", "x"));
      assertEquals(shape, text(Arrays.stream(x.shape()).asDoubleStream().toArray()));
      assertEquals(values, text(x.toDoubles()));
      double added = access.isWritable() ? 0 : 3;
      assertArrayEquals(
          new double[] {1 + added, 2 + added, 4 + added, 11 + added, 12 + added, 14 + added},
          simulation.variable(VariableReference.neuron("n", "V")).toDoubles());
    }
  }

  /// An update of two variables of 3 neurons in 2 examples: it runs over what either has.
  @ParameterizedTest
  @CsvSource({
    "V, W, 2 3, 11 22 34 61 72 84",
    "all, more, 3, 101 202 304",
    "V, all, 2 3, 101 202 304 111 212 314",
    "of, to, 2 1, 1005 1007",
    "of, all, 2 3, 1100 1200 1300 1101 1201 1301",
    "V, of, 2 3, 1001 1002 1004 1012 1013 1015"
  })
  @Feature({"C04", "M17"})
  void hasTheDimensionsOfAllThatTheUpdateRefersTo(
      String first, String second, String shape, String sums) {
    var sum =
        new CustomUpdateModel("Sum", "x = a + b;")
            .reference("a", VarAccessMode.READ_ONLY)
            .reference("b", VarAccessMode.READ_ONLY)
            .variable(new CustomUpdateVariable("x", CustomUpdateVarAccess.READ_WRITE));
    var spec =
        everyShape()
            .customUpdate(
                new CustomUpdate("u", "update", sum, Bindings.NONE)
                    .reference("a", VariableReference.neuron("n", first))
                    .reference("b", VariableReference.neuron("n", second)));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.customUpdate("update");
      VariableView x = simulation.variable(VariableReference.customUpdate("u", "x"));
      assertEquals(shape, text(Arrays.stream(x.shape()).asDoubleStream().toArray()));
      assertEquals(sums, text(x.toDoubles()));
    }
  }

  /// Numbers that another update has computed, one for each example or one in all.
  @ParameterizedTest
  @CsvSource({
    "READ_WRITE, of, 1001 1002 1004 1012 1013 1015",
    "REDUCE_NEURON_SUM, all, 601 602 604 611 612 614",
    "REDUCE_BATCH_SUM, of, 2002 2003 2005 2012 2013 2015",
    "REDUCE_BATCH_SUM, all, 101 202 304 111 212 314",
    "REDUCE_NEURON_MAX, V, 5 6 8 25 26 28"
  })
  @Feature({"C10", "M17"})
  void meetsElementsInAnotherUpdate(CustomUpdateVarAccess access, String variable, String sums) {
    var first =
        new CustomUpdateModel("First", "x = a;")
            .reference("a", VarAccessMode.READ_ONLY)
            .variable(new CustomUpdateVariable("x", access));
    var second =
        new CustomUpdateModel("Second", "y = V + x;")
            .reference("V", VarAccessMode.READ_ONLY)
            .reference("x", VarAccessMode.READ_ONLY)
            .variable(new CustomUpdateVariable("y", CustomUpdateVarAccess.READ_WRITE));
    var spec =
        everyShape()
            .customUpdate(
                new CustomUpdate("u", "first", first, Bindings.NONE)
                    .reference("a", VariableReference.neuron("n", variable)))
            .customUpdate(
                new CustomUpdate("v", "second", second, Bindings.NONE)
                    .reference("V", VariableReference.neuron("n", "V"))
                    .reference("x", VariableReference.customUpdate("u", "x")));
    for (boolean isChecked : new boolean[] {true, false}) {
      var settings = Models.settings();
      try (var simulation =
          Simulation.open(spec, settings.build(settings.build().isChecked(isChecked)))) {
        simulation.customUpdate("first");
        simulation.customUpdate("second");
        assertEquals(
            sums, text(simulation.variable(VariableReference.customUpdate("v", "y")).toDoubles()));
      }
    }
  }

  /// 3 neurons in 2 examples.
  private static ModelSpec everyShape() {
    var neuron =
        NEURON
            .variable("W")
            .variable(new Variable("all", "scalar", VarAccess.READ_ONLY))
            .variable(new Variable("more", "scalar", VarAccess.READ_ONLY))
            .variable(new Variable("of", "scalar", VarAccess.READ_ONLY_SHARED_NEURON))
            .variable(new Variable("to", "scalar", VarAccess.READ_ONLY_SHARED_NEURON));
    var values =
        Bindings.NONE
            .initialValue("V", InitialValue.of(new float[] {1, 2, 4, 11, 12, 14}))
            .initialValue("W", InitialValue.of(new float[] {10, 20, 30, 50, 60, 70}))
            .initialValue("all", InitialValue.of(new float[] {100, 200, 300}))
            .initialValue("more", InitialValue.of(new float[] {1, 2, 4}))
            .initialValue("of", InitialValue.of(new float[] {1000, 1001}))
            .initialValue("to", InitialValue.of(new float[] {5, 6}));
    return new ModelSpec("m", 1, 2, 7).neuronGroup(new NeuronGroup("n", 3, neuron, values));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "BROADCAST_DELAY",
        "READ_ONLY_SHARED_NEURON",
        "REDUCE_NEURON_SUM",
        "REDUCE_NEURON_MAX"
      })
  void someAreNotForSynapses(CustomUpdateVarAccess access) { // E25
    var update =
        new CustomUpdateModel("Update", access.isWritable() ? "x = g;" : "g = x;")
            .reference("g", VarAccessMode.READ_WRITE)
            .variable(new CustomUpdateVariable("x", access));
    var plastic =
        new WeightUpdateModel("Plastic")
            .variable("g", VarAccess.READ_WRITE)
            .preSpikeSynCode("addToPost(g);");
    var spec =
        new ModelSpec("m", 1, 2, 7)
            .neuronGroup(new NeuronGroup("n", 3, NEURON.thresholdCondition("false"), Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.Dense(),
                    "n",
                    "n",
                    new WeightUpdate(plastic, Bindings.NONE),
                    new Postsynapse(Models.DELTA, Bindings.NONE)))
            .customUpdate(
                new CustomUpdate("u", "update", update, Bindings.NONE)
                    .reference("g", VariableReference.synapse("s", "g")));
    var problem =
        assertThrows(
            IllegalArgumentException.class, () -> Simulation.open(spec, Models.settings()).close());
    assertTrue(
        problem
            .getMessage()
            .contains(
                "custom update 'u': variable 'x' can't be " + access + " in an update of synapses"),
        problem.getMessage());
  }

  private static String text(double[] values) {
    return Arrays.stream(values)
        .mapToObj(value -> String.valueOf((int) value))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @EnumSource
  void isOnlyWrittenOrOnlyReadWhereItSaysSo(CustomUpdateVarAccess access) {
    if (access == CustomUpdateVarAccess.READ_WRITE) {
      return;
    }
    String code = access.isWritable() ? "V = x;" : "x = V;";
    var spec = model(access, code);
    var problem =
        assertThrows(
            SnippetException.class, () -> Simulation.open(spec, Models.settings()).close());
    String expected = access.isWritable() ? "'x' is write-only here" : "'x' is read-only";
    assertTrue(problem.getMessage().contains(expected), problem.getMessage());
  }
}
