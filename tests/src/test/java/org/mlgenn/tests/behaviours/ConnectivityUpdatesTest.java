package org.mlgenn.tests.behaviours;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mlgenn.tests.behaviours.Parts.neurons;
import static org.mlgenn.tests.behaviours.Parts.synapses;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.runtime.Simulation;
import org.genn.engine.runtime.SparseConnectivity;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// A6, and what A7.3, A7.4, A7.7 and A7.11 say of custom connectivity updates.
final class ConnectivityUpdatesTest extends Behaviours {
  private static final int SIZE = 64;
  private static final VariableReference G = VariableReference.synapse("s", "g");
  private static final VariableReference D = VariableReference.synapse("s", "d");
  private static final VariableReference E = VariableReference.synapse("s", "e");
  private static final VariableReference COPY = VariableReference.customUpdate("copy", "c");

  private static final SparseInit UPPER_TRIANGLE =
      new SparseInit("UpperTriangle")
          .rowBuildCode(
              """
              for (unsigned int j = id_pre; j < num_post; j++) {
                addSynapse(j);
              }
              """);

  /// All `i → j ≥ i`, with `g = 64 i + j` and `d = 64 j + i`.
  private ModelSpec triangle(boolean hasNarrowIndices) {
    var model =
        new WeightUpdateModel("Weights")
            .variable("g", VarAccess.READ_ONLY)
            .variable("d", VarAccess.READ_ONLY)
            .variable("e", VarAccess.READ_WRITE)
            .preSpikeSynCode("addToPost(g + d + e);");
    var bindings =
        Bindings.NONE
            .initialValue("g", Parts.code("G", "value = (64.0 * id_pre) + id_post;"))
            .initialValue("d", Parts.code("D", "value = (64.0 * id_post) + id_pre;"))
            .initialValue("e", 7);
    var copy =
        new CustomUpdateModel("Copy", "c = g;")
            .variable(new CustomUpdateVariable("c", CustomUpdateVarAccess.READ_WRITE))
            .reference("g", VarAccessMode.READ_ONLY);
    var connectivity =
        new Connectivity.Sparse(new BuiltSynapses(UPPER_TRIANGLE, Bindings.NONE), hasNarrowIndices);
    return model("triangle")
        .neuronGroup(neurons("pre", SIZE, Parts.ALWAYS_SPIKES))
        .neuronGroup(neurons("post", SIZE, Parts.SUM))
        .synapseGroup(synapses("s", connectivity, "pre", "post", model, bindings))
        .customUpdate(new CustomUpdate("copy", "Copy", copy, Bindings.NONE).reference("g", G))
        .customConnectivityUpdate(adding());
  }

  private static CustomConnectivityUpdate adding() {
    var model =
        new CustomConnectivityUpdateModel(
                "AddDiagonal",
                "add_synapse(id_pre, (64.0 * id_pre) + id_pre, (64.0 * id_pre) + id_pre);")
            .reference("g", VarAccessMode.READ_WRITE)
            .reference("d", VarAccessMode.READ_WRITE);
    return new CustomConnectivityUpdate("add", "Add", "s", model, Bindings.NONE)
        .reference("g", G)
        .reference("d", D);
  }

  private static final String REMOVE =
      "for_each_synapse { if (id_post == %s) { remove_synapse(); break; } }";

  @Test
  @Feature({"C17", "C18", "S26", "R12"})
  void codeRemovesTheDiagonal() { // A6.1
    removeAndAdd(
        triangle(true), new CustomConnectivityUpdateModel("Remove", REMOVE.formatted("id_pre")));
  }

  @Test
  @Feature({"C17", "C18", "C19", "R12"})
  void anArrayThatHostCodeFillsSaysWhatToRemove() { // A6.1
    removeAndAdd(
        triangle(false),
        new CustomConnectivityUpdateModel("Remove", REMOVE.formatted("d[id_pre]"))
            .extraGlobalParameter("d", "unsigned int*")
            .hostUpdateCode(
                "for (unsigned int i = 0; i < num_pre; i++) { d[i] = i; }"
                    + " pushdToDevice(num_pre);"));
  }

  @Test
  @Feature({"C17", "C18", "C19", "C20", "R12"})
  void aVariableThatHostCodeFillsSaysWhatToRemove() { // A6.1
    removeAndAdd(
        triangle(false),
        new CustomConnectivityUpdateModel("Remove", REMOVE.formatted("d"))
            .preVariable(new Variable("d", "unsigned int", VarAccess.READ_WRITE))
            .hostUpdateCode(
                "for (unsigned int i = 0; i < num_pre; i++) { d[i] = i; } pushdToDevice();"));
  }

