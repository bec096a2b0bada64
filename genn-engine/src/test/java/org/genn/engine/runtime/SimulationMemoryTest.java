package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.genn.engine.backend.MemoryLimit;
import org.genn.engine.backend.Philox;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Launch;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.Rows;
import org.genn.engine.kernel.SpikeList;
import org.genn.engine.kernel.Symbol;
import org.genn.engine.kernel.Symbol.Copies;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.Schedule;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.snippet.NumericType;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Initial values, views, spikes and recordings, with memory written here.
class SimulationMemoryTest {
  private static final VariableReference V = VariableReference.neuron("n", "V");
  private static final VariableReference G = VariableReference.synapse("s", "g");

  @Test
  @Feature({"M15", "R07", "R12"})
  void valuesOfOneExampleGoToAllAndThoseOfTheBatchToEach() {
    FakeModel model = FakeModel.ofBatch(2);
    VariableReference w = VariableReference.neuron("n", "W");
    model.variable(V, Copies.EXAMPLES, 1, 3, InitialValue.of(new float[] {1, 2, 3}));
    model.variable(w, Copies.EXAMPLES, 1, 2, InitialValue.of(new float[] {1, 2, 3, 4}));
    model.variable(G, Copies.SHARED, 2, 2, InitialValue.of(new float[] {5, 6, 7, 8}));
    try (var simulation = model.open(1)) {
      assertArrayEquals(new float[] {1, 2, 3, 1, 2, 3}, simulation.variable(V).toArray());
      assertArrayEquals(new float[] {1, 2, 3, 4}, simulation.variable(w).toArray());
      assertArrayEquals(new int[] {2, 3}, simulation.variable(V).shape());
      VariableView g = simulation.variable(G);
      assertArrayEquals(new int[] {2, 2}, g.shape());
      assertEquals(7, g.get(0, 1, 0));
      assertEquals(8, g.get(0, 3));
      g.set(0, 1, 0, 70);
      assertArrayEquals(new float[] {70, 8}, g.row(0, 1, new float[2]));
      simulation.variable(V).set(new float[] {9, 9, 9});
      simulation.variable(V).set(1, 2, -1);
      assertArrayEquals(new float[] {9, 9, 9, 9, 9, -1}, simulation.variable(V).toArray());
      simulation.reinitialise();
      assertArrayEquals(new float[] {1, 2, 3, 1, 2, 3}, simulation.variable(V).toArray());
      assertEquals(7, g.get(0, 1, 0));
    }
  }

  @Test
  @Feature("M17")
  void oneValuePerExampleIsAVectorOfExamples() {
    FakeModel model = FakeModel.ofBatch(3);
    model.variable(V, Copies.EXAMPLE_ELEMENTS, 1, 3, InitialValue.of(new float[] {1, 2, 3}));
    try (var simulation = model.open(1)) {
      VariableView view = simulation.variable(V);
      assertArrayEquals(new int[] {3}, view.shape());
      assertEquals(3, view.get(2, 0));
      view.set(1, 0, 20);
      assertArrayEquals(new float[] {1, 20, 3}, view.toArray());
    }
  }

  @Test
  void aValuePerStepHasTheStepAsRow() {
    FakeModel model = FakeModel.ofBatch(2);
    model.variable(V, Copies.EXAMPLES, 4, 3, InitialValue.of(0));
    try (var simulation = model.open(1)) {
      VariableView view = simulation.variable(V);
      assertArrayEquals(new int[] {2, 4, 3}, view.shape());
      view.set(1, 3, 2, 5);
      assertEquals(5, view.get(1, 11));
      assertEquals(5, view.toArray()[23]);
    }
  }

  @Test
  void partialSumsReadAsTheirSumAndInitialValuesCountOnce() {
    FakeModel model = FakeModel.ofBatch(4);
    model.slices = 2;
    int array = model.variable(G, Copies.SLICES, 2, 2, InitialValue.of(1));
    try (var simulation = model.open(1)) {
      VariableView view = simulation.variable(G);
      assertArrayEquals(new float[] {1, 1, 1, 1}, view.toArray());
      simulation.memory().setFloat(array, 2, 1, 10);
      assertEquals(11, view.get(0, 0, 1));
      view.set(0, 1, 3);
      assertEquals(3, view.get(0, 0, 1));
      assertEquals(0, simulation.memory().getFloat(array, 2, 1));
    }
  }

