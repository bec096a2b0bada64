package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.ExtraGlobalParameter;
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
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /// The rows of the triangle: as they are given, without the diagonal (the last synapse has taken
  /// its place), and with a diagonal that was added again.
  private enum Rows {
    GIVEN,
    WITHOUT_DIAGONAL,
    WITH_ADDED_DIAGONAL;

    int[] targets(int source) {
      var row = new ArrayList<>(IntStream.range(source, SIZE).boxed().toList());
      if (this != GIVEN) {
        int last = row.removeLast();
        if (!row.isEmpty()) {
          row.set(0, last);
        }
      }
      if (this == WITH_ADDED_DIAGONAL) {
        row.add(source);
      }
      return row.stream().mapToInt(target -> target).toArray();
    }
  }

  private static void assertTriangle(Simulation simulation, Rows rows) {
    var synapses = simulation.sparseConnectivity("s");
    int[] sources = synapses.sources();
    int[] targets = synapses.targets();
    assertArrayEquals(
        IntStream.range(0, SIZE).map(i -> rows.targets(i).length).toArray(), synapses.rowLengths());
    int synapse = 0;
    for (int i = 0; i < SIZE; i++) {
      for (int j : rows.targets(i)) {
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
      assertTriangle(simulation, Rows.GIVEN);
      simulation.customUpdate("Remove");
      assertTriangle(simulation, Rows.WITHOUT_DIAGONAL);
      VariableView e = simulation.variable(VariableReference.synapse("s", "e"));
      VariableView h = simulation.variable(VariableReference.customUpdate("copy", "h"));
      assertArrayEquals(simulation.variable(G).toArray(), h.toArray());
      assertEquals(batch * SIZE * (SIZE - 1) / 2, e.size());
      simulation.customUpdate("Add");
      assertTriangle(simulation, Rows.WITH_ADDED_DIAGONAL);
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
      assertTriangle(simulation, Rows.GIVEN);
      simulation.customUpdate("Remove");
      assertTriangle(simulation, Rows.WITHOUT_DIAGONAL);
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

  /// Each of three examples has its own `e`; `h` is one partial sum per slice of the batch.
  @Test
  @Feature({"R12", "C11"})
  void whatEachExampleHasMovesInAllAndIsGivenToAll() {
    int batch = 3;
    var weights =
        new WeightUpdateModel("Weights")
            .variable("g", VarAccess.READ_ONLY)
            .variable("e", VarAccess.READ_WRITE)
            .variable("h", VarAccess.READ_WRITE)
            .preSpikeSynCode("addToPost(g); e *= 2.0; h += 1.0;");
    var sum =
        new CustomUpdateModel("Sum", "all = h;")
            .variable(new CustomUpdateVariable("all", CustomUpdateVarAccess.REDUCE_BATCH_SUM))
            .reference("h", VarAccessMode.READ_ONLY);
    var model =
        new CustomConnectivityUpdateModel(
                "Swap",
                "for_each_synapse { if (id_post == 0) { remove_synapse(); } } add_synapse(1, 5.0 +"
                    + " id_pre, 6.0 + id_pre);")
            .reference("e", VarAccessMode.READ_WRITE)
            .reference("h", VarAccessMode.READ_WRITE);
    var spec =
        new ModelSpec("swap", 1, batch, 3)
            .neuronGroup(new NeuronGroup("pre", 2, NEURON, Bindings.NONE))
            .neuronGroup(new NeuronGroup("post", 3, NEURON, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    Connectivity.Sparse.of(new int[] {0, 0, 1}, new int[] {0, 2, 2})
                        .maxConnections(2),
                    "pre",
                    "post",
                    new WeightUpdate(weights, Bindings.NONE),
                    DELTA))
            .customUpdate(
                new CustomUpdate("sum", "Sum", sum, Bindings.NONE)
                    .reference("h", VariableReference.synapse("s", "h")))
            .customConnectivityUpdate(
                new CustomConnectivityUpdate("swap", "Swap", "s", model, Bindings.NONE)
                    .reference("e", VariableReference.synapse("s", "e"))
                    .reference("h", VariableReference.synapse("s", "h")));
    try (var simulation = Simulation.open(spec, Models.settings().threads(2).slices(2))) {
      VariableView e = simulation.variable(VariableReference.synapse("s", "e"));
      VariableView h = simulation.variable(VariableReference.synapse("s", "h"));
      assertArrayEquals(new int[] {3}, h.shape(), "one sum for all examples");
      e.set(new float[] {1, 2, 3, 11, 12, 13, 21, 22, 23});
      h.set(new float[] {31, 32, 33});
      simulation.customUpdate("Swap");
      assertArrayEquals(new int[] {0, 0, 1, 1}, simulation.sparseConnectivity("s").sources());
      assertArrayEquals(new int[] {2, 1, 2, 1}, simulation.sparseConnectivity("s").targets());
      assertArrayEquals(new float[] {2, 5, 3, 6, 12, 5, 13, 6, 22, 5, 23, 6}, e.toArray());
      assertArrayEquals(new float[] {32, 6, 33, 7}, h.toArray());
      simulation.customUpdate("Sum");
      assertArrayEquals(
          new float[] {32, 6, 33, 7},
          simulation.variable(VariableReference.customUpdate("sum", "all")).toArray());
    }
  }

  /// Every trial ends with an update that removes the first synapse of each row.
  @Test
  @Feature("C22")
  void schedulesMayChangeConnections() {
    var model =
        new CustomConnectivityUpdateModel(
                "First", "for_each_synapse { remove_synapse(); break; } x = gennrand_uniform();")
            .preVariable(new Variable("x"));
    var spec =
        triangle(2)
            .customConnectivityUpdate(
                new CustomConnectivityUpdate("first", "First", "s", model, Bindings.NONE))
            .schedule(
                "trial", new Schedule(3).beginTrial(true, true).run(Phase.FORWARD).update("First"));
    try (var simulation = Simulation.open(spec, Models.settings().threads(2))) {
      VariableView x = simulation.variable(VariableReference.connectivityUpdatePre("first", "x"));
      float[][] drawn = new float[2][];
      for (int trial = 0; trial < 2; trial++) {
        simulation.runTrial("trial");
        drawn[trial] = x.toArray();
      }
      assertArrayEquals(
          IntStream.range(0, SIZE).map(i -> Math.max(0, SIZE - i - 2)).toArray(),
          simulation.sparseConnectivity("s").rowLengths());
      assertEquals(3, simulation.timestep());
      assertFalse(Arrays.equals(drawn[0], drawn[1]), "both trials end at the same time");
    }
  }

  @Test
  @Feature({"C16", "C19"})
  void rowCodeReadsArraysOfOthersAndWritesThem() {
    var owner =
        NEURON.declarations(
            NEURON
                .declarations()
                .extraGlobalParameter(new ExtraGlobalParameter("limits", "float*")));
    var model =
        new CustomConnectivityUpdateModel(
                "Limit",
                "for_each_synapse { if (g > limits[id_pre]) { remove_synapse(); } } lengths[id_pre]"
                    + " = row_length;")
            .reference("g", VarAccessMode.READ_ONLY)
            .extraGlobalParameter("lengths", "unsigned int*")
            .extraGlobalParameterReference("limits", "float*");
    float[] limits = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      limits[i] = SIZE * i + 40;
    }
    var triangle = triangle(1);
    var spec =
        new ModelSpec("limits", 1, 1, 3)
            .neuronGroup(
                new NeuronGroup(
                    "pre", SIZE, owner, Bindings.NONE.extraGlobalParameter("limits", limits)))
            .neuronGroup(triangle.neuronGroup("post"))
            .synapseGroup(triangle.synapseGroup("s"))
            .customConnectivityUpdate(
                new CustomConnectivityUpdate(
                        "limit",
                        "Limit",
                        "s",
                        model,
                        Bindings.NONE.extraGlobalParameter("lengths", new float[SIZE]))
                    .reference("g", G)
                    .extraGlobalParameterReference(
                        "limits", VariableReference.neuron("pre", "limits")));
    try (var simulation = Simulation.open(spec, Models.settings().threads(2))) {
      simulation.customUpdate("Limit");
      int[] lengths = simulation.sparseConnectivity("s").rowLengths();
      float[] noted = simulation.extraGlobalParameter("limit", "lengths").toArray();
      for (int i = 0; i < SIZE; i++) {
        assertEquals(Math.max(0, 41 - i), lengths[i]);
        assertEquals(lengths[i], noted[i]);
      }
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
}