  private void removeAndAdd(ModelSpec triangle, CustomConnectivityUpdateModel remove) {
    var bindings =
        remove.declarations().extraGlobalParameters().isEmpty()
            ? Bindings.NONE
            : Bindings.NONE.extraGlobalParameter("d", new float[SIZE]);
    var spec =
        triangle.customConnectivityUpdate(
            new CustomConnectivityUpdate("remove", "Remove", "s", remove, bindings));
    try (var simulation = open(spec)) {
      simulation.customUpdate("Copy");
      expectTriangle(simulation, 0);
      expectEach(simulation, E, _ -> 7);
      simulation.customUpdate("Remove");
      expectTriangle(simulation, 1);
      expectEach(simulation, E, _ -> 7);
      simulation.customUpdate("Add");
      expectTriangle(simulation, 0);
      int[] pre = simulation.sparseConnectivity("s").sources();
      int[] post = simulation.sparseConnectivity("s").targets();
      expectEach(simulation, E, k -> pre[k] == post[k] ? 0 : 7);
      expectEach(simulation, COPY, k -> pre[k] == post[k] ? 0 : 64 * pre[k] + post[k]);
    }
  }

  private static int[] sortedPairs(SparseConnectivity connectivity) {
    int[] pre = connectivity.sources();
    int[] post = connectivity.targets();
    return IntStream.range(0, post.length).map(k -> SIZE * pre[k] + post[k]).sorted().toArray();
  }

  /// In any order within a row: the removed diagonal has let the last synapse to its place.
  private static void expectTriangle(Simulation simulation, int missing) {
    var connectivity = simulation.sparseConnectivity("s");
    assertArrayEquals(
        IntStream.range(0, SIZE).map(i -> SIZE - i - missing).toArray(), connectivity.rowLengths());
    int[] pre = connectivity.sources();
    int[] post = connectivity.targets();
    assertArrayEquals(
        IntStream.range(0, SIZE)
            .flatMap(i -> IntStream.range(i + missing, SIZE).map(j -> SIZE * i + j))
            .toArray(),
        sortedPairs(connectivity));
    expectEach(simulation, G, k -> 64 * pre[k] + post[k]);
    expectEach(simulation, D, k -> 64 * post[k] + pre[k]);
  }

  @Test
  @Feature({"C17", "C20"})
  void delayedVariablesOfBothEndsAreThoseOfNow() { // A6.2
    Assumptions.assumeTrue(
        setting.batchSize() == 1, "variables of which each example has values can't decide");
    var source =
        new NeuronModel("Source")
            .variable("removeIdx")
            .simCode("removeIdx = (scalar) ((id + (unsigned int) round(t)) % num_neurons);")
            .thresholdCondition("true");
    var target =
        new NeuronModel("Target")
            .variable("isRemoved")
            .simCode("isRemoved = (id == (num_neurons - (unsigned int) round(t))) ? 1.0 : 0.0;")
            .thresholdCondition("true");
    var weights =
        new WeightUpdateModel("Weights")
            .variable("g", VarAccess.READ_WRITE)
            .preNeuronVariable("removeIdx")
            .postNeuronVariable("isRemoved")
            .preSpikeSynCode("g = removeIdx;")
            .postSpikeSynCode("g = isRemoved;");
    var remove =
        new CustomConnectivityUpdateModel(
                "Remove",
                """
                for_each_synapse {
                  if (id_post == (unsigned int) removeIdx || isRemoved > 0.5) {
                    remove_synapse();
                  }
                }
                """)
            .preReference(new VariableDeclaration("removeIdx"))
            .postReference(new VariableDeclaration("isRemoved"));
    int[] all = new int[SIZE * SIZE];
    Arrays.setAll(all, k -> k / SIZE);
    int[] targets = new int[SIZE * SIZE];
    Arrays.setAll(targets, k -> k % SIZE);
    ModelSpec spec =
        model("delayed")
            .neuronGroup(neurons("pre", SIZE, source))
            .neuronGroup(neurons("post", SIZE, target))
            .synapseGroup(
                synapses(
                        "s",
                        Connectivity.Sparse.of(all, targets),
                        "pre",
                        "post",
                        new WeightUpdate(weights, Bindings.NONE))
                    .axonalDelay(5)
                    .backPropagationDelay(5))
            .customConnectivityUpdate(
                new CustomConnectivityUpdate("remove", "Remove", "s", remove, Bindings.NONE)
                    .preReference("removeIdx", VariableReference.neuron("pre", "removeIdx"))
                    .postReference("isRemoved", VariableReference.neuron("post", "isRemoved")));
    try (var simulation = open(spec)) {
      run(simulation, 5);
      simulation.customUpdate("Remove");
      assertArrayEquals(
          IntStream.range(0, SIZE)
              .flatMap(
                  i ->
                      IntStream.range(0, SIZE)
                          .filter(j -> j != (i + 4) % SIZE && j != 60)
                          .map(j -> SIZE * i + j))
              .toArray(),
          sortedPairs(simulation.sparseConnectivity("s")));
    }
  }

