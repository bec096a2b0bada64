package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomConnectivityUpdateModel;
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
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rewiring over many steps in the manner of DEEP R: synapses whose weight has changed its sign are
/// removed, and as many are added anywhere.
///
/// @see <a href="https://arxiv.org/abs/1711.05136">Bellec et al. (2018)</a>
@Feature({"C17", "C18", "C19", "C20", "C21"})
class RewiringTest {
  private static final int SOURCES = 40;
  private static final int TARGETS = 50;
  private static final int SYNAPSES = 240;
  private static final int ROOM = 24;
  private static final int STEPS = 200;

  private static final VariableReference G = VariableReference.synapse("s", "g");
  private static final VariableReference TAG = VariableReference.synapse("s", "tag");
  private static final VariableReference TRACE = VariableReference.synapse("s", "trace");
  private static final VariableReference AGE = VariableReference.customUpdate("age", "age");
  private static final VariableReference SIGN = VariableReference.connectivityUpdate("add", "sign");

  private static InitialValue code(String text) {
    return new InitialValue.Snippet(new VariableInit("Code", text), Bindings.NONE);
  }

  /// `tag` says which pair a synapse connects; `trace` has a value per example.
  private static ModelSpec spec(int batch) {
    var source =
        new NeuronModel("Source")
            .variable("back")
            .simCode("back += Isyn;")
            .thresholdCondition("((7 * id) + (unsigned int) round(t)) % 9 == 0");
    var target =
        new NeuronModel("Target")
            .variable("V")
            .simCode("V = (0.5 * V) + Isyn;")
            .thresholdCondition("((5 * id) + (unsigned int) round(t)) % 11 == 0");
    var weights =
        new WeightUpdateModel("Weights")
            .variable("g", VarAccess.READ_ONLY)
            .variable("tag", VarAccess.READ_ONLY)
            .variable("trace", VarAccess.READ_WRITE)
            .preSpikeSynCode("addToPost(g); trace += 1.0;")
            .postSpikeSynCode("addToPre(tag);");
    var bindings =
        Bindings.NONE
            .initialValue("g", code("value = gennrand_uniform() + 0.1;"))
            .initialValue("tag", code("value = (num_post * id_pre) + id_post;"));
    var age =
        new CustomUpdateModel("Age", "age += 1.0 + (0.0 * g);")
            .variable(new CustomUpdateVariable("age", CustomUpdateVarAccess.READ_WRITE))
            .reference("g", VarAccessMode.READ_ONLY);
    var remove =
        new CustomConnectivityUpdateModel(
                "Remove",
                """
                removed = 0u;
                for_each_synapse {
                  if (g * sign < 0.0) {
                    remove_synapse();
                    removed++;
                  }
                }
                """)
            .preVariable(new Variable("removed", "unsigned int", VarAccess.READ_WRITE))
            .reference("g", VarAccessMode.READ_ONLY)
            .reference("sign", VarAccessMode.READ_ONLY);
    var add =
        new CustomConnectivityUpdateModel(
                "Add",
                """
                while (missing > 0u) {
                  const unsigned int j = gennrand() % num_post;
                  bool isFree = true;
                  for_each_synapse {
                    if (id_post == j) {
                      isFree = false;
                      break;
                    }
                  }
                  if (isFree) {
                    const scalar s = (gennrand_uniform() < 0.5) ? -1.0 : 1.0;
                    add_synapse(j, s, 0.01 * s, (num_post * id_pre) + j);
                    missing--;
                  }
                }
                """)
            .variable(new Variable("sign"))
            .preVariable(new Variable("missing", "unsigned int", VarAccess.READ_WRITE))
            .reference("g", VarAccessMode.READ_WRITE)
            .reference("tag", VarAccessMode.READ_WRITE)
            .extraGlobalParameter("wanted", "uint32_t*")
            .hostUpdateCode(
                """
                pullRowLengthFromDevice();
                unsigned int count = 0;
                for (unsigned int i = 0; i < num_pre; i++) {
                  count += row_length[i];
                  missing[i] = 0;
                }
                while (count < wanted[0]) {
                  const unsigned int i = gennrand() % num_pre;
                  if (row_length[i] + missing[i] < row_stride) {
                    missing[i]++;
                    count++;
                  }
                }
                pushmissingToDevice();
                """);
    return new ModelSpec("rewiring", 1, batch, 11)
        .neuronGroup(new NeuronGroup("pre", SOURCES, source, Bindings.NONE))
        .neuronGroup(new NeuronGroup("post", TARGETS, target, Bindings.NONE))
        .synapseGroup(
            new SynapseGroup(
                "s",
                Connectivity.Sparse.of(sources(), targets()).maxConnections(ROOM),
                "pre",
                "post",
                new WeightUpdate(weights, bindings),
                new Postsynapse(Models.DELTA, Bindings.NONE)))
        .customUpdate(new CustomUpdate("age", "Age", age, Bindings.NONE).reference("g", G))
        .customConnectivityUpdate(
            new CustomConnectivityUpdate("remove", "Remove", "s", remove, Bindings.NONE)
                .reference("g", G)
                .reference("sign", SIGN))
        .customConnectivityUpdate(
            new CustomConnectivityUpdate(
                    "add",
                    "Add",
                    "s",
                    add,
                    Bindings.NONE
                        .initialValue("sign", 1)
                        .extraGlobalParameter("wanted", new float[] {SYNAPSES}))
                .reference("g", G)
                .reference("tag", TAG));
  }

