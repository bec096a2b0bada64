package org.mlgenn.tests.behaviours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.mlgenn.tests.behaviours.CustomUpdatesTest.neuron;
import static org.mlgenn.tests.behaviours.CustomUpdatesTest.random;
import static org.mlgenn.tests.behaviours.Parts.neurons;
import static org.mlgenn.tests.behaviours.Parts.synapses;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
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
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.genn.engine.runtime.Simulation;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// A5: custom updates that reduce.
final class CustomReductionsTest extends Behaviours {
  @Test
  @Feature({"C09", "C10", "C12", "R12"})
  void reductionsOverNeuronsMakeASoftmax() { // A5.6
    int size = 50;
    float[] values = random(setting.batchSize() * size);
    var logits = new NeuronModel("Logits").variable("x").variable("softmax");
    var maximum =
        new CustomUpdateModel("Maximum", "largest = x;")
            .variable(new CustomUpdateVariable("largest", CustomUpdateVarAccess.REDUCE_NEURON_MAX))
            .reference("x", VarAccessMode.READ_ONLY);
    var sum =
        new CustomUpdateModel("Sum", "sum = exp(x - largest);")
            .variable(new CustomUpdateVariable("sum", CustomUpdateVarAccess.REDUCE_NEURON_SUM))
            .reference("x", VarAccessMode.READ_ONLY)
            .reference("largest", VarAccessMode.READ_ONLY);
    var quotient =
        new CustomUpdateModel("Quotient", "softmax = exp(x - largest) / sum;")
            .reference("x", VarAccessMode.READ_ONLY)
            .reference("largest", VarAccessMode.READ_ONLY)
            .reference("sum", VarAccessMode.READ_ONLY)
            .reference("softmax", VarAccessMode.READ_WRITE);
    var largest = VariableReference.customUpdate("maximum", "largest");
    ModelSpec spec =
        model("softmax")
            .neuronGroup(
                new NeuronGroup(
                    "n", size, logits, Bindings.NONE.initialValue("x", InitialValue.of(values))))
            .customUpdate(
                new CustomUpdate("maximum", "Softmax1", maximum, Bindings.NONE)
                    .reference("x", neuron("x")))
            .customUpdate(
                new CustomUpdate("sum", "Softmax2", sum, Bindings.NONE)
                    .reference("x", neuron("x"))
                    .reference("largest", largest))
            .customUpdate(
                new CustomUpdate("quotient", "Softmax3", quotient, Bindings.NONE)
                    .reference("x", neuron("x"))
                    .reference("largest", largest)
                    .reference("sum", VariableReference.customUpdate("sum", "sum"))
                    .reference("softmax", neuron("softmax")));
    try (var simulation = open(spec)) {
      for (String group : List.of("Softmax1", "Softmax2", "Softmax3")) {
        simulation.customUpdate(group);
      }
      expect(
          simulation,
          neuron("softmax"),
          (example, i) -> {
            double total = 0;
            for (int j = 0; j < size; j++) {
              total += Math.exp(values[example * size + j]);
            }
            return Math.exp(values[example * size + i]) / total;
          });
    }
  }

