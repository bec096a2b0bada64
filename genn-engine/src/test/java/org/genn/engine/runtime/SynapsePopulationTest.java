package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.Precision;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// Synapse populations of the facade: connections and delays.
class SynapsePopulationTest {
  private static final NeuronModel SPIKES =
      new NeuronModel("Spikes").variable("x").simCode("x = Isyn;").thresholdCondition("t == id");

  private static final Postsynapse DELTA =
      new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE);

  private static WeightUpdate weights(float... values) {
    return new WeightUpdate(
        WeightUpdateModels.STATIC_PULSE, Bindings.NONE.initialValue("g", InitialValue.of(values)));
  }

  private static GeNNModel model() {
    var model = new GeNNModel(Precision.FLOAT, "facade");
    model.setDt(1.0);
    model.addNeuronPopulation("pre", 3, SPIKES, Map.of(), Map.of("x", 0));
    model.addNeuronPopulation("post", 4, SPIKES, Map.of(), Map.of("x", 0));
    return model;
  }

  @Test
  @Feature({"S21", "S26", "S29", "S30"})
  void connectionsThatAreGivenAreSortedAndDelayed() {
    GeNNModel model = model();
    SynapsePopulation synapses =
        model.addSynapsePopulation("s", "SPARSE", "pre", "post", weights(1, 2, 3), DELTA);
    synapses.setNarrowSparseIndEnabled(true);
    synapses.setSparseConnections(new int[] {2, 0, 0}, new int[] {1, 3, 2});
    synapses.setAxonalDelaySteps(2);
    assertTrue(synapses.narrowSparseIndEnabled());
    assertEquals(2, synapses.axonalDelaySteps());
    assertEquals(1, synapses.maxDendriticDelayTimesteps());
    model.build();
    model.load();
    assertArrayEquals(new int[] {0, 0, 2}, synapses.sparsePreInds());
    assertArrayEquals(new int[] {2, 3, 1}, synapses.sparsePostInds());
    assertArrayEquals(new float[] {3, 2, 1}, synapses.vars().get("g").values());
    for (int step = 0; step < 4; step++) {
      model.stepTime();
    }
    assertArrayEquals(
        new float[] {0, 0, 3, 2}, model.neuronPopulation("post").vars().get("x").values());
    model.unload();
  }

  @Test
  @Feature({"S29", "S26"})
  void mistakesAreNamed() {
    GeNNModel model = model();
    SynapsePopulation dense =
        model.addSynapsePopulation("d", "DENSE", "pre", "post", weights(new float[12]), DELTA);
    assertEquals(
        "population 'd' has Dense connectivity and can't be given connections; only sparse ones"
            + " can",
        assertThrows(
                IllegalStateException.class,
                () -> dense.setSparseConnections(new int[0], new int[0]))
            .getMessage());
    model.addSynapsePopulation("s", "SPARSE", "pre", "post", weights(1), DELTA);
    assertEquals(
        "population 's' is sparse, but has no connections; call setSparseConnections",
        assertThrows(IllegalStateException.class, model::build).getMessage());
    assertEquals(
        "model 'facade': synapses of matrix type TOEPLITZ need connectivity; give"
            + " initSparseConnectivity or initToeplitzConnectivity, or a Connectivity instead of"
            + " the name",
        assertThrows(
                IllegalArgumentException.class,
                () -> model.addSynapsePopulation("t", "TOEPLITZ", "pre", "post", weights(1), DELTA))
            .getMessage());
  }

  @Test
  @Feature({"I06", "R08"})
  void connectionsMayBeMadeByCode() {
    GeNNModel model = model();
    SynapsePopulation synapses =
        model.addSynapsePopulation(
            "s",
            new Connectivity.Sparse(SparsePatterns.oneToOne()),
            model.neuronPopulation("pre"),
            model.neuronPopulation("post"),
            weights(5, 6, 7),
            DELTA);
    model.build();
    model.load();
    assertArrayEquals(new int[] {0, 1, 2}, synapses.sparsePostInds());
    assertArrayEquals(new float[] {5, 6, 7}, synapses.vars().get("g").values());
    model.unload();
  }
}
