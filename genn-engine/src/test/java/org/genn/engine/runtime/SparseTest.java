package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
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
import org.genn.engine.model.Phase;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.Schedule;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Sparse connections given pair by pair.
@Feature({"S02", "S29"})
class SparseTest {
  private static final int SOURCES = 23;
  private static final int TARGETS = 31;
  private static final int STEPS = 12;
  private static final Postsynapse DELTA = new Postsynapse(Models.DELTA, Bindings.NONE);

  /// Pairs in no order, some of them twice, with weights in multiples of 1/64.
  private record Pairs(int[] sources, int[] targets, float[] weights) {
    static Pairs random(int count) {
      var random = new Random(3);
      var pairs = new Pairs(new int[count], new int[count], new float[count]);
      for (int k = 0; k < count; k++) {
        pairs.sources[k] = random.nextInt(SOURCES);
        pairs.targets[k] = random.nextInt(TARGETS);
        pairs.weights[k] = random.nextInt(1, 64) / 64f;
      }
      return pairs;
    }

    float[] dense() {
      float[] dense = new float[SOURCES * TARGETS];
      for (int k = 0; k < sources.length; k++) {
        dense[sources[k] * TARGETS + targets[k]] += weights[k];
      }
      return dense;
    }

    Connectivity.Sparse connectivity() {
      return Connectivity.Sparse.of(sources, targets);
    }
  }

  /// Neuron `i` spikes in step `t` when `(7 i + 3 t) % 5 == 0`.
  private static final NeuronModel PATTERN =
      new NeuronModel("Pattern")
          .variable("Back")
          .simCode("Back += Isyn;")
          .thresholdCondition("((7 * id) + (3 * (unsigned int) t) + batch) % 5 == 0");

  private static final NeuronModel SUM =
      new NeuronModel("Sum").variable("V").simCode("V = (0.5 * V) + Isyn;");

  private static ModelSpec spec(Connectivity connectivity, float[] weights, int batch) {
    WeightUpdateModel model =
        new WeightUpdateModel("Both")
            .variable("g", VarAccess.READ_ONLY)
            .postNeuronVariable("V")
            .preSpikeSynCode("addToPost(g); addToPre(g + (0.0 * V));");
    return new ModelSpec("sparse", 1, batch, 5)
        .neuronGroup(new NeuronGroup("in", SOURCES, PATTERN, Bindings.NONE))
        .neuronGroup(new NeuronGroup("out", TARGETS, SUM, Bindings.NONE))
        .synapseGroup(
            new SynapseGroup(
                "s",
                connectivity,
                "in",
                "out",
                new WeightUpdate(model, Bindings.NONE.initialValue("g", InitialValue.of(weights))),
                DELTA));
  }