  /// Which dimension is reduced follows from what the variable lacks: here, values per neuron.
  @Test
  @Feature({"C12", "M17", "R12"})
  void reductionsOverNeuronsGoIntoValuesOfTheirExample() { // B7.7
    int size = 50;
    float[] values = random(setting.batchSize() * size);
    var neuron =
        new NeuronModel("Neuron")
            .variable("x")
            .variable(new Variable("sum", "scalar", VarAccess.READ_ONLY_SHARED_NEURON))
            .variable(new Variable("largest", "scalar", VarAccess.READ_ONLY_SHARED_NEURON));
    var reduce =
        new CustomUpdateModel("Reduce", "sum = x; largest = x;")
            .reference("x", VarAccessMode.READ_ONLY)
            .reference("sum", VarAccessMode.REDUCE_SUM)
            .reference("largest", VarAccessMode.REDUCE_MAX);
    ModelSpec spec =
        model("neuronReductions")
            .neuronGroup(
                new NeuronGroup(
                    "n", size, neuron, Bindings.NONE.initialValue("x", InitialValue.of(values))))
            .customUpdate(
                new CustomUpdate("reduce", "Reduce", reduce, Bindings.NONE)
                    .reference("x", neuron("x"))
                    .reference("sum", neuron("sum"))
                    .reference("largest", neuron("largest")));
    try (var simulation = open(spec)) {
      simulation.customUpdate("Reduce");
      for (int example = 0; example < setting.batchSize(); example++) {
        double sum = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
          sum += values[example * size + i];
          largest = Math.max(largest, values[example * size + i]);
        }
        // 50 numbers of about 1 in single precision
        assertEquals(sum, simulation.variable(neuron("sum")).getDouble(example, 0), 2e-5);
        assertEquals(largest, simulation.variable(neuron("largest")).getDouble(example, 0));
      }
    }
  }

  @Test
  @Feature({"C11", "M17", "M18", "R12"})
  void reductionsOverTheBatch() { // A5.7
    var neuron =
        new NeuronModel("Neuron")
            .variable("V")
            .variable(new Variable("sum", "scalar", VarAccess.READ_ONLY))
            .variable(new Variable("largest", "scalar", VarAccess.READ_ONLY));
    var synapse =
        new WeightUpdateModel("Synapse")
            .variable("V", VarAccess.READ_WRITE)
            .variable("sum", VarAccess.READ_ONLY)
            .variable("largest", VarAccess.READ_ONLY);
    var kernel =
        new Connectivity.Toeplitz(
            ToeplitzPatterns.conv2d(new int[] {3, 3}, new int[] {4, 4, 1}, new int[] {2, 2, 1}));
    ModelSpec spec =
        model("batchReductions")
            .neuronGroup(neurons("n", 16, neuron))
            .neuronGroup(neurons("target", 4, Parts.EMPTY))
            .synapseGroup(
                synapses("dense", new Connectivity.Dense(), "n", "target", synapse, Bindings.NONE))
            .synapseGroup(
                synapses(
                    "sparse",
                    Parts.sparse(Parts.bitCodedPairs(16, 4)),
                    "n",
                    "target",
                    synapse,
                    Bindings.NONE))
            .synapseGroup(synapses("kernel", kernel, "n", "target", synapse, Bindings.NONE));
    var own =
        new CustomUpdateModel("Own", "sum = V; largest = V;")
            .variable(new CustomUpdateVariable("sum", CustomUpdateVarAccess.REDUCE_BATCH_SUM))
            .variable(new CustomUpdateVariable("largest", CustomUpdateVarAccess.REDUCE_BATCH_MAX))
            .reference("V", VarAccessMode.READ_ONLY);
    var referred =
        new CustomUpdateModel("Referred", "sum = V; largest = V;")
            .reference("V", VarAccessMode.READ_ONLY)
            .reference("sum", VarAccessMode.REDUCE_SUM)
            .reference("largest", VarAccessMode.REDUCE_MAX);
    Map<String, Function<String, VariableReference>> parts =
        Map.of(
            "n", CustomUpdatesTest::neuron,
            "dense", name -> VariableReference.synapse("dense", name),
            "sparse", name -> VariableReference.synapse("sparse", name),
            "kernel", name -> VariableReference.synapse("kernel", name));
    for (var part : parts.entrySet()) {
      var variable = part.getValue();
      spec =
          spec.customUpdate(
                  new CustomUpdate(part.getKey() + "Own", "Reduce", own, Bindings.NONE)
                      .reference("V", variable.apply("V")))
              .customUpdate(
                  new CustomUpdate(part.getKey() + "Referred", "Reduce", referred, Bindings.NONE)
                      .reference("V", variable.apply("V"))
                      .reference("sum", variable.apply("sum"))
                      .reference("largest", variable.apply("largest")));
    }
    int batch = setting.batchSize();
    try (var simulation = open(spec)) {
      for (var part : parts.values()) {
        var view = simulation.variable(part.apply("V"));
        view.set(doubles(random(view.size())));
      }
      simulation.customUpdate("Reduce");
      for (var part : parts.entrySet()) {
        var view = simulation.variable(part.getValue().apply("V"));
        int size = view.elements();
        float[] values = random(view.size());
        IntToDoubleFunction sum =
            element -> {
              double total = 0;
              for (int example = 0; example < batch; example++) {
                total += values[example * size + element];
              }
              return total;
            };
        IntToDoubleFunction largest =
            element -> {
              double found = Double.NEGATIVE_INFINITY;
              for (int example = 0; example < batch; example++) {
                found = Math.max(found, values[example * size + element]);
              }
              return found;
            };
        String ownName = part.getKey() + "Own";
        expectReduced(simulation, part.getValue().apply("sum"), sum);
        expectReduced(simulation, part.getValue().apply("largest"), largest);
        expectReduced(simulation, VariableReference.customUpdate(ownName, "sum"), sum);
        expectReduced(simulation, VariableReference.customUpdate(ownName, "largest"), largest);
      }
    }
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static void expectReduced(
      Simulation simulation, VariableReference variable, IntToDoubleFunction expected) {
    var view = simulation.variable(variable);
    assertFalse(view.isPerExample());
    for (int element = 0; element < view.elements(); element++) {
      // Sums of five values of about 1 in single precision; a sum may be near 0.
      assertEquals(expected.applyAsDouble(element), view.getDouble(0, element), 2e-6);
    }
  }
}
