package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// Custom connectivity updates as users of PyGeNN describe and run them.
class GeNNModelConnectivityUpdateTest {
  private static final NeuronModel NEURON =
      new NeuronModel("Neuron").variable("V").simCode("V += Isyn;").thresholdCondition("true");

  /// Cuts weak synapses and connects to the next target instead.
  private static final CustomConnectivityUpdateModel MOVE =
      new CustomConnectivityUpdateModel(
              "Move",
              """
              scalar last = 0.0;
              cut = 0;
              for_each_synapse {
                moved += 1.0;
                if (g < limit * gain[id_pre] && q < 100.0 && V < 100.0) {
                  last = id_post;
                  remove_synapse();
                  cut++;
                }
              }
              if (cut > 0) {
                add_synapse(((unsigned int) last + 1u) % num_post, -1.0, 9.0);
              }
              """)
          .parameter("limit")
          .variable(new Variable("moved"))
          .preVariable(new Variable("cut", "int", VarAccess.READ_WRITE))
          .postVariable(new Variable("q"))
          .reference("g", VarAccessMode.READ_WRITE)
          .preReference(new VariableDeclaration("V", VarAccessMode.READ_ONLY))
          .extraGlobalParameter("gain", "scalar*")
          .hostUpdateCode("for (unsigned int i = 0; i < num_pre; i++) { gain[i] += 1.0; }");

  private static GeNNModel model() {
    var model = new GeNNModel(Precision.FLOAT, "m");
    model.setPreferences(Models.settings().threads(1));
    model.setTimingEnabled(true);
    return model;
  }

  private static SynapsePopulation addSynapses(GeNNModel model) {
    NeuronPopulation pre = model.addNeuronPopulation("pre", 2, NEURON, Map.of(), Map.of("V", 0));
    NeuronPopulation post = model.addNeuronPopulation("post", 4, NEURON, Map.of(), Map.of("V", 0));
    var weights =
        new WeightUpdateModel("Weights")
            .variable("g", VarAccess.READ_ONLY)
            .preSpikeSynCode("addToPost(g);");
    var synapses =
        model.addSynapsePopulation(
            "s",
            "SPARSE",
            pre,
            post,
            GeNNModel.initWeightUpdate(weights, Map.of(), Map.of("g", new float[] {1, 5, 2, 6, 3})),
            GeNNModel.initPostsynaptic("DeltaCurr", Map.of(), Map.of()));
    synapses.setSparseConnections(new int[] {0, 0, 1, 1, 1}, new int[] {0, 2, 3, 1, 0});
    return synapses;
  }

  private static ModelCustomConnectivityUpdate addMove(
      GeNNModel model, SynapsePopulation synapses) {
    var update =
        model.addCustomConnectivityUpdate(
            "move",
            "Rewire",
            synapses,
            MOVE,
            Map.of("limit", 1.5),
            Map.of("moved", 10),
            Map.of("cut", -1),
            Map.of("q", new float[] {1, 2, 3, 4}),
            Map.of("g", GeNNModel.createWuVarRef(synapses, "g")),
            Map.of("V", GeNNModel.createVarRef(model.neuronPopulation("pre"), "V")),
            Map.of(),
            Map.of());
    update.extraGlobalParams().get("gain").setInitValues(new float[] {0, 1});
    update.setParamDynamic("limit");
    return update;
  }