  @Test
  @Feature("I02")
  void randomValuesAreAFunctionOfSeedStreamAndElement() {
    float[] first = normal(1234, 2);
    assertArrayEquals(first, normal(1234, 2));
    assertNotEquals(first[0], normal(1235, 2)[0]);
    for (int i = 0; i < 1000; i++) {
      assertEquals(first[i], first[1000 + i], "every example starts with the same");
    }
    double mean = 0;
    double square = 0;
    for (int i = 0; i < 1000; i++) {
      mean += first[i] / 1000;
      square += first[i] * first[i] / 1000;
    }
    assertEquals(5, mean, 0.2);
    assertEquals(2, Math.sqrt(square - mean * mean), 0.15);
  }

  private static float[] normal(long seed, int batch) {
    FakeModel model = new FakeModel(new ModelSpec("m", 1, batch, seed));
    model.variable(V, Copies.EXAMPLES, 1, 1000, new InitialValue.Normal(5, 2));
    try (var simulation = model.open(1)) {
      return simulation.variable(V).toArray();
    }
  }

  @Test
  void drawsAreThoseOfPhilox() {
    var philox = new Philox(1234);
    float[] values = normal(1234, 1);
    for (int element : new int[] {0, 1, 999}) {
      assertEquals((float) (5 + 2 * philox.normal(element, 1 << 31, 0, 0)), values[element]);
    }
    assertEquals(
        philox.uniform(7, 3 | 1 << 31, 1, 0), new RandomDraws(1234, 3).uniform((1L << 32) + 7));
  }

  @Test
  @Feature("I02")
  void uniformValuesStayInRange() {
    FakeModel model = FakeModel.ofBatch(1);
    model.variable(V, Copies.SHARED, 1, 5000, new InitialValue.Uniform(-2, 3));
    try (var simulation = model.open(1)) {
      double mean = 0;
      for (float value : simulation.variable(V).toArray()) {
        assertTrue(value >= -2 && value < 3);
        mean += value / 5000;
      }
      assertEquals(0.5, mean, 0.1);
    }
  }

  @Test
  void otherTypesHaveFormsOfTheirOwn() {
    FakeModel model = FakeModel.ofBatch(2);
    VariableReference d = VariableReference.neuron("n", "d");
    VariableReference i = VariableReference.neuron("n", "i");
    model.variable(d, NumericType.DOUBLE, Copies.EXAMPLES, 1, 2, InitialValue.of(0.1));
    model.variable(i, NumericType.INT32, Copies.EXAMPLES, 1, 2, InitialValue.of(-7));
    try (var simulation = model.open(1)) {
      assertArrayEquals(new double[] {0.1, 0.1, 0.1, 0.1}, simulation.variable(d).toDoubles());
      simulation.variable(d).set(new double[] {1, 2});
      assertEquals(2, simulation.variable(d).getDouble(1, 1));
      assertArrayEquals(new long[] {-7, -7, -7, -7}, simulation.variable(i).toLongs());
      simulation.variable(i).set(new long[] {1, 2, 3, 4});
      assertEquals(3, simulation.variable(i).getLong(1, 0));
      assertEquals(3.0, simulation.variable(i).getDouble(1, 0));
      assertEquals(
          "variable 'd' of neuron group 'n' has type DOUBLE, get is for FLOAT; use getDouble",
          assertThrows(IllegalStateException.class, () -> simulation.variable(d).get(0, 0))
              .getMessage());
    }
  }

