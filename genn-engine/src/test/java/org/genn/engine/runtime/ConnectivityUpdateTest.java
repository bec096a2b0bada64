package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Custom connectivity updates.
@Feature({"C17", "C18"})
class ConnectivityUpdateTest {
  private static final int SIZE = 64;
  private static final Postsynapse DELTA = new Postsynapse(Models.DELTA, Bindings.NONE);
  private static final VariableReference G = VariableReference.synapse("s", "g");
  private static final VariableReference D = VariableReference.synapse("s", "d");
  private static final NeuronModel NEURON =
      new NeuronModel("Neuron").variable("V").simCode("V += Isyn;").thresholdCondition("false");

  private static InitialValue code(String text) {
    return new InitialValue.Snippet(
        new VariableInit("Code", org.genn.engine.model.Declarations.NONE, text), Bindings.NONE);
  }

  /// From each neuron `i` to all `j ≥ i`, with `g = 64 i + j` and `d = 64 j + i`.
  private static Connectivity.Sparse triangle() {
    int[] sources = new int[SIZE * (SIZE + 1) / 2];
    int[] targets = new int[sources.length];
    int synapse = 0;
    for (int i = 0; i < SIZE; i++) {
      for (int j = i; j < SIZE; j++) {
        sources[synapse] = i;
        targets[synapse++] = j;
      }
    }
    return Connectivity.Sparse.of(sources, targets);
  }

  /// @param e variable of which each example has values
  private static ModelSpec triangle(int batch) {
    var model =
        new WeightUpdateModel("Weights")
            .variable("g", VarAccess.READ_ONLY)
            .variable("d", VarAccess.READ_ONLY)
            .variable("e", VarAccess.READ_WRITE)
            .preSpikeSynCode("addToPost(g + d); e += 1.0;");
    var bindings =
        Bindings.NONE
            .initialValue("g", code("value = (64.0 * id_pre) + id_post;"))
            .initialValue("d", code("value = (64.0 * id_post) + id_pre;"))
            .initialValue("e", code("value = 1.0 + id_pre;"));
    return new ModelSpec("triangle", 1, batch, 3)
        .neuronGroup(new NeuronGroup("pre", SIZE, NEURON, Bindings.NONE))
        .neuronGroup(new NeuronGroup("post", SIZE, NEURON, Bindings.NONE))
        .synapseGroup(
            new SynapseGroup(
                "s", triangle(), "pre", "post", new WeightUpdate(model, bindings), DELTA));
  }

  private static CustomConnectivityUpdate removing(
      String name, CustomConnectivityUpdateModel model) {
    return new CustomConnectivityUpdate(name, "Remove", "s", model, Bindings.NONE);
  }

  /// The three ways to say which synapse to remove.
  private static CustomConnectivityUpdate removing(String how) {
    return switch (how) {
      case "code" ->
          removing(
              "remove",
              new CustomConnectivityUpdateModel(
                  "Remove", "for_each_synapse { if(id_post == id_pre) { remove_synapse(); } }"));
      case "array" ->
          removing(
                  "remove",
                  new CustomConnectivityUpdateModel(
                          "Remove",
                          "for_each_synapse { if(id_post == diagonal[id_pre]) { remove_synapse();"
                              + " break; } }")
                      .extraGlobalParameter("diagonal", "uint32_t*")
                      .hostUpdateCode(
                          """
                          for(unsigned int i = 0; i < num_pre; i++) {
                            diagonal[i] = i;
                          }
                          pushdiagonalToDevice(num_pre);
                          """))
              .bindings(Bindings.NONE.extraGlobalParameter("diagonal", new float[SIZE]));
      default ->
          removing(
              "remove",
              new CustomConnectivityUpdateModel(
                      "Remove",
                      "for_each_synapse { if(id_post == diagonal) { remove_synapse(); continue; }"
                          + " }")
                  .preVariable(new Variable("diagonal", "unsigned int", VarAccess.READ_WRITE))
                  .hostUpdateCode(
                      """
                      for(unsigned int i = 0; i < num_pre; i++) {
                        diagonal[i] = i;
                      }
                      pushdiagonalToDevice();
                      """));
    };
  }

