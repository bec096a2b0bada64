package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.CustomUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the parts of a step take is measured apart, and measuring changes nothing.
class StepTimesTest {
  private static final int SIZE = 300;

  private static final NeuronModel BUSY =
      new NeuronModel("Busy")
          .variable("V")
          .simCode("V = (0.9 * V) + Isyn + 0.1;")
          .thresholdCondition("V > 0.5")
          .resetCode("V = 0.0;");

  private static final WeightUpdateModel LEARNING =
      new WeightUpdateModel("Learning")
          .variable("g", VarAccess.READ_WRITE)
          .preSpikeSynCode("addToPost(g); g *= 0.99;")
          .postSpikeSynCode("g += 1.0e-4;")
          .synapseDynamicsCode("g *= 0.9999;");

  @Test
  @Feature({"R11", "C13"})
  void connectionsAndTransposesHaveTheirTime() {
    var weights = new WeightUpdateModel("Weights").variable("g", VarAccess.READ_WRITE);
    var zero = new CustomUpdateModel("Zero", "g = 0.0;").reference("g", VarAccessMode.READ_WRITE);
    try (var model = new GeNNModel(Precision.FLOAT, "connections")) {
      model.setPreferences(Models.settings());
      model.setTimingEnabled(true);
      var n = model.addNeuronPopulation("n", SIZE, BUSY, Map.of(), Map.of("V", 0));
      var init = GeNNModel.initWeightUpdate(weights, Map.of(), Map.of("g", 1));
      var post = GeNNModel.initPostsynaptic("DeltaCurr");
      var there = model.addSynapsePopulation("there", "DENSE", n, n, init, post);
      var back = model.addSynapsePopulation("back", "DENSE", n, n, init, post);
      var g = Map.of("variable", GeNNModel.createWuVarRef(there, "g"));
      model
          .addCustomUpdate("turn", "Turn", CustomUpdateModels.TRANSPOSE, Map.of(), Map.of(), g)
          .transpose("variable", back, "g");
      model.addCustomUpdate(
          "zero",
          "Zero",
          zero,
          Map.of(),
          Map.of(),
          Map.of("g", GeNNModel.createWuVarRef(there, "g")));
      model.build();
      model.load();
      model.customUpdate("Turn");
      model.customUpdate("Zero");
      assertTrue(model.getCustomUpdateTransposeTime("Turn") > 0);
      assertEquals(0, model.getCustomUpdateTime("Turn"));
      assertTrue(model.getCustomUpdateTime("Zero") > 0);
      assertEquals(0, model.getCustomUpdateTransposeTime("Zero"));
      double once = model.initTime();
      assertTrue(once > 0);
      model.reinitialise();
      assertTrue(model.initTime() > once);
    }
    try (var sparse = run(true, 1, 1)) {
      double once = sparse.initSparseTime();
      assertTrue(once > 0 && sparse.initTime() > 0);
      sparse.reinitialise();
      assertTrue(sparse.initSparseTime() > once);
    }
  }

  private static GeNNModel run(boolean isTimed, int threads, int batch) {
    var model = new GeNNModel(Precision.FLOAT, "times");
    model.setPreferences(Models.settings().threads(threads));
    model.setTimingEnabled(isTimed);
    model.setBatchSize(batch);
    var n = model.addNeuronPopulation("n", SIZE, BUSY, Map.of(), Map.of("V", 0));
    var s =
        model.addSynapsePopulation(
            "s",
            "SPARSE",
            n,
            n,
            GeNNModel.initWeightUpdate(LEARNING, Map.of(), Map.of("g", 1e-3)),
            GeNNModel.initPostsynaptic("ExpCurr", Map.of("tau", 5), Map.of()),
            GeNNModel.initSparseConnectivity("FixedProbability", Map.of("prob", 0.2)));
    s.setAxonalDelaySteps(2);
    model.setSeed(8);
    model.build();
    model.load();
    for (int step = 0; step < 60; step++) {
      model.stepTime();
    }
    assertEquals(60, model.timestep());
    return model;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "1, 3", "2, 3"})
  @Feature({"R11", "M06"})
  void everyPartHasItsTime(int threads, int batch) {
    try (var timed = run(true, threads, batch);
        var plain = run(false, threads, batch)) {
      for (double seconds :
          new double[] {
            timed.neuronUpdateTime(),
            timed.presynapticUpdateTime(),
            timed.postsynapticUpdateTime(),
            timed.synapseDynamicsTime()
          }) {
        assertTrue(seconds > 0, "each part has worked");
      }
      assertTrue(timed.initTime() > 0);
      double before = timed.neuronUpdateTime();
      long start = System.nanoTime();
      timed.stepTime();
      double passed = (System.nanoTime() - start) * 1e-9;
      assertTrue(timed.neuronUpdateTime() > before);
      assertTrue(timed.neuronUpdateTime() - before <= passed);
      plain.stepTime();
      assertEquals(0, plain.neuronUpdateTime() + plain.presynapticUpdateTime());
      assertArrayEquals(
          plain.neuronPopulation("n").vars().get("V").values(),
          timed.neuronPopulation("n").vars().get("V").values());
      assertArrayEquals(
          plain.synapsePopulation("s").vars().get("g").values(),
          timed.synapsePopulation("s").vars().get("g").values());
    }
  }
}