  /// GeNN refuses references to groups with other delays. Sources and targets are of two
  /// populations each, whose variables synapses read later by 2 to 5 steps, and code sees those of
  /// now.
  @Test
  @Feature({"C17", "C20"})
  void variablesOfGroupsWithOtherDelaysAreThoseOfNowToo() { // B8.4
    Assumptions.assumeTrue(
        setting.batchSize() == 1, "variables of which each example has values can't decide");
    int size = 16;
    var counter =
        new NeuronModel("Counter")
            .variable("x")
            .simCode("x = (10.0 * round(t)) + id;")
            .thresholdCondition("true");
    var reading =
        new WeightUpdateModel("Reading")
            .variable("g", VarAccess.READ_WRITE)
            .preNeuronVariable(new VariableDeclaration("ofPre", "scalar", VarAccessMode.READ_ONLY))
            .postNeuronVariable(
                new VariableDeclaration("ofPost", "scalar", VarAccessMode.READ_ONLY))
            .preSpikeSynCode("g = ofPre;")
            .postSpikeSynCode("g = ofPost;");
    var rewire =
        new CustomConnectivityUpdateModel(
                "Cut",
                """
                seen = a + (1000.0 * b);
                for_each_synapse {
                  if (d > 82.5) {
                    remove_synapse();
                  } else {
                    w = c + (1000.0 * d);
                  }
                }
                """)
            .preVariable(new Variable("seen"))
            .variable(new Variable("w"))
            .preReference(new VariableDeclaration("a"))
            .preReference(new VariableDeclaration("b"))
            .postReference(new VariableDeclaration("c"))
            .postReference(new VariableDeclaration("d"));
    ModelSpec spec = model("several");
    for (String name : new String[] {"pre", "otherPre", "post", "otherPost"}) {
      spec = spec.neuronGroup(neurons(name, size, counter));
    }
    for (String other : new String[] {"", "other"}) {
      String source = other.isEmpty() ? "pre" : "otherPre";
      String target = other.isEmpty() ? "post" : "otherPost";
      var update =
          new WeightUpdate(reading, Bindings.NONE)
              .preNeuronVariable("ofPre", VariableReference.neuron(source, "x"))
              .postNeuronVariable("ofPost", VariableReference.neuron(target, "x"));
      spec =
          spec.synapseGroup(
              synapses(other + "s", Parts.oneToOne(size), source, target, update)
                  .axonalDelay(other.isEmpty() ? 5 : 3)
                  .backPropagationDelay(other.isEmpty() ? 2 : 4));
    }
    spec =
        spec.customConnectivityUpdate(
            new CustomConnectivityUpdate("rewire", "Rewire", "s", rewire, Bindings.NONE)
                .preReference("a", VariableReference.neuron("pre", "x"))
                .preReference("b", VariableReference.neuron("otherPre", "x"))
                .postReference("c", VariableReference.neuron("post", "x"))
                .postReference("d", VariableReference.neuron("otherPost", "x")));
    try (var simulation = open(spec)) {
      for (int step = 0; step < 9; step++) {
        simulation.stepTime();
        simulation.customUpdate("Rewire");
        int t = step;
        var seen = VariableReference.connectivityUpdatePre("rewire", "seen");
        expectEach(simulation, seen, i -> 1001.0 * (10 * t + i));
        int[] post = simulation.sparseConnectivity("s").targets();
        // d is 10 t + id
        assertEquals(t < 7 ? size : t == 7 ? 13 : 3, post.length);
        var w = VariableReference.connectivityUpdate("rewire", "w");
        expectEach(simulation, w, k -> 1001.0 * (10 * t + post[k]));
      }
      // Synapses see what was there when the spikes that they get were emitted.
      expectEach(simulation, G, i -> 10 * (8 - 1 - 2) + i);
      expectEach(simulation, VariableReference.synapse("others", "g"), i -> 10 * (8 - 1 - 4) + i);
    }
  }

