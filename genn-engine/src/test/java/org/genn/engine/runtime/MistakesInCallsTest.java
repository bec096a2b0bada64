package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.ModelValidator;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.Precision;
import org.genn.engine.model.Schedule;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said to calls that cannot be meant: `null`, populations of another model, numbers that
/// are none, names that code knows already.
final class MistakesInCallsTest {
  private static final NeuronModel NEURON = new NeuronModel("Neuron").variable("V");

  private GeNNModel model;
  private NeuronPopulation neurons;

  @BeforeEach
  void describe() {
    model = new GeNNModel(Precision.FLOAT, "m", "jvm");
    model.setPreferences(Models.settings().backend("jvm").threads(1));
    neurons = model.addNeuronPopulation("n", 3, NEURON, Map.of(), Map.of("V", 0));
  }

  private static void assertFails(String message, Executable executable) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, executable).getMessage());
  }

  private static WeightUpdate pulse() {
    return GeNNModel.initWeightUpdate("StaticPulse", Map.of(), Map.of("g", 1));
  }

  private static Postsynapse delta() {
    return GeNNModel.initPostsynaptic("DeltaCurr");
  }

  @Test
  @Feature("M08")
  @SuppressWarnings("NullAway")
  void nullIsRefusedWhereItIsGiven() {
    assertFails("GeNNModel: precision is null; give one", () -> new GeNNModel(null, "m"));
    assertFails(
        "GeNNModel: back end is null; give one", () -> new GeNNModel(Precision.FLOAT, "m", null));
    assertFails(
        "model 'm': set of preferences is null; give one", () -> model.setPreferences(null));
    assertFails(
        "model 'm': the name of a neuron population is null; give one",
        () -> model.addNeuronPopulation(null, 1, NEURON, Map.of(), Map.of()));
    assertFails(
        "neuron population 'c': model is null; give one",
        () -> model.addNeuronPopulation("c", 1, (NeuronModel) null, Map.of(), Map.of()));
    assertFails(
        "neuron population 'c': the map by parameter is null; give one",
        () -> model.addNeuronPopulation("c", 1, NEURON, null, Map.of()));
    var noValue = new HashMap<String, Double>();
    noValue.put("V", null);
    assertFails(
        "neuron population 'c': variable 'V' is null; give one",
        () -> model.addNeuronPopulation("c", 1, NEURON, Map.of(), noValue));
    assertFails(
        "neuron population 'c': parameter 'V' is null; give one",
        () -> model.addNeuronPopulation("c", 1, NEURON, noValue, Map.of()));
    assertFails(
        "synapse population 's': source is null; give one",
        () -> model.addSynapsePopulation("s", "DENSE", null, neurons, pulse(), delta()));
    assertFails(
        "synapse population 's': weight update is null; give one",
        () -> model.addSynapsePopulation("s", "DENSE", neurons, neurons, null, delta()));
    assertFails(
        "synapse population 's': connectivity is null; give one",
        () ->
            model.addSynapsePopulation(
                "s", (Connectivity) null, neurons, neurons, pulse(), delta()));
    assertFails(
        "model 'm': matrix type is null; give one",
        () -> model.addSynapsePopulation("s", (String) null, neurons, neurons, pulse(), delta()));
    assertFails(
        "synapse population 's': master is null; give one",
        () ->
            model.addSlaveSynapsePopulation(
                "s", (SynapsePopulation) null, 0, neurons, neurons, delta()));
    assertFails(
        "current source 'c': population is null; give one",
        () -> model.addCurrentSource("c", "DC", null, Map.of("amp", 1), Map.of()));
    assertFails(
        "current source 'c': model is null; give one",
        () -> model.addCurrentSource("c", (CurrentSourceModel) null, neurons, Map.of(), Map.of()));
    assertFails(
        "custom update 'u': model is null; give one",
        () ->
            model.addCustomUpdate(
                "u", "g", (CustomUpdateModel) null, Map.of(), Map.of(), Map.of()));
    assertFails(
        "custom connectivity update 'u': synapse population is null; give one",
        () ->
            model.addCustomConnectivityUpdate(
                "u",
                "g",
                null,
                new CustomConnectivityUpdateModel("M", ""),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of()));
    assertFails(
        "group 'n': variable 'V': location is null; give one",
        () -> neurons.setVarLocation("V", null));
    assertFails(
        "model 'm' has no neuron population 'null'; it has [n]",
        () -> model.neuronPopulation(null));
  }

  @Test
  @Feature("M08")
  @SuppressWarnings("NullAway")
  void descriptionsRefuseNullToo() {
    assertFails(
        "neuron group 'a': model is null; give one",
        () -> new NeuronGroup("a", 1, null, Bindings.NONE));
    assertFails(
        "neuron group: name is null; give one",
        () -> new NeuronGroup(null, 1, NEURON, Bindings.NONE));
    assertFails(
        "neuron model: sim code of phase 'FORWARD' is null; give one", () -> NEURON.simCode(null));
    assertFails(
        "neuron model 'Neuron': threshold condition is null; give one",
        () -> NEURON.thresholdCondition(null));
    assertFails(
        "weight update model 'StaticPulse': bindings is null; give one",
        () -> new WeightUpdate(WeightUpdateModels.STATIC_PULSE, null));
    assertFails(
        "synapse group 's': postsynapse is null; give one",
        () -> new SynapseGroup("s", new Connectivity.Dense(), "a", "b", pulse(), null));
    assertFails("postsynapse: model is null; give one", () -> new Postsynapse(null, Bindings.NONE));
    assertFails(
        "bindings: variable 'g' is null; give one",
        () -> Bindings.NONE.initialValue("g", (InitialValue) null));
    assertFails(
        "connectivity: snippet is null; give one", () -> new BuiltSynapses(null, Bindings.NONE));
    assertFails(
        "sparse connections: array of targets is null; give one",
        () -> Connectivity.Sparse.of(new int[1], null));
    assertFails("model: name is null; give one", () -> new ModelSpec(null, 1, 1, 1));
  }

  @Test
  @Feature("M15")
  @SuppressWarnings("NullAway")
  void arraysOfValuesMustBeGiven() { // E34
    model.build();
    model.load();
    assertFails(
        "variable 'V' of neuron group 'n': array of values is null; give one",
        () -> neurons.vars().get("V").setValues((float[]) null));
    assertEquals(
        "variable 'V' of neuron group 'n': element 9 of 3",
        assertThrows(
                IndexOutOfBoundsException.class, () -> neurons.vars().get("V").view().get(0, 9))
            .getMessage());
    model.close();
  }

  @Test
  @Feature("M08")
  void populationsMustBePartOfTheModel() {
    var other = new GeNNModel(Precision.FLOAT, "other");
    NeuronPopulation foreign = other.addNeuronPopulation("n", 3, NEURON, Map.of(), Map.of("V", 0));
    assertFails(
        "synapse population 's': its target 'n' is part of another model, 'other'; give a"
            + " population of this one",
        () -> model.addSynapsePopulation("s", "DENSE", neurons, foreign, pulse(), delta()));
    assertFails(
        "current source 'c': its population 'n' is part of another model, 'other'; give a"
            + " population of this one",
        () -> model.addCurrentSource("c", "DC", foreign, Map.of("amp", 1), Map.of()));

    SynapsePopulation synapses =
        other.addSynapsePopulation("s", "SPARSE", foreign, foreign, pulse(), delta());
    assertFails(
        "synapse population 't': its master 's' is part of another model, 'other'; give a"
            + " population of this one",
        () -> model.addSlaveSynapsePopulation("t", synapses, 0, neurons, neurons, delta()));
    assertFails(
        "custom connectivity update 'u': its synapse population 's' is part of another model,"
            + " 'other'; give a population of this one",
        () ->
            model.addCustomConnectivityUpdate(
                "u",
                "g",
                synapses,
                new CustomConnectivityUpdateModel(
                    "Prune", "for_each_synapse { remove_synapse(); }"),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of()));
  }

  @Test
  @Feature("M12")
  void numbersMustBeNumbers() {
    var source = model.addCurrentSource("c", "DC", neurons, Map.of("amp", 1), Map.of());
    source.setParamDynamic("amp");
    model.build();
    model.load();
    assertFails(
        "dynamic parameter 'c.amp': expected a number, got NaN",
        () -> source.setDynamicParamValue("amp", Double.NaN));
    assertFails(
        "dynamic parameter 'c.amp': 1.0E300 does not fit into float",
        () -> source.setDynamicParamValue("amp", 1e300));
    assertFails(
        "model 'm': time must be a number of ms up to 2^53 timesteps of 0.5 ms, got NaN",
        () -> model.setT(Double.NaN));
    assertFails(
        "model 'm': time must be a number of ms up to 2^53 timesteps of 0.5 ms, got 1.0E300",
        () -> model.setT(1e300));
    model.close();
  }

  private static Connectivity sparse(SparseInit init) {
    return new Connectivity.Sparse(new BuiltSynapses(init, Bindings.NONE));
  }

  private static ModelSpec connected(Connectivity connectivity) {
    return new ModelSpec("m", 1, 1, 1)
        .neuronGroup(new NeuronGroup("n", 3, NEURON.thresholdCondition("true"), Bindings.NONE))
        .synapseGroup(new SynapseGroup("s", connectivity, "n", "n", pulse(), delta()));
  }

  private static double fails() {
    throw new IllegalStateException("no idea");
  }

  @Test
  @Feature({"M11", "I14"})
  void whatFunctionsOfAModelThrowIsToldWithTheirName() {
    assertProblem(
        "neuron group 'n': derived parameter 'd' can't be computed from {p=1.0}:"
            + " java.lang.IllegalStateException: no idea",
        spec(NEURON.parameter("p").derivedParameter("d", (_, _) -> fails())));
    SparseInit rows = new SparseInit("Rows").rowBuildCode("addSynapse(0);");
    String what =
        "synapse group 's', connectivity Rows: its bounds or its kernel can't be computed:"
            + " java.lang.IllegalStateException: no idea";
    assertProblem(what, connected(sparse(rows.maxRowLength((_, _, _) -> (int) fails()))));
    SparseInit kernel = rows.kernelSize(_ -> new int[] {(int) fails()});
    assertProblem(what, connected(sparse(kernel)));
    assertProblem(
        what, connected(new Connectivity.Toeplitz(new BuiltSynapses(kernel, Bindings.NONE))));
    assertProblem(
        "synapse group 's', connectivity Rows: it must expect a number of synapses from 0 on, got"
            + " NaN",
        connected(sparse(rows.expectedSynapses((_, _, _) -> Double.NaN))));
  }

  @Test
  @Feature("I09")
  void hostArraysThatCannotBeComputedAreNamed() {
    SparseInit rows = new SparseInit("Rows").rowBuildCode("addSynapse(0);");
    assertOpenFails(
        "model 'm', synapse group 's', connectivity Rows: extra global parameter 'h' can't be"
            + " computed: java.lang.IllegalStateException: no idea",
        connected(
            sparse(rows.hostArray("h", "scalar*", (_, _, _, _) -> new float[(int) fails()]))));
    assertOpenFails(
        "model 'm', synapse group 's', connectivity Rows: the array for extra global parameter 'h'"
            + " is null; give one",
        connected(sparse(rows.hostArray("h", "scalar*", (_, _, _, _) -> none()))));
  }

  @SuppressWarnings("NullAway")
  private static float[] none() {
    return null;
  }

  private static void assertOpenFails(String message, ModelSpec spec) {
    assertFails(
        message, () -> Simulation.open(spec, Models.settings().backend("jvm").threads(1)).close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature("I16")
  void rowsThatNoMemoryHoldsAreRefused(String backend) {
    SparseInit rows =
        new SparseInit("Rows")
            .rowBuildCode("addSynapse(0);")
            .maxRowLength((_, _, _) -> Integer.MAX_VALUE)
            .expectedSynapses((_, _, _) -> 3);
    ModelSpec spec = connected(sparse(rows));
    assertFails(
        "model 'm', synapse group 's': there is no memory for rows of up to 2147483647 synapses;"
            + " give it a smaller maximal row length, or the JVM more (-Xmx)",
        () -> Simulation.open(spec, Models.settings().backend(backend).threads(1)).close());
  }

  /// On `native` a spike of a neuron that there is not would leave all arrays.
  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature("N18")
  void spikesFromOutsideMustBeOfNeuronsInTheOrderOfTheirSteps(String backend) {
    ModelSpec spec =
        new ModelSpec("m", 1, 2, 1)
            .neuronGroup(
                new NeuronGroup("i", 3, NeuronModel.externalSpikes("Input"), Bindings.NONE))
            .neuronGroup(new NeuronGroup("n", 3, NEURON, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup("s", new Connectivity.Dense(), "i", "n", pulse(), delta()))
            .schedule("trial", new Schedule(2).run(Phase.FORWARD));
    String where = "model 'm': spikes of neuron group 'i', example 1";
    try (Simulation simulation =
        Simulation.open(spec, Models.settings().backend(backend).threads(1))) {
      assertFails(
          where + ": ids[1] is 3, but the group has 3 neurons",
          () -> simulation.setSpikes("i", 1, new int[] {0, 1, 2, 3}, new int[] {2, 3, 4}));
      assertFails(
          where + ": ids[2] is -1, but the group has 3 neurons",
          () -> simulation.setSpikes("i", 1, new int[] {0, 1, 2, 3}, new int[] {2, 0, -1}));
      assertFails(
          where + ": offsets must ascend from 0 or more, but offsets[2] is 1 after 2",
          () -> simulation.setSpikes("i", 1, new int[] {0, 2, 1, 2}, new int[] {2, 0}));
      assertFails(
          where + ": offsets must ascend from 0 or more, but offsets[0] is -1",
          () -> simulation.setSpikes("i", 1, new int[] {-1, 0, 0, 0}, new int[0]));
      assertFails(
          where + ": offsets end at 2, but there are 1 ids",
          () -> simulation.setSpikes("i", 1, new int[] {0, 0, 1, 2}, new int[1]));
      assertFails(
          where + ", have 3 offsets, expected 4 (steps of a trial + 2)",
          () -> simulation.setSpikes("i", 1, new int[3], new int[1]));
      // What lies outside of the trial's own spikes may be anything.
      simulation.setSpikes("i", 1, new int[] {1, 1, 2, 2}, new int[] {9, 2, -9});
      simulation.runTrial("trial");
      assertEquals(1, simulation.spikes("i").count(1));
    }
  }

  @Test
  void trialsHaveAnEnd() {
    assertFails(
        "Schedule: a trial can have 1073741824 timesteps at most, got 2147483647",
        () -> new Schedule(Integer.MAX_VALUE));
  }

  private static void assertProblem(String problem, ModelSpec spec) {
    assertFails("model 'm' has a problem:\n  - " + problem, () -> ModelValidator.check(spec));
  }

  private static ModelSpec spec(NeuronModel neuron) {
    return new ModelSpec("m", 1, 1, 1)
        .neuronGroup(new NeuronGroup("n", 3, neuron, Bindings.NONE.parameter("p", 1)));
  }

  @Test
  @Feature({"M15", "L27"})
  void integersAreNumbers() {
    assertProblem(
        "neuron group 'n': variable 'k' is NaN, but its type unsigned int holds numbers from 0 to"
            + " 4294967295",
        new ModelSpec("m", 1, 1, 1)
            .neuronGroup(
                new NeuronGroup(
                    "n",
                    3,
                    new NeuronModel("Counter")
                        .variable(new Variable("k", "unsigned int", VarAccess.READ_WRITE)),
                    Bindings.NONE.initialValue("k", Double.NaN))));
  }

  @Test
  @Feature("M07")
  void whatCodeKnowsIsNoNameForAnythingElse() {
    NeuronModel plain = NEURON.parameter("p");
    for (String name : List.of("t", "dt", "id", "batch", "Isyn")) {
      assertProblem(
          "neuron group 'n', model Neuron: '%s' can't be used as a name, since code knows [Isyn, batch, dt, id, num_batch, num_neurons, st, t] by themselves; choose another one"
              .formatted(name),
          spec(plain.variable(name)));
    }
    ModelSpec base = spec(plain);
    assertProblem(
        "neuron group 'n', variable 'V', initialiser Init: 'value' can't be used as a name, since"
            + " code knows [dt, id, id_kernel, id_post, id_pre, id_syn, num_batch, num_neurons,"
            + " num_post, num_pre, value] by themselves; choose another one",
        new ModelSpec("m", 1, 1, 1)
            .neuronGroup(
                new NeuronGroup(
                    "n",
                    3,
                    NEURON,
                    Bindings.NONE.initialValue(
                        "V",
                        new InitialValue.Snippet(
                            new VariableInit("Init", "").parameter("value"),
                            Bindings.NONE.parameter("value", 1))))));
    assertProblem(
        "synapse group 's', model Update: 'st_pre' can't be used as a name, since code knows"
            + " [batch, dt, id, id_kernel, id_post, id_pre, id_syn, num_batch, num_neurons,"
            + " num_post, num_pre, prev_set, prev_set_post, prev_set_pre, prev_st_post,"
            + " prev_st_pre, set, set_post, set_pre, st_post, st_pre, t] by themselves; choose"
            + " another one",
        base.synapseGroup(
            new SynapseGroup(
                "s",
                new Connectivity.Dense(),
                "n",
                "n",
                new WeightUpdate(
                    new WeightUpdateModel("Update").variable("st_pre", VarAccess.READ_WRITE),
                    Bindings.NONE),
                new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE))));
    assertProblem(
        "synapse group 's', connectivity Rows: 'num_pre' can't be used as a name, since code knows"
            + " [dt, id_kernel, id_post, id_post_begin, id_pre, id_pre_begin, id_syn, id_thread,"
            + " num_batch, num_post, num_pre, num_threads] by themselves; choose another one",
        base.synapseGroup(
            new SynapseGroup(
                "s",
                new Connectivity.Sparse(
                    GeNNModel.initSparseConnectivity(
                        new SparseInit("Rows").parameter("num_pre").rowBuildCode("addSynapse(0);"),
                        Map.of("num_pre", 1))),
                "n",
                "n",
                pulse(),
                delta())));
  }
}