  private static CustomConnectivityUpdate adding() {
    var model =
        new CustomConnectivityUpdateModel(
                "Add", "add_synapse(id_pre, (64.0 * id_pre) + id_pre, 64.0 * id_pre + id_pre);")
            .reference("g", VarAccessMode.READ_WRITE)
            .reference("d", VarAccessMode.READ_WRITE);
    return new CustomConnectivityUpdate("add", "Add", "s", model, Bindings.NONE)
        .reference("g", G)
        .reference("d", D);
  }

  private static void assertTriangle(Simulation simulation, boolean hasDiagonal) {
    var synapses = simulation.sparseConnectivity("s");
    int[] sources = synapses.sources();
    int[] targets = synapses.targets();
    int skipped = hasDiagonal ? 0 : 1;
    assertArrayEquals(
        IntStream.range(0, SIZE).map(i -> SIZE - i - skipped).toArray(), synapses.rowLengths());
    int synapse = 0;
    for (int i = 0; i < SIZE; i++) {
      for (int j = i + skipped; j < SIZE; j++) {
        assertEquals(i, sources[synapse]);
        assertEquals(j, targets[synapse]);
        assertEquals(SIZE * i + j, simulation.variable(G).get(0, synapse));
        assertEquals(SIZE * j + i, simulation.variable(D).get(0, synapse));
        synapse++;
      }
    }
    assertEquals(synapse, synapses.size());
    assertArrayEquals(new int[] {synapse}, simulation.variable(G).shape());
  }

  @ParameterizedTest
  @CsvSource({"code, 1, 1", "array, 1, 1", "variable, 1, 2", "code, 5, 2", "variable, 5, 1"})
  @Feature({"C19", "C20", "R08", "R12"})
  void theDiagonalIsRemovedAndAddedAgain(String how, int batch, int threads) {
    var own =
        new CustomUpdateModel("Copy", "h = g;")
            .variable(new CustomUpdateVariable("h", CustomUpdateVarAccess.READ_WRITE))
            .reference("g", VarAccessMode.READ_ONLY);
    var spec =
        triangle(batch)
            .customUpdate(new CustomUpdate("copy", "Copy", own, Bindings.NONE).reference("g", G))
            .customConnectivityUpdate(removing(how))
            .customConnectivityUpdate(adding());
    try (var simulation = Simulation.open(spec, Models.settings().threads(threads))) {
      simulation.customUpdate("Copy");
      assertTriangle(simulation, true);
      simulation.customUpdate("Remove");
      assertTriangle(simulation, false);
      VariableView e = simulation.variable(VariableReference.synapse("s", "e"));
      VariableView h = simulation.variable(VariableReference.customUpdate("copy", "h"));
      assertArrayEquals(simulation.variable(G).toArray(), h.toArray());
      assertEquals(batch * SIZE * (SIZE - 1) / 2, e.size());
      simulation.customUpdate("Add");
      assertTriangle(simulation, true);
      int[] sources = simulation.sparseConnectivity("s").sources();
      int[] targets = simulation.sparseConnectivity("s").targets();
      for (int k = 0; k < sources.length; k++) {
        boolean isNew = sources[k] == targets[k];
        for (int example = 0; example < batch; example++) {
          assertEquals(isNew ? 0 : 1 + sources[k], e.get(example, k));
        }
        assertEquals(isNew ? 0 : SIZE * sources[k] + targets[k], h.get(0, k));
      }
      simulation.reinitialise();
      assertTriangle(simulation, true);
      simulation.customUpdate("Remove");
      assertTriangle(simulation, false);
    }
  }

