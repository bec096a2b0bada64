package org.mlgenn.tests.behaviours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mlgenn.tests.behaviours.Parts.neurons;
import static org.mlgenn.tests.behaviours.Parts.synapses;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// A7.10 - A7.12: random connections and numbers have their distributions. Seeds are fixed, so a
/// test that has passed passes always.
final class RandomNumbersTest extends Behaviours {

  @Test
  @Feature({"S26", "I08", "I09", "I10", "R12"})
  void fixedNumbersAreExactAndSpreadEvenly() { // A7.10
    int size = 100;
    var patterns =
        Map.of(
            "total", SparsePatterns.fixedNumberTotal(1000),
            "pre", SparsePatterns.fixedNumberPre(10),
            "post", SparsePatterns.fixedNumberPost(10));
    var model = new WeightUpdateModel("Nothing").preSpikeSynCode("addToPost(1.0);");
    ModelSpec spec =
        model("connect")
            .neuronGroup(neurons("source", size, Parts.ALWAYS_SPIKES))
            .neuronGroup(neurons("target", size, Parts.SUM));
    for (var pattern : patterns.entrySet()) {
      spec =
          spec.synapseGroup(
              synapses(
                  pattern.getKey(),
                  new Connectivity.Sparse(pattern.getValue()).narrowIndices(true),
                  "source",
                  "target",
                  model,
                  Bindings.NONE));
    }
    try (var simulation = open(spec)) {
      for (String name : patterns.keySet()) {
        var connectivity = simulation.sparseConnectivity(name);
        assertEquals(1000, connectivity.size(), name);
        int[] rows = counts(connectivity.sources(), size);
        int[] columns = counts(connectivity.targets(), size);
        expectSpread(name, rows, !name.equals("post"));
        expectSpread(name, columns, !name.equals("pre"));
      }
    }
  }

  private static int[] counts(int[] ids, int size) {
    int[] counts = new int[size];
    for (int id : ids) {
      counts[id]++;
    }
    return counts;
  }

