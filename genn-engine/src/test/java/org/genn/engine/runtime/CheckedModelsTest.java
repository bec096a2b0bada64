package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.Backends;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.feature.Feature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// In checked mode numbers that code computes are told when they are not possible; without checks
/// they are cut to what is, or left out. Either way nothing else is touched.
class CheckedModelsTest {
  private static final int SLOTS = 4;

  /// All neurons spike in every step.
  private static final NeuronModel NEURON =
      new NeuronModel("Neuron").variable("V").simCode("V = Isyn;").thresholdCondition("true");

  private static ModelSpec spec(Connectivity connectivity, WeightUpdateModel model) {
    return new ModelSpec("m", 1, 2, 1)
        .neuronGroup(new NeuronGroup("a", 3, NEURON, Bindings.NONE))
        .neuronGroup(new NeuronGroup("b", 70, NEURON, Bindings.NONE))
        .synapseGroup(
            new SynapseGroup(
                    "s",
                    connectivity,
                    "a",
                    "b",
                    new WeightUpdate(model, Bindings.NONE),
                    new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE))
                .maxDendriticDelay(SLOTS));
  }

  private static WeightUpdateModel delayed(String delay) {
    return new WeightUpdateModel("Delayed")
        .preSpikeSynCode("addToPostDelay(1.0, %s);".formatted(delay));
  }

  private static RuntimeSettings settings(String backend, int parts, boolean isChecked) {
    assumeTrue(
        Backends.all().stream()
            .anyMatch(b -> b.name().equals(backend) && b.availability().isAvailable()),
        backend + " is not here");
    var settings = Models.settings().backend(backend).threads(2).parts(parts);
    return settings.build(settings.build().isChecked(isChecked));
  }

  /// What stops the second step: the first one's spikes arrive then.
  private static void assertTold(String backend, int parts, ModelSpec spec, String message) {
    try (var simulation = Simulation.open(spec, settings(backend, parts, true))) {
      simulation.stepTime();
      String found = assertThrows(BackendException.class, simulation::stepTime).getMessage();
      assertTrue(found.startsWith("model 'm': "), found);
      assertEquals(message, found.substring(found.indexOf("synapse group 's'")));
    }
    try (var simulation = Simulation.open(spec, settings(backend, parts, false))) {
      simulation.stepTime(3);
    }
  }

  @ParameterizedTest
  @CsvSource({"jvm, 1", "jvm, 2", "native, 1", "native, 2"})
  @Feature({"S19", "S23"})
  void delaysThatCodeComputesMustFitTheRing(String backend, int parts) {
    String rest =
        " timesteps, but the group's maximal dendritic delay of 4 leaves room for 0 to 3; make that"
            + " longer or the delay shorter";
    String delay = "synapse group 's': addToPostDelay gets a delay of ";
    assertTold(
        backend,
        parts,
        spec(new Connectivity.Dense(), delayed("id_post == 65 ? 4 : 3")),
        delay + "4" + rest);
    assertTold(
        backend,
        parts,
        spec(
            new Connectivity.Dense(), delayed("(int) id_post - 65 * (int) id_pre < -100 ? -7 : 0")),
        delay + "-7" + rest);
    assertTold(
        backend,
        parts,
        spec(
            new Connectivity.Dense(),
            new WeightUpdateModel("Dynamic")
                .synapseDynamicsCode("addToPostDelay(1.0, id_post > 60 && t > 0.5 ? 100000 : 1);")),
        delay + "100000" + rest);
  }

  @ParameterizedTest
  @CsvSource({"jvm, 1", "jvm, 2", "native, 1", "native, 2"})
  @Feature({"L24", "S24"})
  void subscriptsOfDelaysMustFitTheRing(String backend, int parts) {
    var model = new WeightUpdateModel("Subscript").postNeuronVariable("V");
    String message =
        "synapse group 's': 'V' is read with a delay of 6 timesteps, but the group's maximal"
            + " dendritic delay of 4 leaves room for 0 to 3; make that longer or the delay shorter";
    var tooLong = "V[id_post == 65 ? 6 : 3]";
    assertTold(
        backend,
        parts,
        spec(new Connectivity.Dense(), model.preSpikeSynCode("addToPost(%s);".formatted(tooLong))),
        message);
    var sparse = Connectivity.Sparse.of(new int[] {0, 1, 2}, new int[] {1, 65, 69});
    assertTold(
        backend,
        parts,
        spec(sparse, model.postSpikeSynCode("addToPre(%s);".formatted(tooLong))),
        message);
    // Nothing but the host changes it, so that it has no history.
    var constant = NEURON.simCode("");
    assertTold(
        backend,
        parts,
        new ModelSpec("m", 1, 2, 1)
            .neuronGroup(new NeuronGroup("a", 3, NEURON, Bindings.NONE))
            .neuronGroup(new NeuronGroup("b", 70, constant, Bindings.NONE))
            .synapseGroup(
                spec(
                        new Connectivity.Dense(),
                        model.preSpikeSynCode("addToPost(%s);".formatted(tooLong)))
                    .synapseGroup("s")),
        message);
  }

  private static Connectivity procedural(String code) {
    return new Connectivity.Procedural(
        new BuiltSynapses(
            new SparseInit("Rows").rowBuildCode(code).maxRowLength((_, _, _) -> 2), Bindings.NONE));
  }

  private static Connectivity toeplitz(String code) {
    return new Connectivity.Toeplitz(
        new BuiltSynapses(
            new SparseInit("Windows")
                .rowBuildCode(code)
                .maxRowLength((_, _, _) -> 2)
                .kernelSize(_ -> new int[] {2, 3}),
            Bindings.NONE));
  }

  @ParameterizedTest
  @CsvSource({"jvm, 1", "jvm, 2", "native, 1", "native, 2"})
  @Feature({"S05", "S07", "I07"})
  void synapsesThatAreMadeAtEachSpikeMustLeadSomewhere(String backend, int parts) {
    var pulse = new WeightUpdateModel("Pulse").preSpikeSynCode("addToPost(1.0);");
    String rows = "synapse group 's': connectivity Rows adds ";
    assertTold(
        backend,
        parts,
        spec(procedural("addSynapse(69); addSynapse(68 + id_pre);"), pulse),
        rows + "a synapse to target 70, but 'b' has 70 neurons; test the index before addSynapse");
    assertTold(
        backend,
        parts,
        spec(procedural("addSynapse(id_pre == 1 ? -5 : 0);"), pulse),
        rows + "a synapse to target -5, but 'b' has 70 neurons; test the index before addSynapse");
    assertTold(
        backend,
        parts,
        spec(procedural("for (int j = 0; j <= id_pre; j++) { addSynapse(j); }"), pulse),
        rows
            + "synapse 2 (counted from 0) to a row with room for 2; give it a larger maximal row"
            + " length");
    var kernel =
        new WeightUpdateModel("Kernel")
            .variable("g", VarAccess.READ_ONLY)
            .preSpikeSynCode("addToPost(g);");
    String windows = "synapse group 's': connectivity Windows adds ";
    assertTold(
        backend,
        parts,
        spec(toeplitz("addSynapse(70 * id_pre, 1, 2);"), kernel),
        windows
            + "a synapse to target 70, but 'b' has 70 neurons; test the index before addSynapse");
    assertTold(
        backend,
        parts,
        spec(toeplitz("addSynapse(0, 0, 3 * (id_pre / 2));"), kernel),
        windows
            + "a synapse with the kernel index 3, but the kernel has the size [2, 3]; test the"
            + " index before addSynapse");
  }

  @ParameterizedTest
  @CsvSource({"jvm, 1", "jvm, 2", "native, 1", "native, 2"})
  @Feature("S23")
  void whatFitsIsTheSameWithChecks(String backend, int parts) {
    var model =
        delayed("(id_pre + id_post) % 4")
            .postNeuronVariable("V")
            .synapseDynamicsCode("addToPost(V[(id_post % 4)]);");
    var results = new float[2][];
    for (int checked = 0; checked < 2; checked++) {
      var spec = spec(new Connectivity.Dense(), model);
      try (var simulation = Simulation.open(spec, settings(backend, parts, checked == 1))) {
        simulation.stepTime(9);
        results[checked] = simulation.variable(VariableReference.neuron("b", "V")).toArray();
      }
    }
    assertTrue(results[0][3] > 0, "something arrives");
    assertArrayEquals(results[0], results[1]);
  }
}