  @Test
  @Feature("R08")
  void valuesCanBeSetInTheOrderOfTheConnections() {
    var spec = triangle(1).customConnectivityUpdate(removing("code"));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      VariableView g = simulation.variable(G);
      assertEquals(SIZE * (SIZE + 1) / 2, g.size());
      simulation.customUpdate("Remove");
      int[] sources = simulation.sparseConnectivity("s").sources();
      float[] values = new float[g.size()];
      for (int k = 0; k < values.length; k++) {
        values[k] = sources[k];
      }
      g.set(values);
      assertArrayEquals(values, g.toArray());
      assertEquals(7, g.get(0, 7, SIZE - 9));
      assertThrows(IndexOutOfBoundsException.class, () -> g.get(0, 7, SIZE - 8));
    }
  }

  /// Synapses `0 → targets` in given order, with weights 1, 2, …
  private static ModelSpec row(int[] targets, int room, int sizeOfTarget) {
    float[] weights = new float[targets.length];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = k + 1;
    }
    var model =
        new WeightUpdateModel("Weights")
            .variable("g", VarAccess.READ_ONLY)
            .preSpikeSynCode("addToPost(g);");
    return new ModelSpec("row", 1, 1, 3)
        .neuronGroup(new NeuronGroup("pre", 2, NEURON, Bindings.NONE))
        .neuronGroup(new NeuronGroup("post", sizeOfTarget, NEURON, Bindings.NONE))
        .synapseGroup(
            new SynapseGroup(
                "s",
                Connectivity.Sparse.of(new int[targets.length], targets).maxConnections(room),
                "pre",
                "post",
                new WeightUpdate(model, Bindings.NONE.initialValue("g", InitialValue.of(weights))),
                DELTA));
  }

  private static CustomConnectivityUpdate onRow(String code) {
    return new CustomConnectivityUpdate(
            "update",
            "Update",
            "s",
            new CustomConnectivityUpdateModel("Update", code)
                .variable(new Variable("own"))
                .reference("g", VarAccessMode.READ_WRITE)
                .preVariable(new Variable("x")),
            Bindings.NONE)
        .reference("g", G);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theLastSynapseTakesThePlaceOfARemovedOne(boolean isNarrow) {
    var spec =
        row(new int[] {0, 1, 2, 3, 4}, 5, 6)
            .customConnectivityUpdate(
                onRow(
                    """
                    for_each_synapse {
                      x = (10.0 * x) + id_post;
                      if(id_post == 1 || id_post == 4) {
                        remove_synapse();
                        remove_synapse();
                      }
                    }
                    """));
    if (isNarrow) {
      SynapseGroup group = spec.synapseGroup("s");
      spec =
          new ModelSpec("narrow", 1, 1, 3)
              .neuronGroup(spec.neuronGroup("pre"))
              .neuronGroup(spec.neuronGroup("post"))
              .synapseGroup(
                  new SynapseGroup(
                      "s",
                      ((Connectivity.Sparse) group.connectivity()).narrowIndices(true),
                      "pre",
                      "post",
                      group.weightUpdate(),
                      group.postsynapse()))
              .customConnectivityUpdate(spec.customConnectivityUpdates().getFirst());
    }
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.customUpdate("Update");
      // 1 is removed, 4 comes there and is removed too, then 3 comes there
      assertEquals(
          1432 + 0,
          simulation.variable(VariableReference.connectivityUpdatePre("update", "x")).get(0, 0));
      assertArrayEquals(new int[] {0, 2, 3}, simulation.sparseConnectivity("s").targets());
      assertArrayEquals(new float[] {1, 3, 4}, simulation.variable(G).toArray());
    }
  }

  @Test
  void synapsesMayBeAddedWhileTheRowIsVisited() {
    var spec =
        row(new int[] {3, 1}, 6, 8)
            .customConnectivityUpdate(
                onRow(
                    """
                    for_each_synapse {
                      if(id_post < 4u) {
                        add_synapse(id_post + 4u, 0.5, g + 10.0);
                      }
                      else {
                        own += 1.0;
                      }
                    }
                    x = row_length;
                    if(id_pre == 1) {
                      add_synapse(7, x, row_stride);
                    }
                    """));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.customUpdate("Update");
      var synapses = simulation.sparseConnectivity("s");
      assertArrayEquals(new int[] {0, 0, 0, 0, 1}, synapses.sources());
      assertArrayEquals(new int[] {1, 3, 5, 7, 7}, synapses.targets());
      assertArrayEquals(new float[] {2, 1, 12, 11, 6}, simulation.variable(G).toArray());
      assertArrayEquals(
          new float[] {0, 0, 1.5f, 1.5f, 0},
          simulation.variable(VariableReference.connectivityUpdate("update", "own")).toArray());
      assertArrayEquals(
          new float[] {4, 0},
          simulation.variable(VariableReference.connectivityUpdatePre("update", "x")).toArray());
    }
  }

  @Test
  void aPairMayBeAddedTwice() {
    var spec =
        row(new int[] {2, 0}, 9, 3)
            .customConnectivityUpdate(
                onRow(
                    "if(id_pre == 0) { add_synapse(1, 1, 5); add_synapse(1, 2, 6); add_synapse(0,"
                        + " 3, 7); }"));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.customUpdate("Update");
      assertArrayEquals(new int[] {0, 0, 1, 1, 2}, simulation.sparseConnectivity("s").targets());
      assertArrayEquals(new float[] {2, 7, 5, 6, 1}, simulation.variable(G).toArray());
    }
  }

  @Test
  @Feature({"C21", "R10"})
  void aFullRowIsToldAndTheOthersAreChanged() {
    var spec = row(new int[] {2, 0}, 2, 3).customConnectivityUpdate(onRow("add_synapse(1, 1, 5);"));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      var failure =
          assertThrows(IllegalStateException.class, () -> simulation.customUpdate("Update"));
      assertEquals(
          "model 'row', custom connectivity update 'update': a synapse of source 0 was not added,"
              + " since a source of synapse group 's' may have 2 at most; raise it with"
              + " maxConnections",
          failure.getMessage());
      assertArrayEquals(new int[] {0, 2, 1}, simulation.sparseConnectivity("s").targets());
      assertArrayEquals(new float[] {2, 1, 5}, simulation.variable(G).toArray());
      simulation.stepTime();
    }
  }

  @Test
  @Feature("R10")
  void aSynapseMustLeadSomewhere() {
    var spec =
        row(new int[] {2, 0}, 4, 3)
            .customConnectivityUpdate(onRow("add_synapse(id_pre + 2u, 1, 5);"));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      var failure =
          assertThrows(IllegalStateException.class, () -> simulation.customUpdate("Update"));
      assertEquals(
          "model 'row', custom connectivity update 'update': a synapse of source 1 was not added,"
              + " since it would lead to none of the 3 neurons of 'post', the target of synapse"
              + " group 's'",
          failure.getMessage());
      assertArrayEquals(new int[] {0, 2, 2}, simulation.sparseConnectivity("s").targets());
    }
  }

  @Test
  void codeThatChangesNoConnectionsWritesInPlace() {
    var model =
        new CustomConnectivityUpdateModel(
                "Scale", "n = row_length; for_each_synapse { own = g * f; g += q + n; }")
            .parameter("f")
            .variable(new Variable("own"))
            .reference("g", VarAccessMode.READ_WRITE)
            .preVariable(new Variable("n"))
            .postReference(new VariableDeclaration("q", VarAccessMode.READ_ONLY));
    var spec =
        row(new int[] {2, 0, 1}, 3, 3)
            .customConnectivityUpdate(
                new CustomConnectivityUpdate(
                        "update", "Update", "s", model, Bindings.NONE.dynamicParameter("f", 2))
                    .reference("g", G)
                    .postReference("q", VariableReference.neuron("post", "V")));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.variable(VariableReference.neuron("post", "V")).set(new float[] {100, 200, 300});
      simulation.customUpdate("Update");
      assertArrayEquals(new float[] {105, 206, 304}, simulation.variable(G).toArray());
      var own = simulation.variable(VariableReference.connectivityUpdate("update", "own"));
      assertArrayEquals(new float[] {4, 6, 2}, own.toArray());
      simulation.dynamicParameter(VariableReference.connectivityUpdate("update", "f")).set(10);
      simulation.customUpdate("Update");
      assertArrayEquals(new float[] {1050, 2060, 3040}, own.toArray());
    }
  }

  @Test
  @Feature({"C19", "M13"})
  void hostCodeSeesSizesArraysAndTime() {
    var model =
        new CustomConnectivityUpdateModel("Host", "")
            .parameter("shift")
            .preVariable(new Variable("p", "int", VarAccess.READ_WRITE))
            .postVariable(new Variable("q"))
            .extraGlobalParameter("numbers", "uint32_t*")
            .hostUpdateCode(
                """
                pullRowLengthFromDevice();
                pullnumbersFromDevice(4);
                const unsigned int *lengths = row_length;
                numbers[0] = num_pre;
                numbers[1] = num_post;
                numbers[2] = row_stride;
                numbers[3] = lengths[0];
                pushnumbersToDevice(4);
                pullpFromDevice();
                for(unsigned int i = 0; i < num_pre; i++) {
                  p[i] += 10 * row_length[i];
                }
                pushpToDevice();
                for(unsigned int i = 0; i < num_post; i++) {
                  q[i] = t + shift + i;
                }
                pushqToDevice();
                """);
    var spec =
        row(new int[] {2, 0, 1}, 7, 4)
            .customConnectivityUpdate(
                new CustomConnectivityUpdate(
                    "host",
                    "Host",
                    "s",
                    model,
                    Bindings.NONE
                        .dynamicParameter("shift", 0.5)
                        .extraGlobalParameter("numbers", new float[4])));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.stepTime();
      simulation.stepTime();
      simulation.customUpdate("Host");
      simulation.customUpdate("Host");
      assertArrayEquals(
          new float[] {2, 4, 7, 3}, simulation.extraGlobalParameter("host", "numbers").toArray());
      assertArrayEquals(
          new long[] {60, 0},
          simulation.variable(VariableReference.connectivityUpdatePre("host", "p")).toLongs());
      assertArrayEquals(
          new float[] {2.5f, 3.5f, 4.5f, 5.5f},
          simulation.variable(VariableReference.connectivityUpdatePost("host", "q")).toArray());
    }
  }

  @Test
  @Feature("C20")
  void delayedVariablesAreReadAsTheyAreNow() {
    var neurons =
        new NeuronModel("Moving")
            .variable("removeIdx")
            .simCode("removeIdx = (id + (int)round(t / dt)) % num_neurons;")
            .thresholdCondition("false");
    var target =
        new NeuronModel("Marking")
            .variable("remove")
            .simCode("remove = (id == (((int)num_neurons) - (int)round(t / dt))) ? 1 : 0;")
            .thresholdCondition("false");
    var weights =
        new WeightUpdateModel("Weights")
            .variable("g", VarAccess.READ_WRITE)
            .preNeuronVariable("removeIdx")
            .postNeuronVariable("remove")
            .preSpikeSynCode("g = removeIdx + remove;");
    var model =
        new CustomConnectivityUpdateModel(
                "Cut",
                "for_each_synapse { if(id_post == removeIdx || remove != 0) { remove_synapse(); }"
                    + " }")
            .preReference(new VariableDeclaration("removeIdx"))
            .postReference(new VariableDeclaration("remove"));
    int[] sources = new int[SIZE * SIZE];
    int[] targets = new int[SIZE * SIZE];
    Arrays.setAll(sources, k -> k / SIZE);
    Arrays.setAll(targets, k -> k % SIZE);
    var spec =
        new ModelSpec("delayed", 1, 1, 3)
            .neuronGroup(new NeuronGroup("pre", SIZE, neurons, Bindings.NONE))
            .neuronGroup(new NeuronGroup("post", SIZE, target, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                        "s",
                        Connectivity.Sparse.of(sources, targets),
                        "pre",
                        "post",
                        new WeightUpdate(weights, Bindings.NONE),
                        DELTA)
                    .axonalDelay(5)
                    .backPropagationDelay(5))
            .customConnectivityUpdate(
                new CustomConnectivityUpdate("cut", "Cut", "s", model, Bindings.NONE)
                    .preReference("removeIdx", VariableReference.neuron("pre", "removeIdx"))
                    .postReference("remove", VariableReference.neuron("post", "remove")));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      for (int step = 0; step < 5; step++) {
        simulation.stepTime();
      }
      simulation.customUpdate("Cut");
      int[] left = simulation.sparseConnectivity("s").targets();
      int synapse = 0;
      for (int i = 0; i < SIZE; i++) {
        for (int j = 0; j < SIZE; j++) {
          if (j != (i + 4) % SIZE && j != 60) {
            assertEquals(j, left[synapse++]);
          }
        }
      }
      assertEquals(left.length, synapse);
    }
  }

  @Test
  @Feature("C21")
  void spikesOfTargetsFindTheirSynapsesAfterwards() {
    // target j spikes in step j; a synapse i → j exists when bit i of j is set
    var pre = new NeuronModel("Sum").variable("x").simCode("x = Isyn;").thresholdCondition("false");
    var post = new NeuronModel("Turn").thresholdCondition("t == id");
    var weights =
        new WeightUpdateModel("Back")
            .variable("g", VarAccess.READ_ONLY)
            .postSpikeSynCode("addToPre(g);");
    int[] sources =
        IntStream.range(0, 16)
            .flatMap(j -> IntStream.range(0, 4).filter(i -> (j >> i & 1) == 1))
            .toArray();
    int[] targets =
        IntStream.range(0, 16)
            .flatMap(j -> IntStream.range(0, 4).filter(i -> (j >> i & 1) == 1).map(_ -> j))
            .toArray();
    float[] ones = new float[sources.length];
    Arrays.fill(ones, 1);
    var spec =
        new ModelSpec("decode", 1, 1, 3)
            .neuronGroup(new NeuronGroup("pre", 4, pre, Bindings.NONE))
            .neuronGroup(new NeuronGroup("post", 16, post, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    Connectivity.Sparse.of(sources, targets),
                    "pre",
                    "post",
                    new WeightUpdate(
                        weights, Bindings.NONE.initialValue("g", InitialValue.of(ones))),
                    DELTA))
            .customConnectivityUpdate(
                new CustomConnectivityUpdate(
                    "cut",
                    "Cut",
                    "s",
                    new CustomConnectivityUpdateModel(
                        "Cut", "if(id_pre == 0) { for_each_synapse { remove_synapse(); } }"),
                    Bindings.NONE))
            .customConnectivityUpdate(
                new CustomConnectivityUpdate(
                        "add",
                        "Add",
                        "s",
                        new CustomConnectivityUpdateModel(
                                "Add",
                                "if(id_pre == 0) { add_synapse(14, 1.0); add_synapse(2, 1.0); }")
                            .reference("g", VarAccessMode.READ_WRITE),
                        Bindings.NONE)
                    .reference("g", G));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      assertArrayEquals(IntStream.range(0, 16).toArray(), decoded(simulation));
      simulation.customUpdate("Cut");
      assertArrayEquals(IntStream.range(0, 16).map(j -> j & 14).toArray(), decoded(simulation));
      simulation.customUpdate("Add");
      assertArrayEquals(
          IntStream.range(0, 16).map(j -> j & 14 | (j == 14 || j == 2 ? 1 : 0)).toArray(),
          decoded(simulation));
    }
  }

  private static int[] decoded(Simulation simulation) {
    simulation.setTimestep(0);
    int[] decoded = new int[16];
    for (int step = 0; step < 17; step++) {
      simulation.stepTime();
      float[] x = simulation.variable(VariableReference.neuron("pre", "x")).toArray();
      for (int i = 0; i < 4 && step > 0; i++) {
        decoded[step - 1] |= x[i] > 0 ? 1 << i : 0;
      }
    }
    return decoded;
  }

  @Test
  void spikesGoAlongTheNewSynapses() {
    var always = new NeuronModel("Always").thresholdCondition("true");
    var spec =
        new ModelSpec("spikes", 1, 1, 3)
            .neuronGroup(new NeuronGroup("pre", 2, always, Bindings.NONE))
            .neuronGroup(new NeuronGroup("post", 3, NEURON, Bindings.NONE))
            .synapseGroup(row(new int[] {2, 0}, 3, 3).synapseGroup("s"))
            .customConnectivityUpdate(
                onRow(
                    "for_each_synapse { if(id_post == 0) { remove_synapse(); } } add_synapse(1, 0,"
                        + " 10.0 + id_pre);"));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      VariableView v = simulation.variable(VariableReference.neuron("post", "V"));
      simulation.stepTime();
      simulation.stepTime();
      assertArrayEquals(new float[] {2, 0, 1}, v.toArray());
      simulation.customUpdate("Update");
      simulation.stepTime();
      assertArrayEquals(new float[] {2, 21, 2}, v.toArray());
    }
  }

  @Test
  @Feature("C22")
  void theThingsOfAGroupRunTogetherAndHostCodeFirst() {
    var host =
        new CustomConnectivityUpdateModel("Host", "")
            .preVariable(new Variable("p"))
            .hostUpdateCode("for(unsigned int i = 0; i < num_pre; i++) { p[i] += 1.0; }");
    var copy =
        new CustomUpdateModel("Copy", "to = p;")
            .variable(new CustomUpdateVariable("to", CustomUpdateVarAccess.READ_WRITE))
            .reference("p", VarAccessMode.READ_ONLY);
    var doubled =
        new CustomUpdateModel("Double", "own *= 2.0;").reference("own", VarAccessMode.READ_WRITE);
    var spec =
        row(new int[] {2, 0}, 3, 3)
            .customUpdate(
                new CustomUpdate("copy", "Host", copy, Bindings.NONE)
                    .reference("p", VariableReference.connectivityUpdatePre("host", "p")))
            .customUpdate(
                new CustomUpdate("double", "Double", doubled, Bindings.NONE)
                    .reference("own", VariableReference.connectivityUpdate("update", "own")))
            .customConnectivityUpdate(
                new CustomConnectivityUpdate("host", "Host", "s", host, Bindings.NONE))
            .customConnectivityUpdate(onRow("for_each_synapse { own += g; }"));
    try (var simulation = Simulation.open(spec, Models.settings().isTimed(true))) {
      simulation.customUpdate("Host");
      simulation.customUpdate("Host");
      assertArrayEquals(
          new float[] {2, 2},
          simulation.variable(VariableReference.customUpdate("copy", "to")).toArray());
      simulation.customUpdate("Update");
      simulation.customUpdate("Double");
      assertArrayEquals(
          new float[] {4, 2},
          simulation.variable(VariableReference.connectivityUpdate("update", "own")).toArray());
      assertTrue(simulation.times().customUpdateHosts().get("Host") > 0);
      assertTrue(simulation.times().customUpdateRemaps().get("Update") >= 0);
      var missing =
          assertThrows(IllegalArgumentException.class, () -> simulation.customUpdate("host"));
      assertTrue(missing.getMessage().contains("did you mean 'Host'?"), missing.getMessage());
    }
  }

  @Test
  void nothingHappensToGroupsWithoutNeurons() {
    var spec =
        new ModelSpec("none", 1, 1, 3)
            .neuronGroup(new NeuronGroup("pre", 0, NEURON, Bindings.NONE))
            .neuronGroup(new NeuronGroup("post", 0, NEURON, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    Connectivity.Sparse.of(new int[0], new int[0]),
                    "pre",
                    "post",
                    new WeightUpdate(
                        new WeightUpdateModel("Weights")
                            .variable("g", VarAccess.READ_ONLY)
                            .pre(NeuronEnd.NONE)
                            .postSpikeSynCode("addToPre(g);"),
                        Bindings.NONE),
                    DELTA))
            .customConnectivityUpdate(onRow("add_synapse(0, 0, 0);"));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.customUpdate("Update");
      simulation.stepTime();
      assertEquals(
          List.of(), Arrays.stream(simulation.sparseConnectivity("s").targets()).boxed().toList());
    }
  }
}
