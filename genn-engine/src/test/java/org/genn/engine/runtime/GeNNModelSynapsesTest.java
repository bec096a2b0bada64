package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
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

/// Synapses as users of PyGeNN describe and change them, in a batch of two.
class GeNNModelSynapsesTest {
  /// Spikes in step 0 only.
  private static final NeuronModel ONE_SPIKE =
      new NeuronModel("OneSpike")
          .variable("Ready")
          .variable("Received")
          .additionalInput("Back", 0)
          .simCode("Received += Back;")
          .thresholdCondition("Ready > 0.5")
          .resetCode("Ready = 0.0;");

  private static final NeuronModel SUM = new NeuronModel("Sum").variable("V").simCode("V += Isyn;");

  private static final WeightUpdateModel SCALED =
      new WeightUpdateModel("Scaled")
          .parameter("Scale")
          .variable("g", VarAccess.READ_ONLY)
          .preSpikeSynCode("addToPost(g * Scale); addToPre(g);");

  /// Keeps its input.
  private static final PostsynapticModel GAIN =
      new PostsynapticModel("Gain", "injectCurrent(inSyn * Gain); Steps += 1.0;")
          .parameter("Gain")
          .variable(new Variable("Steps"));

  private static GeNNModel model() {
    var model = new GeNNModel(Precision.FLOAT, "m");
    model.setPreferences(Models.settings().threads(1));
    model.setBatchSize(2);
    return model;
  }

  private static SynapsePopulation addSynapses(GeNNModel model) {
    model.addNeuronPopulation("source", 1, ONE_SPIKE, Map.of(), Map.of("Ready", 1, "Received", 0));
    model.addNeuronPopulation("target", 1, SUM, Map.of(), Map.of("V", 0));
    SynapsePopulation synapses =
        model.addSynapsePopulation(
            "s",
            "DENSE",
            "source",
            "target",
            GeNNModel.initWeightUpdate(SCALED, Map.of("Scale", 1), Map.of("g", 2)),
            GeNNModel.initPostsynaptic(GAIN, Map.of("Gain", 1), Map.of("Steps", 0)));
    synapses.setPreTargetVar("Back");
    return synapses;
  }

  private static float[] values(GeNNModel model, String population, String variable) {
    return model.neuronPopulation(population).vars().get(variable).values();
  }

  @Test
  @Feature({"M12", "R10", "M02"})
  void parametersOfSynapsesChangeAtRunTime() {
    try (GeNNModel model = model()) {
      SynapsePopulation synapses = addSynapses(model);
      synapses.setWuParamDynamic("Scale");
      synapses.setPsParamDynamic("Gain");
      model.build();
      model.load();
      synapses.setWuDynamicParamValue("Scale", 3);
      synapses.setPsDynamicParamValue("Gain", 5);
      model.stepTime();
      assertArrayEquals(new int[] {0}, model.neuronPopulation("source").currentSpikes().ids(1));
      model.stepTime();
      assertArrayEquals(new float[] {6, 6}, synapses.outPost().values());
      assertArrayEquals(new float[] {30, 30}, values(model, "target", "V"));
    }
  }

  @Test
  @Feature("S25")
  void synapsesReachTheInputOfTheirSource() {
    try (GeNNModel model = model()) {
      addSynapses(model);
      model.build();
      model.load();
      for (int step = 0; step < 4; step++) {
        model.stepTime();
      }
      assertArrayEquals(new float[] {2, 2}, values(model, "source", "Received"));
    }
  }

  @Test
  void customUpdatesReachWhatIsPostsynaptic() {
    var reset =
        new CustomUpdateModel("Reset", "Input = 0.0; Count = -1.0;")
            .reference("Input", VarAccessMode.READ_WRITE)
            .reference("Count", VarAccessMode.READ_WRITE);
    try (GeNNModel model = model()) {
      SynapsePopulation synapses = addSynapses(model);
      model.addCustomUpdate(
          "reset",
          "Reset",
          reset,
          Map.of(),
          Map.of(),
          Map.of(
              "Input", GeNNModel.createOutPostVarRef(synapses),
              "Count", GeNNModel.createPsmVarRef(synapses, "Steps")));
      model.build();
      model.load();
      model.stepTime();
      model.stepTime();
      assertArrayEquals(new float[] {2, 2}, synapses.outPost().values());
      assertArrayEquals(new float[] {2, 2}, synapses.psmVars().get("Steps").values());
      model.customUpdate("Reset");
      assertArrayEquals(new float[] {0, 0}, synapses.outPost().values());
      assertArrayEquals(new float[] {-1, -1}, synapses.psmVars().get("Steps").values());
    }
  }

  @Test
  void variablesAreFoundByTheNamesOfPopulationAndVariable() {
    try (GeNNModel model = model()) {
      addSynapses(model);
      model.build();
      model.load();
      model.neuronPopulation("target").vars().get("V").setValues(7);
      model.pushVarToDevice("target", "V");
      model.pushStateToDevice("s");
      model.pullStateFromDevice("target");
      model.pullVarFromDevice("s", "g");
      assertArrayEquals(new float[] {7, 7}, values(model, "target", "V"));
      assertEquals(
          "group 'target' has no variable 'v'; it has [V]; did you mean 'V'?",
          assertThrows(IllegalArgumentException.class, () -> model.pullVarFromDevice("target", "v"))
              .getMessage());
    }
  }

  @Test
  @Feature("S38")
  void aSlaveUsesTheSynapsesOfItsMaster() {
    try (GeNNModel model = model()) {
      SynapsePopulation master = addSynapses(model);
      master.setWuParamDynamic("Scale");
      model.addNeuronPopulation(
          "source2", 1, ONE_SPIKE, Map.of(), Map.of("Ready", 1, "Received", 0));
      model.addNeuronPopulation("target2", 1, SUM, Map.of(), Map.of("V", 0));
      SynapsePopulation slave =
          model.addSlaveSynapsePopulation(
              "slave",
              "s",
              2,
              "source2",
              "target2",
              GeNNModel.initPostsynaptic(GAIN, Map.of("Gain", 10), Map.of("Steps", 0)));
      var refused =
          assertThrows(
              IllegalStateException.class, () -> slave.setWuVarLocation("g", VarLocation.DEVICE));
      assertEquals(
          "population 'slave' uses the synapses of 's' and can't change where they are; that one"
              + " can",
          refused.getMessage());
      assertThrows(IllegalStateException.class, () -> slave.setWuParamDynamic("Scale"));
      assertThrows(
          IllegalStateException.class,
          () -> slave.setSparseConnections(new int[] {0}, new int[] {0}));
      model.build();
      model.load();
      slave.setWuDynamicParamValue("Scale", 3);
      slave.vars().get("g").setValues(5);
      model.stepTime();
      model.stepTime();
      assertArrayEquals(new float[] {15, 15}, values(model, "target", "V"));
      assertArrayEquals(new float[] {0, 0}, values(model, "target2", "V"));
      model.stepTime();
      model.stepTime();
      assertArrayEquals(new float[] {150, 150}, values(model, "target2", "V"));
      assertArrayEquals(master.vars().get("g").values(), slave.vars().get("g").values());
    }
  }
}
