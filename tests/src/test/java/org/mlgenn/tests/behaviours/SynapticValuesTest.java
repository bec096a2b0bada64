package org.mlgenn.tests.behaviours;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mlgenn.tests.behaviours.Parts.neurons;
import static org.mlgenn.tests.behaviours.Parts.synapses;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.runtime.Simulation;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// A7.1, A7.2: values of sparse synapses have one order, whoever has made the connections.
final class SynapticValuesTest extends Behaviours {
  private static final int SIZE = 10;
  private static final int COUNT = 20;
  private static final VariableReference G = VariableReference.synapse("s", "g");

  private ModelSpec spec(Connectivity connectivity, InitialValue g) {
    var twice = new CustomUpdateModel("Twice", "g = 2.0 * g;");
    var model = new WeightUpdateModel("Weights").variable("g", VarAccess.READ_WRITE);
    return model("synapticValues")
        .neuronGroup(neurons("source", SIZE, Parts.EMPTY))
        .neuronGroup(neurons("target", SIZE, Parts.EMPTY))
        .synapseGroup(
            synapses(
                "s", connectivity, "source", "target", model, Bindings.NONE.initialValue("g", g)))
        .customUpdate(
            new CustomUpdate(
                    "twice", "Twice", twice.reference("g", VarAccessMode.READ_WRITE), Bindings.NONE)
                .reference("g", G));
  }

  /// Infinite or not a number where the target is number 0.
  private static double[] quotients(Simulation simulation) {
    int[] pre = simulation.sparseConnectivity("s").sources();
    int[] post = simulation.sparseConnectivity("s").targets();
    assertEquals(COUNT, pre.length);
    return IntStream.range(0, pre.length)
        .mapToDouble(k -> (float) pre[k] / (float) post[k])
        .toArray();
  }

  private void expect(Simulation simulation, double factor, double[] quotients) {
    double[] values = simulation.variable(G).toDoubles();
    for (int example = 0; example < setting.batchSize(); example++) {
      double[] own = Arrays.copyOfRange(values, example * COUNT, (example + 1) * COUNT);
      // Quotients are rounded to single precision here, in doubles of the model they are not.
      assertArrayEquals(
          Arrays.stream(quotients).map(q -> q * factor).toArray(), own, 10 * Math.ulp(10f));
    }
  }

  private void expectDoubling(Simulation simulation) {
    double[] baseline = quotients(simulation);
    expect(simulation, 1, baseline);
    simulation.customUpdate("Twice");
    expect(simulation, 2, baseline);
    simulation.variable(G).set(baseline);
    expect(simulation, 1, baseline);
    simulation.customUpdate("Twice");
    expect(simulation, 2, baseline);
  }

  @Test
  @Feature({"S02", "S29", "S30", "R07", "R08", "R12"})
  void valuesFollowGivenConnections() { // A7.1
    var random = new Random(11);
    int[] pre = new int[COUNT];
    int[] post = new int[COUNT];
    float[] g = new float[COUNT];
    for (int k = 0; k < COUNT; k++) {
      pre[k] = random.nextInt(SIZE);
      post[k] = random.nextInt(SIZE);
      g[k] = (float) pre[k] / post[k];
    }
    try (var simulation = open(spec(Connectivity.Sparse.of(pre, post), InitialValue.of(g)))) {
      expectDoubling(simulation);
    }
  }

  @Test
  @Feature({"S02", "S30", "I09", "R07", "R08", "R12"})
  void valuesFollowConnectionsThatCodeMakes() { // A7.2
    var quotient = Parts.code("Quotient", "value = (scalar) id_pre / (scalar) id_post;");
    var connections = new Connectivity.Sparse(SparsePatterns.fixedNumberTotal(COUNT));
    try (var simulation = open(spec(connections, quotient))) {
      expectDoubling(simulation);
    }
  }
}