  @Test
  @Feature({"C17", "C18", "C19", "C20", "C22", "R08", "R10", "M16"})
  void updatesRunByTheNameOfTheirGroup() {
    try (var model = model()) {
      SynapsePopulation synapses = addSynapses(model);
      ModelCustomConnectivityUpdate move = addMove(model, synapses);
      var copy =
          new CustomUpdateModel("Copy", "r = 2.0 * r;").reference("r", VarAccessMode.READ_WRITE);
      for (var reference :
          List.of(GeNNModel.createWuVarRef(move, "moved"), GeNNModel.createPostVarRef(move, "q"))) {
        model.addCustomUpdate(
            "twice" + reference.variable(),
            "Twice",
            copy,
            Map.of(),
            Map.of(),
            Map.of("r", reference));
      }
      var whole =
          new CustomUpdateModel("Whole", "cut = 2 * cut;")
              .reference(new VariableDeclaration("cut", "int", VarAccessMode.READ_WRITE));
      model.addCustomUpdate(
          "twiceCut",
          "Twice",
          whole,
          Map.of(),
          Map.of(),
          Map.of("cut", GeNNModel.createPreVarRef(move, "cut")));
      move.setPreVarLocation("cut", VarLocation.HOST_DEVICE_ZERO_COPY);
      assertEquals(VarLocation.HOST_DEVICE_ZERO_COPY, move.preVarLocation("cut"));
      assertEquals(VarLocation.HOST_DEVICE, move.varLocation("moved"));
      assertEquals("Rewire", move.groupName());
      assertEquals("s", move.synapseGroup());
      assertEquals(Map.of("move", move), model.customConnectivityUpdates());
      assertEquals(OptionalInt.empty(), synapses.maxConnections());
      synapses.setMaxConnections(4);
      assertEquals(OptionalInt.of(4), synapses.maxConnections());
      model.build();
      model.load();
      model.customUpdate("Rewire");
      model.pullConnectivityFromDevice("s");
      // source 0: limit 1.5, cuts 0, so that 2 comes to its place; source 1: limit 3, cuts 3
      assertArrayEquals(new int[] {0, 0, 1, 1, 1}, synapses.sparsePreInds());
      assertArrayEquals(new int[] {2, 1, 0, 1, 0}, synapses.sparsePostInds());
      assertArrayEquals(new float[] {5, 9, 3, 6, 9}, synapses.vars().get("g").values());
      assertArrayEquals(new float[] {11, -1, 11, 11, -1}, move.vars().get("moved").values());
      assertArrayEquals(new float[] {1, 2}, move.extraGlobalParams().get("gain").view().toArray());
      assertArrayEquals(new long[] {1, 1}, move.preVars().get("cut").view().toLongs());
      assertArrayEquals(new float[] {1, 2, 3, 4}, move.postVars().get("q").values());
      model.customUpdate("Twice");
      assertArrayEquals(new float[] {22, -2, 22, 22, -2}, move.vars().get("moved").values());
      assertArrayEquals(new long[] {2, 2}, move.preVars().get("cut").view().toLongs());
      assertArrayEquals(new float[] {2, 4, 6, 8}, move.postVars().get("q").values());
      move.setDynamicParamValue("limit", 0);
      model.customUpdate("Rewire");
      assertArrayEquals(new int[] {2, 1, 0, 1, 0}, synapses.sparsePostInds());
      assertTrue(model.getCustomUpdateTime("Rewire") > 0);
      assertTrue(model.getCustomUpdateHostTime("Rewire") > 0);
      assertTrue(model.getCustomUpdateRemapTime("Rewire") > 0);
      assertEquals(0, model.getCustomUpdateHostTime("Twice"));
      model.reinitialise();
      assertArrayEquals(new int[] {0, 2, 0, 1, 3}, synapses.sparsePostInds());
      assertArrayEquals(new float[] {0, 1}, move.extraGlobalParams().get("gain").view().toArray());
    }
  }

  @Test
  @Feature({"C17", "C18"})
  void mistakesAreNamed() {
    try (var model = model()) {
      SynapsePopulation synapses = addSynapses(model);
      addMove(model, synapses);
      assertEquals(
          "model 'm' already has a custom connectivity update 'move'",
          assertThrows(IllegalArgumentException.class, () -> addMove(model, synapses))
              .getMessage());
      synapses.setMaxConnections(2);
      assertEquals(
          """
          model 'm' has a problem:
            - synapse group 's': a source has 3 synapses, so room for 2 is too little; make room for 3\
          """,
          assertThrows(IllegalArgumentException.class, model::build).getMessage());
      var wrong =
          new CustomConnectivityUpdateModel(
              "Wrong", "remove_synapse(); add_synapse(1, 2.0); for_each_synapse { id_post = 1; }");
      model.addCustomConnectivityUpdate(
          "wrong", "Wrong", synapses, wrong, Map.of(), Map.of(), Map.of(), Map.of());
      synapses.setMaxConnections(3);
      String message = assertThrows(RuntimeException.class, model::build).getMessage();
      for (String part :
          List.of(
              "row update code of custom connectivity update model Wrong",
              "remove_synapse",
              "add_synapse",
              "id_post")) {
        assertTrue(message.contains(part), message);
      }
    }
  }
}
