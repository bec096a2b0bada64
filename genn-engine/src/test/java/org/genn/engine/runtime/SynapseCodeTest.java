package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Code of synapses for all occasions, on networks whose answer is a number in binary: neuron `i`
/// of 16 acts in step `i` and reaches those of 4 neurons whose bit of `i + 1` is set.
class SynapseCodeTest {
  static final Postsynapse DELTA = new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE);

  /// Acts in step `id`: spikes, has `active` 1, and adds up what it gets.
  static final NeuronModel ONE_HOT =
      new NeuronModel("OneHot")
          .variable("x")
          .variable("active")
          .simCode("x = Isyn; active = (id == (unsigned int) t) ? 1.0 : 0.0;")
          .thresholdCondition("id == (unsigned int) t");

  static final NeuronModel SUM = new NeuronModel("Sum").variable("x").simCode("x = Isyn;");

  private static boolean isConnected(int one, int bit) {
    return ((one + 1) >> bit & 1) == 1;
  }

  /// From 16 to 4, or from 4 to 16.
  private static Connectivity coded(boolean isSparse, boolean fromFour) {
    if (!isSparse) {
      return new Connectivity.Dense();
    }
    int[] pairs = IntStream.range(0, 64).filter(k -> isConnected(k / 4, k % 4)).toArray();
    int[] ones = IntStream.of(pairs).map(k -> k / 4).toArray();
    int[] bits = IntStream.of(pairs).map(k -> k % 4).toArray();
    return fromFour ? Connectivity.Sparse.of(bits, ones) : Connectivity.Sparse.of(ones, bits);
  }

  /// Weights of 1 or of `2^bit`.
  private static InitialValue weights(boolean isSparse, boolean fromFour, boolean isPower) {
    var values =
        IntStream.range(0, 64)
            .filter(k -> !isSparse || isConnected(k / 4, k % 4))
            .mapToDouble(k -> isConnected(k / 4, k % 4) ? (isPower ? 1 << (k % 4) : 1) : 0)
            .toArray();
    float[] weights = new float[values.length];
    if (fromFour && !isSparse) {
      for (int k = 0; k < 64; k++) {
        weights[(k % 4) * 16 + k / 4] = (float) values[k];
      }
    } else {
      for (int k = 0; k < weights.length; k++) {
        weights[k] = (float) values[k];
      }
    }
    return InitialValue.of(weights);
  }

  private static WeightUpdateModel model() {
    return new WeightUpdateModel("Coded").variable("g", VarAccess.READ_ONLY);
  }

  private static ModelSpec spec(
      WeightUpdateModel model, boolean isSparse, boolean fromFour, boolean isPower, int batch) {
    return new ModelSpec("coded", 1, batch, 1)
        .neuronGroup(new NeuronGroup("sixteen", 16, ONE_HOT, Bindings.NONE))
        .neuronGroup(new NeuronGroup("four", 4, SUM, Bindings.NONE))
        .synapseGroup(
            new SynapseGroup(
                "s",
                coded(isSparse, fromFour),
                fromFour ? "four" : "sixteen",
                fromFour ? "sixteen" : "four",
                new WeightUpdate(
                    model, Bindings.NONE.initialValue("g", weights(isSparse, fromFour, isPower))),
                DELTA));
  }

  /// Reads the number in the bits of the four after each step: it is that of the neuron that acted
  /// in the step before.
  private static void assertDecodesInFour(ModelSpec spec) {
    try (var simulation = Simulation.open(spec, Models.settings())) {
      VariableView x = simulation.variable(VariableReference.neuron("four", "x"));
      for (int step = 0; step < 16; step++) {
        simulation.stepTime();
        for (int example = 0; example < spec.batchSize(); example++) {
          int number = 0;
          for (int bit = 0; bit < 4; bit++) {
            number += x.get(example, bit) == 1f ? 1 << bit : 0;
          }
          assertEquals(step, number);
        }
      }
    }
  }

  /// The same, in the sum over the sixteen.
  private static void assertDecodesInSixteen(ModelSpec spec) {
    try (var simulation = Simulation.open(spec, Models.settings())) {
      VariableView x = simulation.variable(VariableReference.neuron("sixteen", "x"));
      for (int step = 0; step < 16; step++) {
        simulation.stepTime();
        float sum = 0;
        for (float value : x.toArray()) {
          sum += value;
        }
        assertEquals(step * spec.batchSize(), sum);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "false, 1", "true, 5"})
  @Feature({"S02", "S09"})
  void spikesAreDecoded(boolean isSparse, int batch) {
    assertDecodesInFour(
        spec(model().preSpikeSynCode("addToPost(g);"), isSparse, false, false, batch));
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "false, 1", "true, 5"})
  @Feature("S11")
  void eventsAreDecoded(boolean isSparse, int batch) {
    assertDecodesInFour(
        spec(
            model().preNeuronVariable("active").preEvent("active > 0.5", "addToPost(g);"),
            isSparse,
            false,
            false,
            batch));
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "false, 1", "true, 5"})
  @Feature("S13")
  void dynamicsAreDecoded(boolean isSparse, int batch) {
    assertDecodesInFour(
        spec(
            model().preNeuronVariable("active").synapseDynamicsCode("addToPost(g * active);"),
            isSparse,
            false,
            false,
            batch));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Feature("S19")
  void sourcesGetWhatTheirSynapsesSendBack(boolean isSparse) {
    assertDecodesInSixteen(spec(model().preSpikeSynCode("addToPre(g);"), isSparse, false, true, 1));
    assertDecodesInSixteen(
        spec(
            model().preNeuronVariable("active").synapseDynamicsCode("addToPre(g * active);"),
            isSparse,
            false,
            true,
            1));
  }

  /// From four to sixteen, read at the four: a spike of number `i` reaches back.
  @ParameterizedTest
  @CsvSource({"true, 1", "false, 1", "true, 5"})
  @Feature({"S10", "S12"})
  void postsynapticSpikesAndEventsReachBack(boolean isSparse, int batch) {
    assertDecodesInFour(
        spec(model().postSpikeSynCode("addToPre(g);"), isSparse, true, false, batch));
    assertDecodesInFour(
        spec(
            model().postNeuronVariable("active").postEvent("active > 0.5", "addToPre(g);"),
            isSparse,
            true,
            false,
            batch));
  }

  @ParameterizedTest
  @CsvSource({"true, 3", "false, 0", "true, 0", "false, 4"})
  @Feature({"S10", "S22"})
  void postsynapticCodeSeesAndWritesTheSynapse(boolean isSparse, int delay) {
    WeightUpdateModel model =
        new WeightUpdateModel("Mark")
            .variable("w", VarAccess.READ_WRITE)
            .postSpikeSynCode("w += (100.0 * id_post) + id_pre + 0.5;");
    ModelSpec base =
        new ModelSpec("mark", 1, 2, 1)
            .neuronGroup(new NeuronGroup("four", 4, SUM, Bindings.NONE))
            .neuronGroup(new NeuronGroup("sixteen", 16, ONE_HOT, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                        "s",
                        coded(isSparse, true),
                        "four",
                        "sixteen",
                        new WeightUpdate(model, Bindings.NONE),
                        DELTA)
                    .backPropagationDelay(delay));
    try (var simulation = Simulation.open(base, Models.settings())) {
      for (int step = 0; step < 10; step++) {
        simulation.stepTime();
      }
      VariableView w = simulation.variable(VariableReference.synapse("s", "w"));
      for (int k = 0; k < w.elements(); k++) {
        int pre = isSparse ? simulation.sparseConnectivity("s").sources()[k] : k / 16;
        int post = isSparse ? simulation.sparseConnectivity("s").targets()[k] : k % 16;
        // A spike in step i takes effect in step i + 1 + delay.
        float expected = post + 1 + delay <= 9 ? 100 * post + pre + 0.5f : 0;
        assertEquals(expected, w.get(1, k), "from " + pre + " to " + post);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "5, true", "5, false"})
  @Feature("S21")
  void axonalDelayPutsSpikesAndEventsOff(int delay, boolean hasEvents) {
    WeightUpdateModel model =
        hasEvents
            ? model().preNeuronVariable("active").preEvent("active > 0.5", "addToPost(g);")
            : model().preSpikeSynCode("addToPost(g);");
    ModelSpec spec = spec(model, true, false, false, 2);
    SynapseGroup delayed = spec.synapseGroup("s").axonalDelay(delay);
    // Another group of the same source without delay needs no ring.
    spec =
        new ModelSpec("delayed", 1, 2, 1)
            .neuronGroup(spec.neuronGroup("sixteen"))
            .neuronGroup(spec.neuronGroup("four"))
            .synapseGroup(delayed);
    try (var simulation = Simulation.open(spec, Models.settings())) {
      VariableView x = simulation.variable(VariableReference.neuron("four", "x"));
      for (int step = 0; step < 16 + delay; step++) {
        simulation.stepTime();
        int number = 0;
        for (int bit = 0; bit < 4; bit++) {
          number += x.get(1, bit) == 1f ? 1 << bit : 0;
        }
        int source = step - 1 - delay;
        assertEquals(source < 0 ? 0 : (source + 1) & 15, number);
      }
      simulation.reinitialise();
      simulation.stepTime();
      assertEquals(0, x.get(0, 0));
    }
  }

  @Test
  @Feature({"S11", "S12", "S21", "S23"})
  void faultsAreNamedTogether() {
    WeightUpdateModel model =
        model()
            .preSpikeSynCode("addToPostDelay(g, 1);")
            .postEvent("", "addToPre(g);")
            .postSpikeSynCode("g;");
    ModelSpec spec = spec(model, true, false, false, 1);
    SynapseGroup wrong = spec.synapseGroup("s").axonalDelay(-1).backPropagationDelay(-2);
    ModelSpec all =
        new ModelSpec("wrong", 1, 1, 1)
            .neuronGroup(spec.neuronGroup("sixteen"))
            .neuronGroup(spec.neuronGroup("four"))
            .synapseGroup(wrong);
    assertEquals(
        """
        model 'wrong' has 4 problems:
          - synapse group 's': Coded has postsynaptic event code, but no postsynaptic event threshold
          - synapse group 's': its axonal delay must not be negative, got -1 timesteps
          - synapse group 's': its back-propagation delay must not be negative, got -2 timesteps
          - synapse group 's': Coded calls addToPostDelay, but the group has no maximal dendritic delay; set it, with setMaxDendriticDelayTimesteps or SynapseGroup.maxDendriticDelay\
        """,
        assertThrows(IllegalArgumentException.class, () -> Simulation.open(all, Models.settings()))
            .getMessage());
    ModelSpec short0 =
        new ModelSpec("wrong", 1, 1, 1)
            .neuronGroup(spec.neuronGroup("sixteen"))
            .neuronGroup(spec.neuronGroup("four"))
            .synapseGroup(
                spec(model().preSpikeSynCode("addToPost(g);"), true, false, false, 1)
                    .synapseGroup("s")
                    .maxDendriticDelay(0));
    assertEquals(
        """
        model 'wrong' has a problem:
          - synapse group 's': its maximal dendritic delay must be at least 1 timestep, got 0\
        """,
        assertThrows(
                IllegalArgumentException.class, () -> Simulation.open(short0, Models.settings()))
            .getMessage());
  }
}
