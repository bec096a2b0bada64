package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
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
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What row code and host code of a custom connectivity update do.
@Feature({"C17", "C18"})
class RowUpdateTest {
  private static final Postsynapse DELTA = new Postsynapse(Models.DELTA, Bindings.NONE);
  private static final VariableReference G = VariableReference.synapse("s", "g");
  private static final NeuronModel NEURON =
      new NeuronModel("Neuron").variable("V").simCode("V += Isyn;").thresholdCondition("false");

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
      assertArrayEquals(new int[] {0, 3, 2}, simulation.sparseConnectivity("s").targets());
      assertArrayEquals(new float[] {1, 4, 3}, simulation.variable(G).toArray());
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
      assertArrayEquals(new int[] {0, 2, 1, 1, 0}, simulation.sparseConnectivity("s").targets());
      assertArrayEquals(new float[] {2, 1, 5, 6, 7}, simulation.variable(G).toArray());
    }
  }

  @Test
  @Feature("C18")
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

  /// Its lower half would be neuron 1.
  @ParameterizedTest
  @ValueSource(strings = {"4294967297 + id_pre", "-4294967295 + (int) id_pre", "1e18 + id_pre"})
  @Feature("C18")
  void aTargetOf64BitsIsTestedBeforeItIsCut(String target) {
    var spec =
        row(new int[] {2, 0}, 4, 3)
            .customConnectivityUpdate(
                onRow("if (id_pre == 0) { add_synapse(%s, 1, 5); }".formatted(target)));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      var failure =
          assertThrows(IllegalStateException.class, () -> simulation.customUpdate("Update"));
      assertEquals(
          "model 'row', custom connectivity update 'update': a synapse of source 0 was not added,"
              + " since it would lead to none of the 3 neurons of 'post', the target of synapse"
              + " group 's'",
          failure.getMessage());
      assertArrayEquals(new int[] {0, 2}, simulation.sparseConnectivity("s").targets());
    }
  }

  @Test
  @Feature("R10")
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
      assertTrue(simulation.times().customUpdates().get("Host").host() > 0);
      assertTrue(simulation.times().customUpdates().get("Update").remap() >= 0);
      var missing =
          assertThrows(IllegalArgumentException.class, () -> simulation.customUpdate("host"));
      assertTrue(missing.getMessage().contains("did you mean 'Host'?"), missing.getMessage());
    }
  }

  /// GeNN promises no order; here it is that of the description, with host code of all first.
  @Test
  @Feature("C22")
  void updatesOfOneGroupMayChangeTheSameSynapses() {
    var first =
        new CustomConnectivityUpdateModel(
                "First", "n = row_length; for_each_synapse { remove_synapse(); break; }")
            .preVariable(new Variable("n"));
    var spec =
        row(new int[] {0, 1, 2}, 3, 3)
            .customConnectivityUpdate(
                new CustomConnectivityUpdate("first", "Update", "s", first, Bindings.NONE))
            .customConnectivityUpdate(onRow("if (id_pre == 0) { add_synapse(0, 1, 9); }"));
    try (var simulation = Simulation.open(spec, Models.settings().threads(2))) {
      int[][] rows = {{2, 1, 0}, {0, 1, 0}, {0, 1, 0}};
      for (int[] row : rows) {
        simulation.customUpdate("Update"); // a full row has room again when the second one runs
        assertArrayEquals(row, simulation.sparseConnectivity("s").targets());
        assertEquals(
            3,
            simulation.variable(VariableReference.connectivityUpdatePre("first", "n")).get(0, 0));
      }
      assertArrayEquals(new float[] {9, 2, 9}, simulation.variable(G).toArray());
    }
  }

  /// Only the update asks for the times of spikes, so they are kept for it.
  @Test
  @Feature("C20")
  void timesOfSpikesCanBeReferredTo() {
    var once = new NeuronModel("Once").thresholdCondition("t == 2 * id");
    var model =
        new CustomConnectivityUpdateModel(
                "Forget", "for_each_synapse { if (st < t - 3.0) { remove_synapse(); } }")
            .preReference(new VariableDeclaration("st", "timepoint", VarAccessMode.READ_ONLY));
    var spec =
        new ModelSpec("times", 1, 1, 3)
            .neuronGroup(new NeuronGroup("pre", 3, once, Bindings.NONE))
            .neuronGroup(new NeuronGroup("post", 3, NEURON, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    Connectivity.Sparse.of(new int[] {0, 1, 2}, new int[] {2, 1, 0}),
                    "pre",
                    "post",
                    new WeightUpdate(Models.STATIC_PULSE, Bindings.NONE),
                    DELTA))
            .customConnectivityUpdate(
                new CustomConnectivityUpdate("forget", "Forget", "s", model, Bindings.NONE)
                    .preReference("st", VariableReference.spikeTime("pre")));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      for (int step = 0; step < 5; step++) {
        simulation.stepTime();
      }
      simulation.customUpdate("Forget"); // at t = 5: spikes were at 0, 2 and 4
      assertArrayEquals(new int[] {1, 2}, simulation.sparseConnectivity("s").sources());
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
