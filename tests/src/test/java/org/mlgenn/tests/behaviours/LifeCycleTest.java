package org.mlgenn.tests.behaviours;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.runtime.GeNNModel;
import org.genn.engine.runtime.ModelVariable;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// A7.13, A7.14: models are loaded, unloaded and loaded again, and say where their time goes.
final class LifeCycleTest extends Behaviours {
  private static final Map<String, Double> LIF =
      Map.of(
          "C", 1.0,
          "TauM", 20.0,
          "Vrest", -65.0,
          "Vreset", -70.0,
          "Vthresh", -51.0,
          "Ioffset", 0.0,
          "TauRefrac", 5.0);
  private static final Map<String, Double> REST = Map.of("V", -65.0, "RefracTime", 0.0);

  private GeNNModel network(boolean isTimed) {
    var model = new GeNNModel(setting.precision(), "network", setting.backend());
    model.setPreferences(
        model.preferences().threads(1).build(new BuildSettings().cacheDirectory(Optional.empty())));
    model.setDt(1);
    model.setSeed(5);
    model.setBatchSize(setting.batchSize());
    model.setTimingEnabled(isTimed);
    var pre = model.addNeuronPopulation("pre", 100, "LIF", LIF, REST);
    var post = model.addNeuronPopulation("post", 100, "LIF", LIF, REST);
    model.addCurrentSource("dc", "DC", pre, Map.of("amp", 1.0), Map.of());
    model.addSynapsePopulation(
        "stdp",
        new Connectivity.Sparse(SparsePatterns.fixedProbability(0.5)),
        pre,
        post,
        GeNNModel.initWeightUpdate(
            "STDP",
            Map.of(
                "tauPlus", 10, "tauMinus", 10, "Aplus", 0.01, "Aminus", 0.01, "Wmin", 0, "Wmax", 1),
            Map.of("g", 0.1)),
        GeNNModel.initPostsynaptic("ExpCurr", Map.of("tau", 5.0), Map.of()));
    model.addSynapsePopulation(
        "dynamics",
        "DENSE",
        pre,
        post,
        GeNNModel.initWeightUpdate(
            new WeightUpdateModel("Decay")
                .variable("x", VarAccess.READ_WRITE)
                .synapseDynamicsCode("x *= 0.9;"),
            Map.of(),
            Map.of("x", 1.0)),
        GeNNModel.initPostsynaptic("DeltaCurr", Map.of(), Map.of()));
    var decay = new CustomUpdateModel("Decay", "V *= 0.99;");
    model.addCustomUpdate(
        "decay",
        "Decay",
        decay.reference("V", VarAccessMode.READ_WRITE),
        Map.of(),
        Map.of(),
        Map.of("V", GeNNModel.createVarRef(pre, "V")));
    return model;
  }

  private static double[] runTenSteps(GeNNModel model) {
    for (int step = 0; step < 10; step++) {
      model.stepTime();
    }
    model.customUpdate("Decay");
    return model.neuronPopulation("pre").vars().get("V").view().toDoubles();
  }

  @Test
  @Feature({"R01", "R02", "R03", "M08", "R12"})
  void aModelCanBeLoadedAgain() { // A7.13
    try (var model = network(false)) {
      ModelVariable v = model.neuronPopulation("pre").vars().get("V");
      ModelVariable g = model.synapsePopulation("stdp").vars().get("g");
      model.build();
      model.load();
      double[] first = runTenSteps(model);
      // Charged by 1 nA for ten steps from rest, then an update.
      double expected = 0.99 * (-65 + 20 * (1 - Math.exp(-0.5)));
      for (double value : first) {
        assertEquals(expected, value, 1e-4);
      }
      var view = v.view();
      int synapses = g.view().size();
      model.unload();
      assertThrows(IllegalStateException.class, v::values);
      assertThrows(IllegalStateException.class, g::values);
      assertThrows(IllegalStateException.class, () -> view.get(0, 0));
      assertThrows(IllegalStateException.class, model::stepTime);
      model.load();
      assertEquals(0, model.timestep());
      assertArrayEquals(first, runTenSteps(model));
      assertEquals(synapses, g.view().size());
      model.reinitialise();
      assertEquals(0, model.timestep());
      assertArrayEquals(first, runTenSteps(model));
    }
  }

  @Test
  @Feature({"M06", "R11", "R12"})
  void timesGrowAndAreNotNegative() { // A7.14
    try (var model = network(true)) {
      model.build();
      model.load();
      DoubleSupplier[] times = {
        model::neuronUpdateTime,
        model::presynapticUpdateTime,
        model::postsynapticUpdateTime,
        model::synapseDynamicsTime,
        model::initTime,
        model::initSparseTime,
        () -> model.getCustomUpdateTime("Decay"),
        () -> model.getCustomUpdateTransposeTime("Decay"),
        () -> model.getCustomUpdateRemapTime("Decay"),
        () -> model.getCustomUpdateHostTime("Decay")
      };
      double[] before = new double[times.length];
      for (int step = 0; step < 100; step++) {
        model.stepTime();
        model.customUpdate("Decay");
        for (int k = 0; k < times.length; k++) {
          double now = times[k].getAsDouble();
          assertTrue(now >= before[k], "time " + k + " went from " + before[k] + " to " + now);
          before[k] = now;
        }
      }
      assertTrue(model.neuronUpdateTime() > 0);
      assertTrue(model.presynapticUpdateTime() > 0);
      assertTrue(model.postsynapticUpdateTime() > 0);
      assertTrue(model.synapseDynamicsTime() > 0);
      assertTrue(model.initTime() > 0);
      assertTrue(model.initSparseTime() > 0);
      assertTrue(model.getCustomUpdateTime("Decay") > 0);
    }
  }
}
