package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.genn.engine.model.Bindings;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.builtin.NeuronModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Spike times that the host sets are checked before the next step, whatever it sets first.
class SpikeSourcesTest {
  private static final VariableReference START = VariableReference.neuron("in", "startSpike");
  private static final VariableReference END = VariableReference.neuron("in", "endSpike");

  /// Two neurons in two examples: the first spikes at 1 and 3 ms, the second at 2 ms.
  private static final Bindings TIMES =
      Bindings.NONE
          .initialValue("startSpike", InitialValue.of(new float[] {0, 2}))
          .initialValue("endSpike", InitialValue.of(new float[] {2, 3}))
          .extraGlobalParameter("spikeTimes", new float[] {1, 3, 2});

  private static Simulation open(String backend, Bindings times) {
    return Simulation.open(
        new ModelSpec("m", 1, 2, 1)
            .neuronGroup(new NeuronGroup("in", 2, NeuronModels.SPIKE_SOURCE_ARRAY, times)),
        Models.settings().backend(backend).threads(1));
  }

  private static void assertRefused(Simulation simulation, String problem) {
    assertEquals(
        "model 'm', neuron group 'in': " + problem,
        assertThrows(IllegalStateException.class, simulation::stepTime).getMessage());
    assertThrows(IllegalStateException.class, () -> simulation.stepTime(3), "it stays wrong");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature("N17")
  void timesMustAscend(String backend) {
    try (Simulation simulation = open(backend, TIMES)) {
      var times = simulation.extraGlobalParameter("in", "spikeTimes");
      simulation.stepTime();
      times.set(new float[] {4, 3, 2});
      String problem =
          "the spike times of neuron 0 must ascend, but spikeTimes[0] is 4.0 and spikeTimes[1] is"
              + " 3.0; sort them";
      assertRefused(simulation, problem);
      times.set(0, 3);
      simulation.stepTime();
      times.set(1, 2.5);
      assertRefused(simulation, problem.replace("3.0", "2.5").replace("4.0", "3.0"));
      times.set(new double[] {1, Double.NaN, 2});
      assertRefused(
          simulation, "spike time 1 of neuron 0, spikeTimes[1], is NaN; give a time in ms");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature("N17")
  void startsAndEndsMustLieWithinTheArray(String backend) {
    try (Simulation simulation = open(backend, TIMES)) {
      String outside =
          "the spikes of neuron 1 are from %d to %d of 'spikeTimes', which has 3; set startSpike"
              + " and endSpike to positions within it";
      simulation.variable(END).setDouble(1, 1, 4);
      assertRefused(simulation, outside.formatted(2, 4));
      simulation.variable(END).set(new long[] {2, 3});
      simulation.stepTime();
      simulation.variable(START).setLong(0, 1, 7);
      assertRefused(simulation, outside.formatted(7, 3));
      simulation.variable(START).set(new double[] {0, 3});
      simulation.stepTime();
    }
  }

  @Test
  @Feature("N17")
  void whatIsWrongBetweenTwoCallsDoesNotMatter() {
    try (Simulation simulation = open("jvm", TIMES)) {
      simulation.stepTime(4);
      simulation.variable(START).set(new long[] {0, 0});
      simulation.variable(END).set(new long[] {0, 3});
      simulation.extraGlobalParameter("in", "spikeTimes").set(new float[] {4, 5, 6});
      simulation.stepTime();
      assertArrayEquals(new int[] {1}, simulation.spikes("in").ids(1));
    }
  }

  @Test
  @Feature("N17")
  void timesThatCodeComputesAreCheckedBeforeTheFirstStep() {
    Bindings computed =
        TIMES.initialValue(
            "endSpike",
            new InitialValue.Snippet(
                new VariableInit("Ends", "value = 2 + 2 * id;"), Bindings.NONE));
    try (Simulation simulation = open("jvm", computed)) {
      assertRefused(
          simulation,
          "the spikes of neuron 1 are from 2 to 4 of 'spikeTimes', which has 3; set startSpike and"
              + " endSpike to positions within it");
      simulation.variable(END).set(new long[] {2, 3});
      simulation.stepTime();
      simulation.reinitialise();
      assertThrows(IllegalStateException.class, simulation::stepTime);
    }
  }
}