  @Test
  @Feature({"C17", "C21", "R12"})
  void spikesOfTargetsFindTheirSynapsesAfterwards() { // A6.3
    int sources = 4;
    int targets = 16;
    int[][] pairs =
        Arrays.stream(Parts.bitCodedPairs(targets, sources))
            .map(pair -> new int[] {pair[1], pair[0]})
            .toArray(int[][]::new);
    var back =
        new WeightUpdateModel("Back")
            .variable("g", VarAccess.READ_ONLY)
            .postSpikeSynCode("addToPre(g);");
    var remove =
        new CustomConnectivityUpdateModel(
            "RemoveRow", "if (id_pre == 0) { for_each_synapse { remove_synapse(); } }");
    ModelSpec spec =
        model("remap")
            .neuronGroup(neurons("pre", sources, Parts.SUM))
            .neuronGroup(Parts.oneHot("post", targets))
            .synapseGroup(
                synapses(
                    "s",
                    Parts.sparse(pairs),
                    "pre",
                    "post",
                    back,
                    Bindings.NONE.initialValue("g", 1)))
            .customConnectivityUpdate(
                new CustomConnectivityUpdate("remove", "Remove", "s", remove, Bindings.NONE));
    try (var simulation = open(spec)) {
      for (int step = 1; step <= targets; step++) {
        simulation.stepTime();
        expectDecoded(simulation, "pre", step - 1);
      }
      simulation.customUpdate("Remove");
      simulation.setTimestep(0);
      simulation
          .variable(VariableReference.neuron("post", "startSpike"))
          .set(IntStream.range(0, targets).asLongStream().toArray());
      simulation.stepTime();
      for (int step = 2; step <= targets; step++) {
        simulation.stepTime();
        expectDecoded(simulation, "pre", (step - 1) & ~1);
      }
    }
  }

  // ---- values in the order of the connections

  private static final int FEW = 10;
  private static final int PAIRS = 20;

  private ModelSpec removingFirst(Connectivity connectivity) {
    var weights =
        new WeightUpdateModel("Weights")
            .variable("g", VarAccess.READ_WRITE)
            .preSpikeSynCode("addToPost(g);");
    var remove =
        new CustomConnectivityUpdateModel(
            "RemoveFirst", "for_each_synapse { remove_synapse(); break; }");
    return model("first")
        .neuronGroup(neurons("pre", FEW, Parts.ALWAYS_SPIKES))
        .neuronGroup(neurons("post", FEW, Parts.SUM))
        .synapseGroup(
            synapses(
                "s",
                connectivity,
                "pre",
                "post",
                weights,
                Bindings.NONE.initialValue(
                    "g", Parts.code("Ratio", "value = (scalar) id_pre / (scalar) id_post;"))))
        .customConnectivityUpdate(
            new CustomConnectivityUpdate("remove", "Remove", "s", remove, Bindings.NONE));
  }

  @Test
  @Feature({"C17", "S29", "R08", "R12"})
  void valuesFollowGivenConnectionsThatChange() { // A7.3
    var random = new Random(7);
    int[] pre = random.ints(PAIRS, 0, FEW).toArray();
    int[] post = random.ints(PAIRS, 0, FEW).toArray();
    removeFirst(Connectivity.Sparse.of(pre, post));
  }

  @Test
  @Feature({"C17", "S30", "R08", "R12"})
  void valuesFollowConnectionsOfCodeThatChange() { // A7.4
    removeFirst(new Connectivity.Sparse(SparsePatterns.fixedNumberTotal(PAIRS)));
  }

  private void removeFirst(Connectivity connectivity) {
    try (var simulation = open(removingFirst(connectivity))) {
      int[] lengths = simulation.sparseConnectivity("s").rowLengths();
      int nonEmpty = (int) Arrays.stream(lengths).filter(length -> length > 0).count();
      assertEquals(PAIRS, simulation.sparseConnectivity("s").size());
      expectRatios(simulation, 1);
      simulation.customUpdate("Remove");
      assertEquals(PAIRS - nonEmpty, simulation.sparseConnectivity("s").size());
      expectRatios(simulation, 1);
      double[] doubled = simulation.variable(G).toDoubles();
      for (int k = 0; k < doubled.length; k++) {
        doubled[k] *= 2;
      }
      simulation.variable(G).set(doubled);
      simulation.stepTime();
      expectRatios(simulation, 2);
    }
  }

