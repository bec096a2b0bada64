package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.genn.engine.backend.Philox;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.SynapsePairs;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Groups of more than 2^32 synapses, of which only those exist that a test looks at.
@Feature("G21")
class LargeGroupsTest {
  /// Room in a row, such that the third row lies beyond 2^32.
  private static final long ROOM = 2_000_000_000;

  private static final VariableReference NUMBER = VariableReference.synapse("s", "number");

  /// Four sources with two, none, one and two synapses.
  private static Connectivity sparse(int room) {
    return new Connectivity.Sparse(
        SynapsePairs.of(new int[] {0, 0, 2, 3, 3}, new int[] {1, 4, 0, 2, 3}).maxRowLength(room));
  }

  private static final long[] NUMBERS = {0, 1, 2 * ROOM, 3 * ROOM, 3 * ROOM + 1};

  private static WeightUpdateModel numbered() {
    return new WeightUpdateModel("Numbered")
        .declarations(
            Declarations.NONE.variable(new Variable("number", "uint64_t", VarAccess.READ_WRITE)));
  }

  private static ModelSpec spec(Connectivity connectivity, WeightUpdateModel model) {
    NeuronModel always = new NeuronModel("Always").thresholdCondition("true");
    return new ModelSpec("large", 1, 1, 11)
        .neuronGroup(new NeuronGroup("pre", 4, always, Bindings.NONE))
        .neuronGroup(new NeuronGroup("post", 5, always, Bindings.NONE))
        .synapseGroup(
            new SynapseGroup(
                "s",
                connectivity,
                "pre",
                "post",
                new WeightUpdate(model, Bindings.NONE),
                new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE)));
  }

  private static long[] numbersAfterTwoSteps(ModelSpec spec) {
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.stepTime();
      simulation.stepTime();
      return simulation.variable(NUMBER).toLongs();
    }
  }

  @Test
  void presynapticSpikeCodeNumbersSynapsesWith64Bits() {
    assertArrayEquals(
        NUMBERS,
        numbersAfterTwoSteps(
            spec(sparse((int) ROOM), numbered().preSpikeSynCode("number = id_syn;"))));
  }

  @Test
  void postsynapticSpikeCodeNumbersSynapsesWith64Bits() {
    assertArrayEquals(
        NUMBERS,
        numbersAfterTwoSteps(
            spec(sparse((int) ROOM), numbered().postSpikeSynCode("number = id_syn;"))));
  }

  @Test
  void synapseDynamicsNumberSynapsesWith64Bits() {
    assertArrayEquals(
        NUMBERS,
        numbersAfterTwoSteps(
            spec(sparse((int) ROOM), numbered().synapseDynamicsCode("number = id_syn;"))));
  }

  @Test
  void customUpdatesNumberSynapsesWith64Bits() {
    var update =
        new CustomUpdate(
                "note",
                "notes",
                new CustomUpdateModel("Note", "number = id_syn;")
                    .reference(
                        new VariableDeclaration("number", "uint64_t", VarAccessMode.READ_WRITE)),
                Bindings.NONE)
            .reference("number", NUMBER);
    try (var simulation =
        Simulation.open(
            spec(sparse((int) ROOM), numbered()).customUpdate(update), Models.settings())) {
      simulation.customUpdate("notes");
      assertArrayEquals(NUMBERS, simulation.variable(NUMBER).toLongs());
    }
  }

  @Test
  void customConnectivityUpdatesNumberSynapsesWith64Bits() {
    var update =
        new CustomConnectivityUpdate(
                "note",
                "notes",
                "s",
                new CustomConnectivityUpdateModel("Note", "for_each_synapse { number = id_syn; }")
                    .reference(
                        new VariableDeclaration("number", "uint64_t", VarAccessMode.READ_WRITE)),
                Bindings.NONE)
            .reference("number", NUMBER);
    try (var simulation =
        Simulation.open(
            spec(sparse((int) ROOM), numbered()).customConnectivityUpdate(update),
            Models.settings())) {
      simulation.customUpdate("notes");
      assertArrayEquals(NUMBERS, simulation.variable(NUMBER).toLongs());
    }
  }

  @Test
  void numbersOfGroupsOfUpTo2To32PlacesHave32Bits() {
    long room = 1 << 30;
    String code = "number = id_syn + 3221225472u;"; // 3 · 2^30: wraps from the second quarter on
    assertArrayEquals(
        new long[] {3 * room, 3 * room + 1, room, 2 * room, 2 * room + 1},
        numbersAfterTwoSteps(spec(sparse((int) room), numbered().preSpikeSynCode(code))));
  }

  // ---- random numbers

  private static final int SIDE = 70_000;

  /// All to all; one source spikes.
  private static float[] rowOf(int source) {
    NeuronModel one =
        new NeuronModel("One").thresholdCondition("t == 0.0 && id == " + source + "u");
    NeuronModel sum = new NeuronModel("Sum").variable("x").simCode("x += Isyn;");
    ModelSpec spec =
        new ModelSpec("large", 1, 1, 11)
            .neuronGroup(new NeuronGroup("pre", SIDE, one, Bindings.NONE))
            .neuronGroup(new NeuronGroup("post", SIDE, sum, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.DenseProcedural(),
                    "pre",
                    "post",
                    new WeightUpdate(
                        WeightUpdateModels.STATIC_PULSE,
                        Bindings.NONE.initialValue("g", VariableInits.uniform(0, 1))),
                    new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE)));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.stepTime();
      simulation.stepTime();
      return simulation.variable(VariableReference.neuron("post", "x")).toArray();
    }
  }

  /// Source 61 356 has both synapses below 2^32 and above.
  @ParameterizedTest
  @ValueSource(ints = {3, 61_356, 65_000})
  void initialValuesOfDenseGroupsAreCountedWith64Bits(int source) {
    var philox = new Philox(11);
    float[] row = rowOf(source);
    int stream =
        IntStream.range(0, 100)
            .map(number -> number | 1 << 31)
            .filter(tried -> draw(philox, tried, source, 0) == row[0])
            .findFirst()
            .orElseThrow();
    float[] expected = new float[SIDE];
    for (int target = 0; target < SIDE; target++) {
      expected[target] = draw(philox, stream, source, target);
    }
    assertArrayEquals(expected, row);
  }

  private static float draw(Philox philox, int stream, int source, int target) {
    long number = source * (long) SIDE + target;
    return philox.uniformFloat((int) number, stream, (int) (number >> 32), 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5, (1L << 32) - 1, 1L << 32, (3L << 32) + 5})
  void drawsOfStepsBeyond2To32HaveAnotherKey(long step) {
    NeuronModel drawing =
        new NeuronModel("Drawing").variable("x").simCode("x = gennrand_uniform();");
    ModelSpec spec =
        new ModelSpec("late", 1, 1, 11)
            .neuronGroup(new NeuronGroup("n", 3, drawing, Bindings.NONE));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.setTimestep(step);
      simulation.stepTime();
      float[] drawn = simulation.variable(VariableReference.neuron("n", "x")).toArray();
      var philox = new Philox(11 ^ (step >> 32 << 32));
      for (int neuron = 0; neuron < 3; neuron++) {
        assertEquals(philox.uniformFloat(neuron, 0, (int) step, 0), drawn[neuron]);
      }
    }
  }

  // ---- refusals

  @Test
  void arraysWithMoreRowsThanCanBeNumberedAreRefused() {
    var model =
        new WeightUpdateModel("Per example")
            .variable("e", VarAccess.READ_ONLY_DUPLICATE)
            .preSpikeSynCode("addToPost(e);");
    NeuronModel never = new NeuronModel("Never");
    ModelSpec spec =
        new ModelSpec("wide", 1, 100, 11)
            .neuronGroup(new NeuronGroup("pre", 30_000_000, never, Bindings.NONE))
            .neuronGroup(new NeuronGroup("post", 1, never, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.Dense(),
                    "pre",
                    "post",
                    new WeightUpdate(model, Bindings.NONE),
                    new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE)));
    assertEquals(
        "model 'wide': array 's_e' would have 3000000000 rows, and there can be 2147483639; make"
            + " groups, delays, recordings or the batch smaller",
        assertThrows(IllegalArgumentException.class, () -> Simulation.open(spec, Models.settings()))
            .getMessage());
  }
}