  private static int[] sources() {
    int[] sources = new int[SYNAPSES];
    Arrays.setAll(sources, k -> k % SOURCES);
    return sources;
  }

  private static int[] targets() {
    int[] targets = new int[SYNAPSES];
    Arrays.setAll(targets, k -> (7 * (k / SOURCES) + 3 * k) % TARGETS);
    return targets;
  }

  /// Values of each synapse, by pair.
  private static Map<Integer, double[]> values(Simulation simulation) {
    int[] sources = simulation.sparseConnectivity("s").sources();
    int[] targets = simulation.sparseConnectivity("s").targets();
    var values = new HashMap<Integer, double[]>();
    for (int k = 0; k < sources.length; k++) {
      int pair = sources[k] * TARGETS + targets[k];
      double[] own = new double[4 + simulation.batchSize()];
      own[0] = simulation.variable(G).get(0, k);
      own[1] = simulation.variable(TAG).get(0, k);
      own[2] = simulation.variable(AGE).get(0, k);
      own[3] = simulation.variable(SIGN).get(0, k);
      for (int example = 0; example < simulation.batchSize(); example++) {
        own[4 + example] = simulation.variable(TRACE).get(example, k);
      }
      assertEquals(pair, (int) own[1]);
      assertEquals(null, values.put(pair, own), "a pair is connected twice");
    }
    return values;
  }

  /// Moves all weights by noise.
  private static void learn(Simulation simulation, Random random) {
    float[] g = simulation.variable(G).toArray();
    for (int k = 0; k < g.length; k++) {
      g[k] += 0.05f * (float) random.nextGaussian();
    }
    simulation.variable(G).set(g);
  }

