package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Properties of a `GeNNModel` and its groups are what was set.
class GeNNModelPropertiesTest {
  private static final NeuronModel NEURON =
      new NeuronModel("Neuron")
          .variable("x")
          .variable("y")
          .extraGlobalParameter("e", "scalar*")
          .additionalInput("Other", 0)
          .simCode("x = Isyn; y = Other;")
          .thresholdCondition("id == 0");

  private static final Map<String, Integer> AT_REST = Map.of("x", 0, "y", 0);

  private static GeNNModel model(String backend) {
    Models.assumeAvailable(backend);
    var model = new GeNNModel(Precision.FLOAT, "properties", backend);
    model.setPreferences(model.preferences().build(Models.settings().build()).threads(1));
    model.setDt(1);
    return model;
  }

  @Test
  @Feature({"M01", "M03", "M04", "M06", "M08"})
  void ofTheModel() {
    try (var model = model("jvm")) {
      model.setName("another");
      assertEquals("another", model.name());
      assertEquals(VarLocation.HOST_DEVICE, model.defaultVarLocation());
      model.setDefaultVarLocation(VarLocation.DEVICE);
      assertEquals(VarLocation.DEVICE, model.defaultVarLocation());
      model.setDefaultSparseConnectivityLocation(VarLocation.HOST_DEVICE_ZERO_COPY);
      assertEquals(VarLocation.HOST_DEVICE_ZERO_COPY, model.defaultSparseConnectivityLocation());
      assertFalse(model.defaultNarrowSparseIndEnabled());
      model.setDefaultNarrowSparseIndEnabled(true);
      assertTrue(model.defaultNarrowSparseIndEnabled());
      assertFalse(model.fusePostsynapticModels());
      model.setFusePostsynapticModels(true);
      assertTrue(model.fusePostsynapticModels());
      assertFalse(model.timingEnabled());
      model.setTimingEnabled(true);
      assertTrue(model.timingEnabled());
      var a = model.addNeuronPopulation("a", 3, NEURON, Map.of(), AT_REST);
      model.addNeuronPopulation("b", 4, NEURON, Map.of(), AT_REST);
      assertEquals(Set.of("a", "b"), model.neuronPopulations().keySet());
      assertSame(a, model.neuronPopulations().get("a"));
      assertEquals(7, model.numNeurons());
      assertFalse(a.spikeRecordingEnabled() || a.spikeEventRecordingEnabled());
      a.setSpikeRecordingEnabled(true);
      a.setSpikeEventRecordingEnabled(true);
      assertTrue(a.spikeRecordingEnabled() && a.spikeEventRecordingEnabled());
      model.build();
      assertEquals(
          "model 'another' is already built; it can no longer be renamed",
          assertThrows(IllegalStateException.class, () -> model.setName("m")).getMessage());
    }
  }

  @Test
  @Feature({"M03", "M16", "S26"})
  void defaultsAreThoseOfGroupsThatAreAddedAfterwards() {
    try (var model = model("jvm")) {
      var before = model.addNeuronPopulation("a", 3, NEURON, Map.of(), AT_REST);
      var wideBefore = addOneToOne(model, "s");
      model.setDefaultVarLocation(VarLocation.DEVICE);
      model.setDefaultSparseConnectivityLocation(VarLocation.DEVICE);
      model.setDefaultNarrowSparseIndEnabled(true);
      var after = model.addNeuronPopulation("b", 3, NEURON, Map.of(), AT_REST);
      var narrowAfter = addOneToOne(model, "t");
      assertEquals(VarLocation.HOST_DEVICE, before.varLocation("x"));
      assertEquals(VarLocation.DEVICE, after.varLocation("x"));
      assertEquals(VarLocation.HOST_DEVICE, wideBefore.wuVarLocation("g"));
      assertEquals(VarLocation.DEVICE, narrowAfter.wuVarLocation("g"));
      assertEquals(VarLocation.HOST_DEVICE, wideBefore.sparseConnectivityLocation());
      assertEquals(VarLocation.DEVICE, narrowAfter.sparseConnectivityLocation());
      assertFalse(wideBefore.narrowSparseIndEnabled());
      assertTrue(narrowAfter.narrowSparseIndEnabled());
    }
  }