  private static void expectRatios(Simulation simulation, double factor) {
    int[] pre = simulation.sparseConnectivity("s").sources();
    int[] post = simulation.sparseConnectivity("s").targets();
    expectEach(
        simulation,
        G,
        k -> pre[k] == 0 && post[k] == 0 ? Double.NaN : factor * pre[k] / (double) post[k]);
  }

  // ---- dynamic parameters and random numbers

  @Test
  @Feature({"R10", "C19", "R12"})
  void dynamicParametersChangeBetweenUpdates() { // A7.7
    var model =
        new CustomConnectivityUpdateModel("Dynamic", "x = t + shift + input;")
            .parameter("shift")
            .parameter("input")
            .preVariable(new Variable("x"))
            .postVariable(new Variable("y"))
            .hostUpdateCode(
                """
                for (unsigned int i = 0; i < num_post; i++) {
                  y[i] = t + shift + input;
                }
                pushyToDevice();
                """);
    var bindings = Bindings.NONE.parameter("shift", 3).dynamicParameter("input", 0);
    var spec =
        removingFirst(Parts.oneToOne(FEW))
            .customConnectivityUpdate(
                new CustomConnectivityUpdate("dynamic", "Dynamic", "s", model, bindings));
    try (var simulation = open(spec)) {
      var input =
          simulation.dynamicParameter(VariableReference.connectivityUpdate("dynamic", "input"));
      for (int step = 0; step < 10; step++) {
        double t = simulation.t();
        input.set(t * t);
        simulation.customUpdate("Dynamic");
        var x = VariableReference.connectivityUpdatePre("dynamic", "x");
        var y = VariableReference.connectivityUpdatePost("dynamic", "y");
        expectEach(simulation, x, _ -> t + 3 + t * t);
        expectEach(simulation, y, _ -> t + 3 + t * t);
        simulation.stepTime();
      }
    }
  }

  @Test
  @Feature({"C19", "R12"})
  void codeOfRowsAndHostDrawsNewNumbersInEachLaunch() { // A7.11
    int size = 1000;
    int launches = 100;
    var model =
        new CustomConnectivityUpdateModel(
                "Draw", "uniform = gennrand_uniform(); normal = gennrand_normal();")
            .preVariable(new Variable("uniform"))
            .preVariable(new Variable("normal"))
            .postVariable(new Variable("hostUniform"))
            .postVariable(new Variable("hostNormal"))
            .hostUpdateCode(
                """
                for (unsigned int i = 0; i < num_post; i++) {
                  hostUniform[i] = gennrand_uniform();
                  hostNormal[i] = gennrand_normal();
                }
                pushhostUniformToDevice();
                pushhostNormalToDevice();
                """);
    var weights =
        new WeightUpdateModel("Weights")
            .variable("g", VarAccess.READ_ONLY)
            .preSpikeSynCode("addToPost(g);");
    ModelSpec spec =
        model("draw")
            .neuronGroup(neurons("pre", size, Parts.EMPTY))
            .neuronGroup(neurons("post", size, Parts.SUM))
            .synapseGroup(
                synapses("s", Parts.oneToOne(size), "pre", "post", weights, Bindings.NONE))
            .customConnectivityUpdate(
                new CustomConnectivityUpdate("draw", "Draw", "s", model, Bindings.NONE));
    var variables =
        new VariableReference[] {
          VariableReference.connectivityUpdatePre("draw", "uniform"),
          VariableReference.connectivityUpdatePre("draw", "normal"),
          VariableReference.connectivityUpdatePost("draw", "hostUniform"),
          VariableReference.connectivityUpdatePost("draw", "hostNormal")
        };
    double[][] drawn = new double[variables.length][size * launches];
    try (var simulation = open(spec)) {
      for (int launch = 0; launch < launches; launch++) { // time stands still
        simulation.customUpdate("Draw");
        for (int v = 0; v < variables.length; v++) {
          double[] values = simulation.variable(variables[v]).toDoubles();
          System.arraycopy(values, 0, drawn[v], launch * size, size);
        }
      }
    }
    for (int v = 0; v < variables.length; v++) {
      DoubleUnaryOperator distribution = v % 2 == 0 ? Distribution::uniform : Distribution::normal;
      double likelihood = Distribution.likelihood(drawn[v], distribution);
      assertTrue(likelihood > 1e-4, variables[v] + ": " + likelihood);
    }
  }
}