  private static void expectLengths(Simulation simulation) {
    var connectivity = simulation.sparseConnectivity("s");
    int[] targets = connectivity.targets();
    for (int length : connectivity.rowLengths()) {
      assertTrue(length <= ROOM);
    }
    for (VariableReference variable : new VariableReference[] {G, TAG, AGE, SIGN, TRACE}) {
      assertEquals(targets.length, simulation.variable(variable).elements());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 2"})
  @Feature("R12")
  void valuesFollowTheirSynapses(int batch, int threads) {
    var random = new Random(5);
    int changed = 0;
    try (var simulation = Simulation.open(spec(batch), Models.settings().threads(threads))) {
      for (int step = 0; step < STEPS; step++) {
        simulation.stepTime();
        simulation.customUpdate("Age");
        learn(simulation, random);
        var before = values(simulation);
        simulation.customUpdate("Remove");
        var left = values(simulation);
        expectLengths(simulation);
        before.forEach(
            (pair, own) -> {
              boolean isKept = own[0] * own[3] >= 0;
              assertEquals(isKept, left.containsKey(pair));
              if (isKept) {
                assertArrayEquals(own, left.get(pair));
              }
            });
        simulation.customUpdate("Add");
        var after = values(simulation);
        expectLengths(simulation);
        assertEquals(SYNAPSES, after.size());
        for (var entry : after.entrySet()) {
          double[] own = entry.getValue();
          if (left.containsKey(entry.getKey())) {
            assertArrayEquals(left.get(entry.getKey()), own);
          } else {
            changed++;
            double[] fresh = new double[own.length];
            fresh[0] = 0.01f * own[3];
            fresh[1] = entry.getKey();
            fresh[3] = own[3];
            assertArrayEquals(fresh, own);
            assertEquals(1, Math.abs(own[3]));
          }
        }
      }
    }
    assertTrue(changed > STEPS, changed + " synapses were replaced");
  }

  /// What is left of a run.
  private static float[][] run(Simulation simulation) {
    var random = new Random(5);
    for (int step = 0; step < 50; step++) {
      simulation.stepTime();
      simulation.customUpdate("Age");
      learn(simulation, random);
      simulation.customUpdate("Remove");
      simulation.customUpdate("Add");
    }
    float[] targets = new float[SYNAPSES];
    int[] found = simulation.sparseConnectivity("s").targets();
    for (int k = 0; k < targets.length; k++) {
      targets[k] = found[k];
    }
    return new float[][] {
      targets,
      simulation.variable(G).toArray(),
      simulation.variable(TRACE).toArray(),
      simulation.variable(VariableReference.neuron("pre", "back")).toArray(),
      simulation.variable(VariableReference.neuron("post", "V")).toArray()
    };
  }

  static float[][] run(String backend, int threads) {
    return run(2, Models.settings().backend(backend).threads(threads));
  }

  private static float[][] run(int batch, RuntimeSettings settings) {
    try (var simulation = Simulation.open(spec(batch), settings)) {
      return run(simulation);
    }
  }

  /// Threads that share an example find the targets of their part in rows that have changed.
  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  @Feature({"R12", "G03"})
  void partsDoNotMatter(int parts) {
    float[][] whole = run(1, Models.settings().threads(1).parts(1));
    float[][] divided = run(1, Models.settings().threads(2).parts(parts));
    for (int k = 0; k < whole.length; k++) {
      assertArrayEquals(whole[k], divided[k]);
    }
  }

  @Test
  @Feature({"R12", "G03"})
  void threadsDoNotMatter() {
    float[][] one = run("auto", 1);
    float[][] three = run("auto", 3);
    for (int k = 0; k < one.length; k++) {
      assertArrayEquals(one[k], three[k]);
    }
  }

  @Test
  void reinitialisingRepeatsAllAndLaunchesDiffer() {
    try (var simulation = Simulation.open(spec(2), Models.settings())) {
      float[][] first = run(simulation);
      simulation.reinitialise();
      float[][] second = run(simulation);
      for (int k = 0; k < first.length; k++) {
        assertArrayEquals(first[k], second[k]);
      }
      // without a step in between, other synapses are added the next time
      int[][] added = new int[2][];
      for (int launch = 0; launch < 2; launch++) {
        simulation.variable(G).fill(0);
        simulation.variable(G).set(0, 0, -simulation.variable(SIGN).get(0, 0));
        float[] opposite = simulation.variable(SIGN).toArray();
        for (int k = 0; k < opposite.length; k++) {
          opposite[k] = -opposite[k];
        }
        simulation.variable(G).set(opposite);
        simulation.customUpdate("Remove");
        assertEquals(0, simulation.sparseConnectivity("s").size());
        simulation.customUpdate("Add");
        added[launch] = simulation.sparseConnectivity("s").targets();
        assertEquals(SYNAPSES, added[launch].length);
      }
      assertNotEquals(Arrays.toString(added[0]), Arrays.toString(added[1]));
      assertFalse(Arrays.stream(added[0]).allMatch(target -> target == added[0][0]));
    }
  }

  @Test
  @Feature("I07")
  void randomConnectionsCanBeThinnedOut() {
    var model =
        new CustomConnectivityUpdateModel(
            "Thin", "for_each_synapse { if (gennrand_uniform() < 0.5) { remove_synapse(); } }");
    var weights =
        new WeightUpdateModel("Weights")
            .variable("g", VarAccess.READ_ONLY)
            .preSpikeSynCode("addToPost(g);");
    int size = 300;
    var neurons =
        new NeuronModel("N").variable("x").simCode("x = Isyn;").thresholdCondition("true");
    var spec =
        new ModelSpec("thin", 1, 1, 11)
            .neuronGroup(new NeuronGroup("n", size, neurons, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.Sparse(SparsePatterns.fixedProbability(0.4), true),
                    "n",
                    "n",
                    new WeightUpdate(weights, Bindings.NONE.initialValue("g", 1)),
                    new Postsynapse(Models.DELTA, Bindings.NONE)))
            .customConnectivityUpdate(
                new CustomConnectivityUpdate("thin", "Thin", "s", model, Bindings.NONE));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      int before = simulation.sparseConnectivity("s").size();
      simulation.customUpdate("Thin");
      int after = simulation.sparseConnectivity("s").size();
      // six standard deviations of Binomial(before, 1/2)
      assertEquals(0.5 * before, after, 3 * Math.sqrt(before));
      simulation.stepTime();
      simulation.stepTime();
      float sum = 0;
      for (float x : simulation.variable(VariableReference.neuron("n", "x")).toArray()) {
        sum += x;
      }
      assertEquals(after, sum);
    }
  }
}