  @Test
  void wrongLengthsAndIndicesAreAnsweredWithTheRightOnes() {
    FakeModel model = FakeModel.ofBatch(2);
    model.variable(V, Copies.EXAMPLES, 1, 3, InitialValue.of(0));
    try (var simulation = model.open(1)) {
      VariableView view = simulation.variable(V);
      assertEquals(
          "variable 'V' of neuron group 'n': got 4 values, expected 3, or 3 for each of 2 examples",
          assertThrows(IllegalArgumentException.class, () -> view.set(new float[4])).getMessage());
      assertEquals(
          "variable 'V' of neuron group 'n': example 2 of 2",
          assertThrows(IndexOutOfBoundsException.class, () -> view.get(2, 0)).getMessage());
      assertEquals(
          "model 'm' has no variable 'v' of neuron group 'n'; it has there [V]; did you mean 'V'?",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> simulation.variable(VariableReference.neuron("n", "v")))
              .getMessage());
      assertEquals(
          "model 'm' has no variable 'V' of neuron group 'm'; it has such variables in [n]",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> simulation.variable(VariableReference.neuron("m", "V")))
              .getMessage());
    }
  }

  @Test
  void viewsEndWithTheirSimulation() {
    FakeModel model = FakeModel.ofBatch(2);
    model.variable(V, Copies.EXAMPLES, 1, 3, InitialValue.of(0));
    Simulation simulation = model.open(1);
    VariableView view = simulation.variable(V);
    simulation.close();
    assertEquals(
        "model 'm': the simulation is closed",
        assertThrows(IllegalStateException.class, () -> view.get(0, 0)).getMessage());
  }

  @Test
  @Feature({"R09", "R10", "M12", "M13"})
  void dynamicParametersAndExtraGlobalParametersChangeAtRunTime() {
    FakeModel model = FakeModel.ofBatch(1);
    int tau = model.array(NumericType.FLOAT, 1, 1);
    int kernel = model.array(NumericType.FLOAT, 1, 3);
    int free = model.array(NumericType.FLOAT, 1, Rows.RAGGED);
    model.dynamicParameters.put(
        VariableReference.neuron("n", "tau"),
        new Symbol(tau, NumericType.FLOAT, Copies.SHARED, 1, 1, InitialValue.of(20), 7));
    model.extraGlobalParameters.put(
        VariableReference.neuron("n", "kernel"),
        new Symbol(
            kernel,
            NumericType.FLOAT,
            Copies.SHARED,
            1,
            3,
            InitialValue.of(new float[] {1, 2, 3}),
            8));
    model.extraGlobalParameters.put(
        VariableReference.neuron("n", "free"),
        new Symbol(free, NumericType.FLOAT, Copies.SHARED, 1, 0, InitialValue.of(0), 9));
    try (var simulation = model.open(1)) {
      ParameterView view = simulation.dynamicParameter("n", "tau");
      assertEquals(20, view.get());
      view.set(10);
      assertEquals(10, simulation.memory().getFloat(tau, 0, 0));
      ArrayView array = simulation.extraGlobalParameter("n", "kernel");
      array.set(1, -2);
      assertArrayEquals(new float[] {1, -2, 3}, array.toArray());
      assertEquals(
          "extra global parameter 'n.kernel': got 2 values, expected 3; its length is fixed when"
              + " the model is described",
          assertThrows(IllegalArgumentException.class, () -> array.set(new float[2])).getMessage());
      simulation.extraGlobalParameter("n", "free").set(new float[] {4, 5});
      assertArrayEquals(new float[] {4, 5}, simulation.extraGlobalParameter("n", "free").toArray());
      assertEquals(
          "model 'm' has no dynamic parameter 'n.tu'; it has [n.tau]; did you mean 'n.tau'?",
          assertThrows(IllegalArgumentException.class, () -> simulation.dynamicParameter("n", "tu"))
              .getMessage());
    }
  }

  @Test
  void spikesFromOutsideAreBoundWithoutACopy() {
    FakeModel model = FakeModel.ofBatch(2);
    model.spec =
        model
            .spec
            .schedule("trial", new Schedule(3).run(Phase.FORWARD))
            .neuronGroup(
                new NeuronGroup("input", 5, NeuronModel.externalSpikes("Input"), Bindings.NONE));
    int ids = model.array(NumericType.INT32, 2, Rows.RAGGED);
    int offsets = model.array(NumericType.INT32, 2, Rows.RAGGED);
    int oldIds = model.array(NumericType.INT32, 2, Rows.RAGGED);
    int oldOffsets = model.array(NumericType.INT32, 2, Rows.RAGGED);
    model.spikes.put("input", new SpikeList(ids, offsets, true, true, -1));
    int run = model.kernel(Kernel.Domain.EXAMPLES, 2, (_, _, _, _, _, _) -> {});
    model.plans.put(
        "trial",
        List.of(
            new Launch.BeginTrial(true),
            FakeModel.steps(run, 0, 3),
            new Launch.Swap(ids, oldIds),
            new Launch.Swap(offsets, oldOffsets)));
    try (var simulation = model.open(1)) {
      assertEquals(5, simulation.memory().rowLength(oldOffsets, 1));
      int[] spikes = {3, 1, 4};
      simulation.setSpikes("input", 1, new int[] {0, 0, 2, 2, 3}, spikes);
      assertEquals(2, simulation.memory().getLong(offsets, 1, 2));
      simulation.runTrial("trial");
      SpikeView view = simulation.spikes("input");
      assertEquals(3, view.steps());
      assertArrayEquals(new int[] {3, 1}, view.ids(1, 0));
      assertArrayEquals(new int[0], view.ids(1, 1));
      assertArrayEquals(new int[] {4}, view.ids(1, 2));
      assertArrayEquals(spikes, view.ids(1));
      assertEquals(0, view.count(0));
      simulation.reinitialise();
      assertArrayEquals(new int[] {3, 1, 4}, spikes, "the caller's array is left alone");
      assertEquals(
          "model 'm': spikes of neuron group 'input', example 0, have 4 offsets, expected 5 (steps"
              + " of a trial + 2)",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> simulation.setSpikes("input", 0, new int[4], new int[0]))
              .getMessage());
      assertEquals(
          "model 'm': spikes of neuron group 'input', example 0: offsets end at 2, but there are 1"
              + " ids",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> simulation.setSpikes("input", 0, new int[] {0, 0, 0, 0, 2}, new int[1]))
              .getMessage());
      assertEquals(
          "model 'm' has no neuron group with spikes from outside 'inputs'; it has [input]; did you"
              + " mean 'input'?",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> simulation.setSpikes("inputs", 0, new int[5], new int[0]))
              .getMessage());
    }
  }

  @Test
  @Feature({"N05", "R06"})
  void recordingsAreDecodedInOrderOfStepAndNeuron() {
    FakeModel model = FakeModel.ofBatch(2);
    model.spec =
        model.spec.neuronGroup(new NeuronGroup("n", 40, new NeuronModel("Lif"), Bindings.NONE));
    model.recordingSteps = 3;
    int bits = model.array(NumericType.INT32, 6, 2);
    model.recordings.put("n", bits);
    int run =
        model.kernel(
            Kernel.Domain.EXAMPLES,
            2,
            (memory, begin, end, _, _, _) -> {
              int step = (int) memory.longs(0, 0)[0];
              for (int example = begin; example < end; example++) {
                int[] row = memory.ints(bits, step % 3 * 2 + example);
                row[0] = example == 0 ? 1 << step : 0;
                row[1] = 1 << 7 | 1 << 1;
              }
            });
    model.step = List.of(new Launch.BeginTrial(false), FakeModel.steps(run, 0, 1));
    try (var simulation = model.open(1)) {
      simulation.stepTime();
      simulation.stepTime();
      assertEquals(
          "spike recording of 'n' holds 3 steps and only 2 have run; run more, or ask"
              + " recordedSpikesSoFar for what there is",
          assertThrows(IllegalStateException.class, () -> simulation.recordedSpikes("n", 0))
              .getMessage());
      assertArrayEquals(new int[] {33, 39, 33, 39}, simulation.recordedSpikesSoFar("n", 1).ids());
      simulation.stepTime();
      simulation.stepTime();
      RecordedSpikes spikes = simulation.recordedSpikes("n", 0);
      assertArrayEquals(new long[] {1, 1, 1, 2, 2, 2, 3, 3, 3}, spikes.steps());
      assertArrayEquals(new int[] {1, 33, 39, 2, 33, 39, 3, 33, 39}, spikes.ids());
      assertArrayEquals(new double[] {0.5, 0.5, 0.5, 1, 1, 1, 1.5, 1.5, 1.5}, spikes.times());
      assertEquals(
          "model 'm' has no recorded neuron group 'k'; it has [n]; a group records when"
              + " NeuronGroup.recordsSpikes is set",
          assertThrows(IllegalArgumentException.class, () -> simulation.recordedSpikes("k", 0))
              .getMessage());
    }
  }

  @Test
  void overflowOfTapesIsCounted() {
    FakeModel model = FakeModel.ofBatch(3);
    int overflow = model.array(NumericType.INT32, 1, 3);
    model.spikes.put("n", new SpikeList(overflow, overflow, true, false, overflow));
    try (var simulation = model.open(1)) {
      assertTrue(simulation.tapeOverflows().isEmpty());
      simulation.memory().setLong(overflow, 0, 1, 5);
      assertArrayEquals(new int[] {0, 5, 0}, simulation.tapeOverflow("n"));
      assertEquals(5L, simulation.tapeOverflows().get("n"));
    }
  }

  @Test
  void aModelThatNeedsTooMuchMemoryIsRefusedWithItsTable() {
    FakeModel model = FakeModel.ofBatch(2);
    model.variable(V, Copies.EXAMPLES, 1, 1_000_000, InitialValue.of(0));
    ModelTable table = ModelTable.of(model.lowered(), 1);
    table.requireFits(new MemoryLimit(8_000_040, "", ""));
    var limit = new MemoryLimit(1_000_000, "the JVM may have", "give the JVM more (-Xmx)");
    String message =
        assertThrows(IllegalArgumentException.class, () -> table.requireFits(limit)).getMessage();
    assertTrue(
        message.startsWith(
            "model 'm' needs 8000 kB of memory, the JVM may have 1000 kB; make it smaller, lower"
                + " the batch size, or give the JVM more (-Xmx)\n"
                + "model 'm': dt 0.5 ms, batch 2 in 1 slice, 8000 kB\n"),
        message);
    assertTrue(
        message.contains("  variable 'V' of neuron group 'n': float (2, 1000000), 8000 kB"),
        message);
  }

  /// Targets of 1 byte and weights of 4 for 30 000 synapses, however long rows may be; connections
  /// that are also found by target take 8 bytes more.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sparseGroupsCountWithTheSynapsesThatAreExpected(boolean isByTarget) {
    var model =
        new WeightUpdateModel("Pulse")
            .variable("g", VarAccess.READ_WRITE)
            .preSpikeSynCode("addToPost(g);");
    ModelSpec spec =
        new ModelSpec("m", 1, 1, 3)
            .neuronGroup(Models.lif("in", 100, 0.9, 1))
            .neuronGroup(Models.lif("out", 200, 0.9, 1))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.Sparse(SparsePatterns.fixedNumberTotal(30_000), true),
                    "in",
                    "out",
                    new WeightUpdate(
                        isByTarget ? model.postSpikeSynCode("g += 1.0;") : model, Bindings.NONE),
                    new Postsynapse(Models.DELTA, Bindings.NONE)));
    LoweredModel lowered = Opening.lower(spec, Models.settings());
    ModelTable table = ModelTable.of(lowered, 1);
    String text = table.toString();
    int capacity = lowered.sparse().get("s").capacity();
    assertTrue(capacity > 300 && capacity < 400, () -> "bound of a row: " + capacity);
    assertTrue(
        text.contains(
            "  s: 30000 synapses expected, at most %d per source, %s\n"
                .formatted(capacity, isByTarget ? "270 kB" : "30 kB")),
        text);
    assertTrue(
        text.contains("variable 'g' of synapse group 's': float (1, 100, row), 120 kB"), text);
    try (var simulation = Simulation.open(spec, Models.settings())) {
      long planned = table.bytes();
      assertEquals(planned, simulation.memoryBytes(), 0.01 * planned);
    }
  }

  @Test
  void aModelWithMoreSynapsesThanFitIsRefusedBeforeAnyIsMade() {
    ModelSpec spec =
        new ModelSpec("m", 1, 1, 3)
            .neuronGroup(Models.lif("n", 1_000_000, 0.9, 1))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.Sparse(SparsePatterns.fixedNumberPost(1_000_000)),
                    "n",
                    "n",
                    new WeightUpdate(Models.STATIC_PULSE, Bindings.NONE),
                    new Postsynapse(Models.DELTA, Bindings.NONE)));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Simulation.open(spec, Models.settings()))
            .getMessage();
    // 10^12 synapses of 8 bytes (MB), and what a back end needs besides for 2 million rows
    assertTrue(message.matches("(?s)model 'm' needs 8000[01]\\d\\d MB .*"), message);
    assertTrue(
        message.contains("  s: 1000000000000 synapses expected, at most 1000000 per source, 4000"),
        message);
  }

  @Test
  void aSeedIsDrawnWhereTheModelHasNone() {
    ModelSpec spec = new ModelSpec("m", 1, 1, 0);
    assertNotEquals(0, Opening.seeded(spec).seed());
    assertEquals(7, Opening.seeded(new ModelSpec("m", 1, 1, 7)).seed());
  }
}
