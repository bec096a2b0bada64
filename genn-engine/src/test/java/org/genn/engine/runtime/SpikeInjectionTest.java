package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Spikes that the host sets between two steps.
class SpikeInjectionTest {
  /// Never spikes by itself.
  private static final NeuronModel SILENT =
      new NeuronModel("Silent").variable("x").thresholdCondition("x > 0.5");

  private static final NeuronModel SUM = new NeuronModel("Sum").variable("V").simCode("V += Isyn;");

  private static GeNNModel model(String backend, int threads, int delay) {
    var model = new GeNNModel(Precision.FLOAT, "injection", backend);
    model.setPreferences(Models.settings().threads(threads));
    model.setBatchSize(2);
    var source = model.addNeuronPopulation("source", 3, "SpikeSource", Map.of(), Map.of());
    model.addNeuronPopulation("target", 1, SUM, Map.of(), Map.of("V", 0));
    model
        .addSynapsePopulation(
            "s",
            "DENSE",
            source.name(),
            "target",
            GeNNModel.initWeightUpdate(
                Models.STATIC_PULSE, Map.of(), Map.of("g", new float[] {1, 10, 100})),
            GeNNModel.initPostsynaptic(Models.DELTA, Map.of(), Map.of()))
        .setAxonalDelaySteps(delay);
    model.build();
    model.load();
    return model;
  }

  private static float[] received(GeNNModel model) {
    return model.neuronPopulation("target").vars().get("V").values();
  }

  @ParameterizedTest
  @CsvSource({"jvm, 1, 0", "jvm, 2, 0", "jvm, 1, 2", "native, 1, 0", "native, 1, 2"})
  @Feature({"R13", "N18"})
  void nextStepDeliversThemOnce(String backend, int threads, int delay) {
    try (GeNNModel model = model(backend, threads, delay)) {
      model.stepTime();
      SpikeView spikes = model.neuronPopulation("source").currentSpikes();
      spikes.set(0, 2, 0);
      spikes.set(1, 0, 1, 2);
      spikes.set(1, 1);
      model.pushSpikesToDevice("source");
      assertArrayEquals(new int[] {0, 2}, spikes.ids(0));
      assertArrayEquals(new int[] {1}, spikes.ids(1));
      for (int step = 0; step < delay; step++) {
        model.stepTime();
        assertArrayEquals(new float[] {0, 0}, received(model));
      }
      model.stepTime();
      assertArrayEquals(new float[] {101, 10}, received(model));
      assertEquals(0, spikes.count(0));
      model.stepTime();
      assertArrayEquals(new float[] {101, 10}, received(model));
    }
  }

  /// Both groups have one name, and both record: neither's list is taken for the other's.
  @ParameterizedTest
  @CsvSource({"jvm, 1, 0", "jvm, 2, 0", "jvm, 1, 2", "native, 1, 0", "native, 1, 2"})
  @Feature("R13")
  void nextStepDeliversEventsOnce(String backend, int threads, int delay) {
    var graded =
        new WeightUpdateModel("Graded")
            .variable("g", VarAccess.READ_ONLY)
            .preNeuronVariable("x")
            .preEvent("x > 0.25", "addToPost(g);");
    try (var model = new GeNNModel(Precision.FLOAT, "events", backend)) {
      model.setPreferences(Models.settings().threads(threads));
      model.setBatchSize(2);
      var source = model.addNeuronPopulation("p", 3, SILENT, Map.of(), Map.of("x", 0));
      var target = model.addNeuronPopulation("target", 1, SUM, Map.of(), Map.of("V", 0));
      source.setSpikeRecordingEnabled(true);
      source.setSpikeEventRecordingEnabled(true);
      var synapses =
          model.addSynapsePopulation(
              "p",
              "DENSE",
              source,
              target,
              GeNNModel.initWeightUpdate(graded, Map.of(), Map.of("g", new float[] {1, 10, 100})),
              GeNNModel.initPostsynaptic(Models.DELTA, Map.of(), Map.of()));
      synapses.setAxonalDelaySteps(delay);
      model.build();
      model.load(2);
      model.stepTime();
      SpikeView events = synapses.currentPreSpikeEvents();
      assertEquals(0, events.count(0));
      source.vars().get("x").view().set(1, 2, 0.3f);
      model.stepTime();
      assertArrayEquals(new int[] {2}, events.ids(1));
      assertEquals(0, source.currentSpikes().count(1));
      assertEquals(1, synapses.preSpikeEventRecordingData().get(1).count());
      assertEquals(0, source.spikeRecordingData().get(1).count());
      source.vars().get("x").setValues(0);
      events.set(0, 2, 0);
      events.set(1, 1);
      model.pushSpikeEventsToDevice("p");
      model.stepTime(delay + 1);
      assertArrayEquals(new float[] {101, 10}, received(model));
      model.stepTime(delay + 1);
      assertArrayEquals(new float[] {101, 10}, received(model));
      assertFails("spike-like events 'p.pre': neuron 3 of 3", () -> events.set(0, 3));
    }
  }

  private static void assertFails(String message, Executable executable) {
    assertEquals(message, assertThrows(RuntimeException.class, executable).getMessage());
  }

  @Test
  void neuronsMustExistAndSpikeOnce() {
    try (GeNNModel model = model("jvm", 1, 0)) {
      SpikeView spikes = model.neuronPopulation("source").currentSpikes();
      assertFails("spikes of neuron group 'source': neuron 3 of 3", () -> spikes.set(0, 1, 3));
      assertFails("spikes of neuron group 'source': neuron -1 of 3", () -> spikes.set(0, -1));
      assertFails(
          "spikes of neuron group 'source': neuron 1 is listed twice",
          () -> spikes.set(0, 1, 0, 1));
      assertFails("spikes of neuron group 'source': example 2 of 2", () -> spikes.set(2, 0));
      assertEquals(0, spikes.count(0));
    }
  }
}
