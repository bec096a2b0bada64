package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.Backends;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.ExtraGlobalParameter;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
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
import org.junit.jupiter.params.provider.ValueSource;

/// In checked mode numbers that code computes are told when they are not possible; without checks
/// they are cut to what is, or left out. Either way nothing else is touched.
class CheckedModelsTest {
  private static final int SLOTS = 4;

  /// All neurons spike in every step.
  private static final NeuronModel NEURON =
      new NeuronModel("Neuron").variable("V").simCode("V = Isyn;").thresholdCondition("true");

  private static final WeightUpdateModel PULSE =
      new WeightUpdateModel("Pulse").preSpikeSynCode("addToPost(1.0);");

  private static ModelSpec spec(Connectivity connectivity, WeightUpdateModel model) {
    return spec(connectivity, model, PostsynapticModels.DELTA_CURR);
  }

  private static ModelSpec spec(
      Connectivity connectivity, WeightUpdateModel model, PostsynapticModel input) {
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
                    new Postsynapse(input, Bindings.NONE))
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
    String rows = "synapse group 's': connectivity Rows adds ";
    assertTold(
        backend,
        parts,
        spec(procedural("addSynapse(69); addSynapse(68 + id_pre);"), PULSE),
        rows
            + "a synapse of source 2 to target 70, but 'b' has 70 neurons; test the index before"
            + " addSynapse");
    assertTold(
        backend,
        parts,
        spec(procedural("addSynapse(id_pre == 1 ? -5 : 0);"), PULSE),
        rows
            + "a synapse of source 1 to target -5, but 'b' has 70 neurons; test the index before"
            + " addSynapse");
    assertTold(
        backend,
        parts,
        spec(procedural("for (int j = 0; j <= id_pre; j++) { addSynapse(j); }"), PULSE),
        rows
            + "synapse 2 (counted from 0) of source 2 to a row with room for 2; give it a larger"
            + " maximal row length");
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
            + "a synapse of source 1 to target 70, but 'b' has 70 neurons; test the index before"
            + " addSynapse");
    assertTold(
        backend,
        parts,
        spec(toeplitz("addSynapse(0, 0, 3 * (id_pre / 2));"), kernel),
        windows
            + "a synapse of source 2 with the kernel index 3, but the kernel has the size [2, 3];"
            + " test the index before addSynapse");
  }

  @ParameterizedTest
  @CsvSource({"jvm, 1", "jvm, 2", "native, 1", "native, 2"})
  @Feature({"S05", "S23", "I14"})
  void numbersOf64BitsAreToldBeforeTheyAreCut(String backend, int parts) {
    // 2^32 + 1: its lower half would be a delay of 1, a target 1, and element 1
    String large = "(4294967296 + id_pre * 0 + 1)";
    assertTold(
        backend,
        parts,
        spec(new Connectivity.Dense(), delayed(large)),
        "synapse group 's': addToPostDelay gets a delay of 4294967297 timesteps, but the group's"
            + " maximal dendritic delay of 4 leaves room for 0 to 3; make that longer or the delay"
            + " shorter");
    assertTold(
        backend,
        parts,
        spec(procedural("addSynapse(%s);".formatted(large)), PULSE),
        "synapse group 's': connectivity Rows adds a synapse of source 0 to target 4294967297, but"
            + " 'b' has 70 neurons; test the index before addSynapse");
    ModelSpec stored =
        spec(
            new Connectivity.Sparse(
                ((Connectivity.Procedural) procedural("addSynapse(%s);".formatted(large)))
                    .synapses()),
            PULSE);
    assertEquals(
        "model 'm', synapse group 's': connectivity Rows adds a synapse to source 0 that leads to"
            + " no neuron; 'a' has 3, 'b' has 70; test the index before addSynapse",
        assertThrows(
                IllegalArgumentException.class,
                () -> Simulation.open(stored, settings(backend, parts, true)).close())
            .getMessage());
  }

  /// Their lower halves would be neurons.
  @ParameterizedTest
  @CsvSource({"jvm, 1", "jvm, 2", "native, 1", "native, 2"})
  @Feature({"S05", "I14"})
  void indicesOf64BitsAreTestedBeforeTheyAreCut(String backend, int parts) {
    for (String index : List.of("4294967297 + id_pre * 0", "-4294967295 + 0 * (int) id_pre")) {
      BuiltSynapses rows =
          new BuiltSynapses(
              new SparseInit("Rows")
                  .rowBuildCode("if (id_pre == 1) { addSynapse(%s); }".formatted(index))
                  .maxRowLength((_, _, _) -> 2),
              Bindings.NONE);
      assertEquals(
          "model 'm', synapse group 's': connectivity Rows adds a synapse to source 1 that leads to"
              + " no neuron; 'a' has 3, 'b' has 70; test the index before addSynapse",
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      Simulation.open(
                              spec(new Connectivity.Sparse(rows), PULSE),
                              settings(backend, parts, false))
                          .close())
              .getMessage());
      try (var simulation =
          Simulation.open(
              spec(new Connectivity.Procedural(rows), PULSE), settings(backend, parts, false))) {
        simulation.stepTime(3);
        assertArrayEquals(
            new float[140], simulation.variable(VariableReference.neuron("b", "V")).toArray());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"jvm, 1", "jvm, 2", "native, 1", "native, 2"})
  @Feature({"S05", "I16"})
  void rowsWithoutRoomAreMadeToSeeThatNothingIsAdded(String backend, int parts) {
    assertTold(
        backend,
        parts,
        spec(
            new Connectivity.Procedural(
                new BuiltSynapses(
                    new SparseInit("Rows")
                        .rowBuildCode("if (id_pre == 1) { addSynapse(0); }")
                        .maxRowLength((_, _, _) -> 0),
                    Bindings.NONE)),
            PULSE.preSpikeSynCode("addToPost(1.0); addToPre(1.0);")),
        "synapse group 's': connectivity Rows adds synapse 0 (counted from 0) of source 1 to a row"
            + " with room for 0; give it a larger maximal row length");
  }

  private static void assertFails(
      String backend, NeuronModel model, Bindings bindings, String end) {
    assertFails(
        backend,
        new ModelSpec("m", 1, 1, 1).neuronGroup(new NeuronGroup("b", 70, model, bindings)),
        end);
  }

  private static void assertFails(String backend, ModelSpec spec, String end) {
    try (var simulation = Simulation.open(spec, settings(backend, 1, true))) {
      String found =
          assertThrows(BackendException.class, () -> simulation.stepTime(2)).getMessage();
      String start = "model 'm': kernel 'run_FORWARD_0' failed for examples [01] to [01]: ";
      assertEquals(end, found.replaceFirst(start, ""));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature("M13")
  void subscriptsAreToldAsTheyAreWhateverTheirType(String backend) {
    NeuronModel model = NEURON.extraGlobalParameter("e", "scalar*");
    Bindings three = Bindings.NONE.extraGlobalParameter("e", new float[] {1, 2, 3});
    String where = "sim code of neuron model Neuron, neuron group 'b': ";
    String rest = " is outside of its 3 elements";
    assertFails(
        backend, model.simCode("V = e[4294967296 + id];"), three, where + "e[4294967296]" + rest);
    assertFails(backend, model.simCode("V = e[id - 1];"), three, where + "e[4294967295]" + rest);
    assertFails(backend, model.simCode("V = e[(int) id - 1];"), three, where + "e[-1]" + rest);
    assertFails(
        backend,
        model.simCode("unsigned int k = 2; e[k++] += 1; e[k++] += V; V = *(e + 1);"),
        three,
        where + "e[3]" + rest);
    assertFails(backend, model.simCode("V = *(e + 1 + id);"), three, where + "e[3]" + rest);
    assertFails(
        backend,
        model.simCode("").resetCode("scalar *p = e + 1; V = p[id];"),
        three,
        "reset code of neuron model Neuron, neuron group 'b': p[3]" + rest);
  }

  /// What current sources and postsynaptic models do runs in the loop over the neurons that get it.
  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature({"M13", "L20"})
  void theOneWhoseCodeItIsIsNamed(String backend) {
    ModelSpec spec = spec(new Connectivity.Dense(), PULSE);
    var current = new CurrentSourceModel("Current", "assert(id < 69); injectCurrent(1.0);");
    assertFails(
        backend,
        spec.currentSource(new CurrentSource("c", "b", current, Bindings.NONE)),
        "injection code of current source model Current, current source 'c': assert(id <"
            + " unsigned_int(69)) failed");
    var array =
        new CurrentSourceModel("Array", "injectCurrent(e[id]);")
            .declarations(
                Declarations.NONE.extraGlobalParameter(new ExtraGlobalParameter("e", "scalar*")));
    assertFails(
        backend,
        spec.currentSource(
            new CurrentSource(
                "c", "b", array, Bindings.NONE.extraGlobalParameter("e", new float[] {1, 2, 3}))),
        "injection code of current source model Array, current source 'c': e[3] is outside of its 3"
            + " elements");
    var input = new PostsynapticModel("Input", "assert(inSyn < 2.0); injectCurrent(inSyn);");
    assertFails(
        backend,
        spec(new Connectivity.Dense(), PULSE, input),
        "sim code of postsynaptic model Input, synapse group 's': assert(inSyn < 2.0f) failed");
    assertFails(
        backend,
        spec(
            new Connectivity.Dense(),
            PULSE.preSpikeSynCode("assert(id_post + id_pre < 60u); addToPost(1.0);")),
        "presynaptic spike code of weight update model Pulse, synapse group 's':"
            + " assert((id_post + id_pre) < 60u) failed");
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