  private static float[][] run(ModelSpec spec, int threads) {
    try (var simulation = Simulation.open(spec, Models.settings().threads(threads))) {
      for (int step = 0; step < STEPS; step++) {
        simulation.stepTime();
      }
      return new float[][] {
        simulation.variable(VariableReference.neuron("out", "V")).toArray(),
        simulation.variable(VariableReference.neuron("in", "Back")).toArray()
      };
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 1", "5, 2"})
  @Feature({"S02", "S09", "S19", "R12"})
  void addsLikeAMatrixWithZeros(int batch, int threads) {
    Pairs pairs = Pairs.random(150);
    float[][] sparse = run(spec(pairs.connectivity(), pairs.weights, batch), threads);
    float[][] dense = run(spec(new Connectivity.Dense(), pairs.dense(), batch), threads);
    assertArrayEquals(dense[0], sparse[0]);
    assertArrayEquals(dense[1], sparse[1]);
    assertTrue(dense[0][0] > 0);
  }

  @Test
  @Feature("S26")
  void narrowIndicesAddTheSame() {
    Pairs pairs = Pairs.random(90);
    float[][] narrow = run(spec(pairs.connectivity().narrowIndices(true), pairs.weights, 1), 1);
    assertArrayEquals(run(spec(pairs.connectivity(), pairs.weights, 1), 1)[0], narrow[0]);
  }

  @Test
  @Feature({"R08", "S30"})
  void synapsesAreSortedAndValuesGoWithThem() {
    int[] sources = {2, 0, 2, 0, 2};
    int[] targets = {1, 3, 0, 3, 1};
    float[] weights = {10, 20, 30, 40, 50};
    try (var simulation =
        Simulation.open(
            spec(Connectivity.Sparse.of(sources, targets), weights, 1), Models.settings())) {
      SparseConnectivity synapses = simulation.sparseConnectivity("s");
      assertArrayEquals(new int[] {0, 0, 2, 2, 2}, synapses.sources());
      assertArrayEquals(new int[] {3, 3, 0, 1, 1}, synapses.targets());
      VariableView g = simulation.variable(VariableReference.synapse("s", "g"));
      assertArrayEquals(new float[] {20, 40, 30, 10, 50}, g.toArray());
      assertArrayEquals(new int[] {5}, g.shape());
      g.set(new float[] {1, 2, 3, 4, 5});
      assertEquals(3, g.get(0, 2));
      assertEquals(4, g.get(0, 2, 1));
      simulation.reinitialise();
      assertArrayEquals(new float[] {20, 40, 30, 10, 50}, g.toArray());
    }
  }

  /// Without a bound on what a view's element numbers mean, one past the end would be another
  /// row's.
  @Test
  void elementsOutsideAreRefused() {
    Pairs pairs = Pairs.random(4);
    try (var simulation =
        Simulation.open(spec(pairs.connectivity(), pairs.weights, 1), Models.settings())) {
      VariableView g = simulation.variable(VariableReference.synapse("s", "g"));
      assertThrows(IndexOutOfBoundsException.class, () -> g.get(0, 4));
      assertThrows(IndexOutOfBoundsException.class, () -> g.get(0, -1));
      assertThrows(IllegalArgumentException.class, () -> g.set(new float[5]));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"g = (2.0 * g) + (scalar) id_post;", "g = (100.0 * id_pre) + id_post;"})
  @Feature("C07")
  void customUpdateVisitsEverySynapse(String code) {
    Pairs pairs = Pairs.random(120);
    CustomUpdateModel update =
        new CustomUpdateModel("Change", code).reference("g", VarAccessMode.READ_WRITE);
    ModelSpec spec =
        spec(pairs.connectivity(), pairs.weights, 1)
            .customUpdate(
                new CustomUpdate("change", "Change", update, Bindings.NONE)
                    .reference("g", VariableReference.synapse("s", "g")));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      VariableView g = simulation.variable(VariableReference.synapse("s", "g"));
      float[] before = g.toArray();
      simulation.customUpdate("Change");
      int[] sources = simulation.sparseConnectivity("s").sources();
      int[] targets = simulation.sparseConnectivity("s").targets();
      for (int k = 0; k < before.length; k++) {
        float expected =
            code.startsWith("g = (2.0")
                ? 2 * before[k] + targets[k]
                : 100f * sources[k] + targets[k];
        assertEquals(expected, g.get(0, k));
      }
    }
  }

  /// A gradient over two slices, summed over the batch by a custom update.
  @ParameterizedTest
  @CsvSource({"true, 1", "true, 2", "false, 1"})
  @Feature({"C07", "C11"})
  void backwardPhaseAddsToAGradient(boolean accumulates, int threads) {
    Pairs pairs = Pairs.random(100);
    float[] sparse = gradient(pairs.connectivity(), pairs.weights, accumulates, threads);
    float[] dense = gradient(new Connectivity.Dense(), pairs.dense(), accumulates, threads);
    int[][] order = order(pairs);
    assertEquals(100, sparse.length);
    for (int k = 0; k < sparse.length; k++) {
      assertEquals(dense[order[0][k] * TARGETS + order[1][k]], sparse[k]);
    }
  }

  private static int[][] order(Pairs pairs) {
    try (var simulation =
        Simulation.open(spec(pairs.connectivity(), pairs.weights, 1), Models.settings())) {
      SparseConnectivity synapses = simulation.sparseConnectivity("s");
      return new int[][] {synapses.sources(), synapses.targets()};
    }
  }

  private static float[] gradient(
      Connectivity connectivity, float[] weights, boolean accumulates, int threads) {
    WeightUpdateModel model =
        new WeightUpdateModel("Gradient")
            .variable("g", VarAccess.READ_ONLY)
            .variable("Gradient", VarAccess.READ_WRITE)
            .postNeuronVariable("W")
            .preSpikeSynCode("addToPost(g);")
            .preSpikeSynCode(Phase.BACKWARD, "Gradient -= 0.5 * W;");
    CustomUpdateModel update =
        new CustomUpdateModel(
                "Reduce",
                accumulates ? "Reduced = Gradient; Gradient = 0.0;" : "Reduced = 1.0 * Gradient;")
            .variable(new CustomUpdateVariable("Reduced", CustomUpdateVarAccess.REDUCE_BATCH_SUM))
            .reference("Gradient", VarAccessMode.READ_WRITE);
    NeuronModel out =
        new NeuronModel("Out")
            .variable("W")
            .simCode("W += 1.0;")
            .simCode(Phase.BACKWARD, "W -= 1.0 + (0.25 * id);");
    ModelSpec spec =
        new ModelSpec("gradient", 1, 4, 1)
            .neuronGroup(
                new NeuronGroup("in", SOURCES, NeuronModel.externalSpikes("Input"), Bindings.NONE))
            .neuronGroup(new NeuronGroup("out", TARGETS, out, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    connectivity,
                    "in",
                    "out",
                    new WeightUpdate(
                        model, Bindings.NONE.initialValue("g", InitialValue.of(weights))),
                    DELTA))
            .customUpdate(
                new CustomUpdate("reduce", "Reduce", update, Bindings.NONE)
                    .reference("Gradient", VariableReference.synapse("s", "Gradient")))
            .schedule(
                "trial",
                new Schedule(STEPS)
                    .beginTrial(true, true)
                    .run(Phase.FORWARD)
                    .run(Phase.BACKWARD)
                    .update("Reduce"));
    try (var simulation = Simulation.open(spec, Models.settings().threads(threads).slices(2))) {
      for (int example = 0; example < 4; example++) {
        int[] offsets = new int[STEPS + 2];
        int[] ids = new int[STEPS];
        for (int step = 0; step < STEPS; step++) {
          offsets[step + 2] = step + 1;
          ids[step] = (5 * step + 3 * example) % SOURCES;
        }
        simulation.setSpikes("in", example, offsets, ids);
      }
      simulation.runTrial("trial");
      return simulation.variable(VariableReference.customUpdate("reduce", "Reduced")).toArray();
    }
  }

  @Test
  @Feature("S29")
  void connectionsOutsideOfThePopulationsAreNamed() {
    ModelSpec spec =
        spec(Connectivity.Sparse.of(new int[] {1, 0}, new int[] {2, 31}), new float[2], 1);
    assertEquals(
        """
        model 'sparse' has a problem:
          - synapse group 's': connection 1 is from neuron 0 of 23 in 'in' to neuron 31 of 31 in 'out'\
        """,
        assertThrows(IllegalArgumentException.class, () -> Simulation.open(spec, Models.settings()))
            .getMessage());
    assertEquals(
        "sparse connections: got 1 sources, but 2 targets",
        assertThrows(
                IllegalArgumentException.class,
                () -> Connectivity.Sparse.of(new int[1], new int[2]))
            .getMessage());
  }

  @Test
  void groupWithoutSynapsesDoesNothing() {
    float[][] result =
        run(spec(Connectivity.Sparse.of(new int[0], new int[0]), new float[0], 1), 1);
    assertArrayEquals(new float[TARGETS], result[0]);
  }

  @Test
  void bytesOfRowsAreKnownBeforeTheyExist() {
    Pairs pairs = Pairs.random(50);
    try (var simulation =
        Simulation.open(spec(pairs.connectivity(), pairs.weights, 1), Models.settings())) {
      assertTrue(
          simulation.describe().contains("variable 'g' of synapse group 's': float (23, row)"),
          simulation.describe());
    }
  }
}