  private static void expectSpread(String name, int[] counts, boolean isRandom) {
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - 10.0) * (count - 10.0) / 10;
    }
    if (isRandom) {
      double likelihood = Distribution.chiSquareLikelihood(chiSquare, counts.length - 1);
      assertTrue(likelihood > 0.002, name + " has likelihood " + likelihood);
    } else {
      assertEquals(0, chiSquare, name);
    }
  }

  @Test
  @Feature({"L21", "N11", "C01", "R12"})
  void codeDrawsNewNumbersInEachStep() { // A7.11
    int size = 200;
    int steps = 100;
    String code = "uniform = gennrand_uniform(); normal = gennrand_normal();";
    var neuron = new NeuronModel("Noise").variable("uniform").variable("normal").simCode(code);
    var source =
        new CurrentSourceModel("Noise", code + "injectCurrent(normal);")
            .variable("uniform")
            .variable("normal");
    ModelSpec spec =
        model("draws")
            .neuronGroup(neurons("n", size, neuron))
            .currentSource(new CurrentSource("cs", "n", source, Bindings.NONE));
    var distributions =
        Map.<String, DoubleUnaryOperator>of(
            "uniform", Distribution::uniform, "normal", Distribution::normal);
    var samples = new LinkedHashMap<VariableReference, double[]>();
    for (String name : distributions.keySet()) {
      int count = setting.batchSize() * size * steps;
      samples.put(VariableReference.neuron("n", name), new double[count]);
      samples.put(VariableReference.currentSource("cs", name), new double[count]);
    }
    try (var simulation = open(spec)) {
      for (int step = 0; step < steps; step++) {
        simulation.stepTime();
        for (var entry : samples.entrySet()) {
          double[] values = simulation.variable(entry.getKey()).toDoubles();
          System.arraycopy(values, 0, entry.getValue(), step * values.length, values.length);
        }
      }
    }
    samples.forEach(
        (variable, values) -> {
          var distribution = distributions.get(variable.variable());
          double likelihood = Distribution.likelihood(values, distribution);
          assertTrue(likelihood > 1e-4, variable + " has likelihood " + likelihood);
        });
  }

  @Test
  @Feature({"I02", "I03", "R12"})
  void initialValuesHaveTheirDistributions() { // A7.12
    int size = 20_000;
    var inits =
        Map.of(
            "uniform", VariableInits.uniform(0, 1),
            "normal", VariableInits.normal(0, 1),
            "exponential", VariableInits.exponential(1),
            "gamma", VariableInits.gamma(4, 1),
            "binomial", VariableInits.binomial(20, 0.5));
    var distributions =
        Map.<String, DoubleUnaryOperator>of(
            "uniform", Distribution::uniform,
            "normal", Distribution::normal,
            "exponential", Distribution::exponential,
            "gamma", Distribution::gamma4);
    var neuron = new NeuronModel("Neuron");
    var source = new CurrentSourceModel("Source", "injectCurrent(0.0);");
    var weights = new WeightUpdateModel("Weights");
    var pre = NeuronEnd.NONE;
    var post = NeuronEnd.NONE;
    var psm = new PostsynapticModel("Postsynapse", "injectCurrent(inSyn);");
    Bindings bindings = Bindings.NONE;
    Bindings ends = Bindings.NONE;
    for (var init : inits.entrySet()) {
      String name = init.getKey();
      neuron = neuron.variable(name);
      source = source.variable(name);
      weights = weights.variable(name, VarAccess.READ_WRITE);
      pre = pre.variable(new Variable(name + "Pre"));
      post = post.variable(new Variable(name + "Post"));
      psm = psm.variable(new Variable(name));
      bindings = bindings.initialValue(name, init.getValue());
      ends =
          ends.initialValue(name + "Pre", init.getValue())
              .initialValue(name + "Post", init.getValue());
    }
    for (var init : inits.entrySet()) {
      ends = ends.initialValue(init.getKey(), init.getValue());
    }
    ModelSpec spec =
        model("initialDraws")
            .neuronGroup(new NeuronGroup("n", size, neuron, bindings))
            .neuronGroup(neurons("one", 1, Parts.EMPTY))
            .currentSource(new CurrentSource("cs", "n", source, bindings))
            .synapseGroup(
                new SynapseGroup(
                    "out",
                    new Connectivity.Dense(),
                    "n",
                    "one",
                    new WeightUpdate(weights.pre(pre).post(post), ends),
                    new Postsynapse(
                        new PostsynapticModel("Nothing", "injectCurrent(inSyn);"), Bindings.NONE)))
            .synapseGroup(
                new SynapseGroup(
                    "in",
                    new Connectivity.Dense(),
                    "one",
                    "n",
                    new WeightUpdate(
                        new WeightUpdateModel("Ends").pre(pre).post(post), without(ends, inits)),
                    new Postsynapse(psm, bindings)));
    try (var simulation = open(spec)) {
      for (String name : inits.keySet()) {
        var variables =
            List.of(
                VariableReference.neuron("n", name),
                VariableReference.currentSource("cs", name),
                VariableReference.synapse("out", name),
                VariableReference.weightUpdatePre("out", name + "Pre"),
                VariableReference.weightUpdatePost("in", name + "Post"),
                VariableReference.postsynaptic("in", name));
        for (VariableReference variable : variables) {
          var view = simulation.variable(variable);
          double[] values = new double[size];
          for (int i = 0; i < size; i++) {
            values[i] = view.getDouble(0, i);
            if (view.isPerExample()) {
              assertEquals(values[i], view.getDouble(setting.batchSize() - 1, i));
            }
          }
          double likelihood =
              distributions.containsKey(name)
                  ? Distribution.likelihood(values, distributions.get(name))
                  : binomialLikelihood(values);
          assertTrue(likelihood > 3.4e-4, variable + " has likelihood " + likelihood);
        }
      }
    }
  }

  private static Bindings without(Bindings bindings, Map<String, InitialValue> names) {
    var values = new LinkedHashMap<>(bindings.initialValues());
    values.keySet().removeAll(names.keySet());
    return new Bindings(Map.of(), values, Map.of(), Set.of());
  }

  /// Of numbers of heads among 20 coins.
  private static double binomialLikelihood(double[] values) {
    double[] expected = new double[21];
    int[] counts = new int[21];
    double probability = Math.pow(0.5, 20);
    for (int k = 0; k <= 20; k++) {
      expected[k] = probability * values.length;
      probability *= (20.0 - k) / (k + 1);
    }
    for (double value : values) {
      counts[(int) value]++;
    }
    double distance = 0;
    double found = 0;
    double wanted = 0;
    for (int k = 0; k <= 20; k++) {
      found += counts[k];
      wanted += expected[k];
      distance = Math.max(distance, Math.abs(found - wanted) / values.length);
    }
    // Conservative: for discrete numbers the distance is smaller than this assumes.
    double scaled = distance * Math.sqrt(values.length);
    return Math.min(1, 2 * Math.exp(-2 * scaled * scaled));
  }
}