  private static SynapsePopulation addOneToOne(GeNNModel model, String name) {
    return model.addSynapsePopulation(
        name,
        "SPARSE",
        "a",
        "a",
        GeNNModel.initWeightUpdate("StaticPulse", Map.of(), Map.of("g", 1)),
        GeNNModel.initPostsynaptic("DeltaCurr"),
        GeNNModel.initSparseConnectivity("OneToOne"));
  }

  @Test
  @Feature({"M16", "S25"})
  void locationsOfGroups() {
    var postsynaptic = new PostsynapticModel("Post", "injectCurrent(inSyn);").variable("z");
    var weights = new WeightUpdateModel("Weights").variable("g", VarAccess.READ_WRITE);
    var source =
        new CurrentSourceModel("Source", "injectCurrent(1.0);").extraGlobalParameter("e", "int*");
    var update =
        new CustomUpdateModel("Update", "x += e[0];")
            .extraGlobalParameter("e", "scalar*")
            .reference("x", VarAccessMode.READ_WRITE);
    var rewire =
        new CustomConnectivityUpdateModel("Rewire", "")
            .extraGlobalParameter("e", "scalar*")
            .postVariable(new Variable("w"));
    try (var model = model("jvm")) {
      var a = model.addNeuronPopulation("a", 3, NEURON, Map.of(), AT_REST);
      var cs = model.addCurrentSource("cs", source, a, Map.of(), Map.of());
      var s =
          model.addSynapsePopulation(
              "s",
              "SPARSE",
              "a",
              "a",
              GeNNModel.initWeightUpdate(weights, Map.of(), Map.of("g", 0)),
              GeNNModel.initPostsynaptic(postsynaptic, Map.of(), Map.of("z", 0)),
              GeNNModel.initSparseConnectivity("OneToOne"));
      var cu =
          model.addCustomUpdate(
              "cu",
              "Update",
              update,
              Map.of(),
              Map.of(),
              Map.of("x", GeNNModel.createVarRef(a, "x")));
      var ccu =
          model.addCustomConnectivityUpdate(
              "ccu", "Rewire", s, rewire, Map.of(), Map.of(), Map.of(), Map.of("w", 0));
      a.setExtraGlobalParamLocation("e", VarLocation.DEVICE);
      cs.setExtraGlobalParamLocation("e", VarLocation.DEVICE);
      cu.setExtraGlobalParamLocation("e", VarLocation.DEVICE);
      ccu.setExtraGlobalParamLocation("e", VarLocation.DEVICE);
      ccu.setPostVarLocation("w", VarLocation.DEVICE);
      s.setWuVarLocation("g", VarLocation.DEVICE);
      s.setPsVarLocation("z", VarLocation.DEVICE);
      for (VarLocation location :
          new VarLocation[] {
            a.extraGlobalParamLocation("e"),
            cs.extraGlobalParamLocation("e"),
            cu.extraGlobalParamLocation("e"),
            ccu.extraGlobalParamLocation("e"),
            ccu.postVarLocation("w"),
            s.wuVarLocation("g"),
            s.psVarLocation("z")
          }) {
        assertEquals(VarLocation.DEVICE, location);
      }
      assertEquals(VarLocation.HOST_DEVICE, a.varLocation("x"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature({"C01", "S25", "S22"})
  void targetsAndDelaysOfGroups(String backend) {
    var both =
        new WeightUpdateModel("Both")
            .preSpikeSynCode("addToPost(2.0);")
            .postSpikeSynCode("addToPre(5.0);");
    try (var model = model(backend)) {
      var a = model.addNeuronPopulation("a", 1, NEURON, Map.of(), AT_REST);
      var b = model.addNeuronPopulation("b", 1, NEURON, Map.of(), AT_REST);
      var dc = model.addCurrentSource("dc", "DC", b, Map.of("amp", 3), Map.of());
      assertEquals("Isyn", dc.targetVar());
      dc.setTargetVar("Other");
      assertEquals("Other", dc.targetVar());
      var s =
          model.addSynapsePopulation(
              "s",
              "DENSE",
              a,
              b,
              GeNNModel.initWeightUpdate(both, Map.of(), Map.of()),
              GeNNModel.initPostsynaptic("DeltaCurr"));
      assertEquals("Isyn", s.postTargetVar());
      assertEquals("Isyn", s.preTargetVar());
      s.setPostTargetVar("Other");
      s.setPreTargetVar("Other");
      s.setBackPropDelaySteps(2);
      assertEquals("Other", s.postTargetVar());
      assertEquals("Other", s.preTargetVar());
      assertEquals(2, s.backPropDelaySteps());
      model.build();
      model.load();
      float[] ofA = new float[5];
      float[] ofB = new float[5];
      for (int step = 0; step < 5; step++) {
        model.stepTime();
        ofA[step] = a.vars().get("y").currentValues()[0];
        ofB[step] = b.vars().get("y").currentView().get(0, 0);
        assertEquals(0, a.vars().get("x").values()[0] + b.vars().get("x").values()[0]);
      }
      assertArrayEquals(new float[] {0, 0, 0, 5, 5}, ofA);
      assertArrayEquals(new float[] {3, 5, 5, 5, 5}, ofB);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature({"N06", "S12", "R13", "S30"})
  void eventsAndConnectionsAreExchanged(String backend) {
    var back =
        new WeightUpdateModel("Back")
            .variable("g", VarAccess.READ_ONLY)
            .postNeuronVariable("y")
            .postEvent("y > 0.5", "addToPre(g);");
    try (var model = model(backend)) {
      var a = model.addNeuronPopulation("a", 2, NEURON, Map.of(), AT_REST);
      var b = model.addNeuronPopulation("b", 3, NEURON, Map.of(), AT_REST);
      b.setSpikeEventRecordingEnabled(true);
      var s =
          model.addSynapsePopulation(
              "s",
              "SPARSE",
              a,
              b,
              GeNNModel.initWeightUpdate(back, Map.of(), Map.of("g", new float[] {1, 10, 100})),
              GeNNModel.initPostsynaptic("DeltaCurr"));
      s.setSparseConnections(new int[] {0, 1, 1}, new int[] {0, 1, 2});
      var dc = model.addCurrentSource("dc", "DC", b, Map.of("amp", 0), Map.of());
      dc.setTargetVar("Other");
      dc.setParamDynamic("amp");
      model.build();
      model.load(3);
      model.pullConnectivityFromDevice("s");
      s.pullConnectivityFromDevice();
      assertArrayEquals(new int[] {0, 1, 2}, s.sparsePostInds());
      model.pushConnectivityToDevice("s");
      s.pushConnectivityToDevice();
      model.stepTime();
      assertEquals(0, s.currentPostSpikeEvents().count(0));
      dc.setDynamicParamValue("amp", 1);
      model.stepTime();
      model.pullSpikeEventsFromDevice("b");
      model.pullCurrentSpikeEventsFromDevice("b");
      assertArrayEquals(new int[] {0, 1, 2}, s.currentPostSpikeEvents().ids(0));
      s.currentPostSpikeEvents().set(0, 2);
      model.pushCurrentSpikeEventsToDevice("b");
      dc.setDynamicParamValue("amp", 0);
      model.stepTime();
      assertArrayEquals(new float[] {0, 100}, a.vars().get("x").values());
      model.pullSpikesFromDevice("a");
      assertArrayEquals(new int[] {0}, a.currentSpikes().ids(0));
      a.currentSpikes().set(0, 1);
      model.pushCurrentSpikesToDevice("a");
      assertArrayEquals(new int[] {1}, a.currentSpikes().ids(0));
      model.pullRecordingBuffersFromDevice();
      RecordedSpikes events = s.postSpikeEventRecordingData().getFirst();
      assertArrayEquals(new double[] {1, 1, 1}, events.times());
      assertArrayEquals(new int[] {0, 1, 2}, events.ids());
      assertEquals(
          "spike-like events of population 's' are not recorded; call"
              + " setSpikeEventRecordingEnabled(true) of population 'a' before build()",
          assertThrows(IllegalStateException.class, s::preSpikeEventRecordingData).getMessage());
    }
  }

  @Test
  void moreNeuronsThanAnIntHoldsAreCounted() {
    try (var model = new GeNNModel(Precision.FLOAT, "large", "jvm")) {
      for (int k = 0; k < 3; k++) {
        model.addNeuronPopulation("n" + k, 1 << 30, NEURON, Map.of(), AT_REST);
      }
      assertEquals(3L << 30, model.numNeurons());
    }
  }
}
