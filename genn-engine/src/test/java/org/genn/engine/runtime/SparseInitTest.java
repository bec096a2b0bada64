package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.SynapsePattern;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.snippet.SnippetException;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections and initial values that code makes.
class SparseInitTest {
  private static final InitialValue BY_PLACE =
      new InitialValue.Snippet(
          new VariableInit("Place", "value = (1000.0 * id_pre) + id_post;"), Bindings.NONE);

  private static ModelSpec spec(int sources, int targets, SynapsePattern pattern, InitialValue g) {
    return spec(sources, targets, pattern, g, 1, 17);
  }

  private static ModelSpec spec(
      int sources, int targets, SynapsePattern pattern, InitialValue g, int batch, long seed) {
    var model =
        new WeightUpdateModel("Pulse")
            .variable("g", VarAccess.READ_WRITE)
            .preSpikeSynCode("addToPost(g);");
    return new ModelSpec("init", 1, batch, seed)
        .neuronGroup(new NeuronGroup("in", sources, neuron(), Bindings.NONE))
        .neuronGroup(new NeuronGroup("out", targets, neuron(), Bindings.NONE))
        .synapseGroup(
            new SynapseGroup(
                "s",
                new Connectivity.Sparse(pattern, true),
                "in",
                "out",
                new WeightUpdate(model, Bindings.NONE.initialValue("g", g)),
                new Postsynapse(Models.DELTA, Bindings.NONE)));
  }

  private static NeuronModel neuron() {
    return new NeuronModel("Never")
        .variable("V")
        .simCode("V += Isyn;")
        .thresholdCondition("V > 5.0");
  }

  private record Synapses(int[] sources, int[] targets, float[] g) {
    int[] rows(int count) {
      return counts(sources, count);
    }

    int[] columns(int count) {
      return counts(targets, count);
    }

    private static int[] counts(int[] neurons, int count) {
      int[] counts = new int[count];
      Arrays.stream(neurons).forEach(neuron -> counts[neuron]++);
      return counts;
    }
  }

  private static Synapses open(ModelSpec spec) {
    return open(spec, 1);
  }

  private static Synapses open(ModelSpec spec, int threads) {
    try (var simulation = Simulation.open(spec, Models.settings().threads(threads))) {
      SparseConnectivity synapses = simulation.sparseConnectivity("s");
      return new Synapses(
          synapses.sources(),
          synapses.targets(),
          simulation.variable(VariableReference.synapse("s", "g")).toArray());
    }
  }

  private static Synapses connected(int sources, int targets, SynapsePattern pattern) {
    Synapses synapses = open(spec(sources, targets, pattern, BY_PLACE));
    for (int k = 0; k < synapses.g.length; k++) {
      assertEquals(1000f * synapses.sources[k] + synapses.targets[k], synapses.g[k]);
      assertTrue(
          k == 0
              || synapses.sources[k - 1] < synapses.sources[k]
              || synapses.targets[k - 1] <= synapses.targets[k]);
    }
    return synapses;
  }

  @Test
  @Feature({"I05", "I06"})
  void oneToOneConnectsEqualNumbers() {
    Synapses synapses = connected(7, 7, SparsePatterns.oneToOne());
    assertArrayEquals(IntStream.range(0, 7).toArray(), synapses.sources);
    assertArrayEquals(IntStream.range(0, 7).toArray(), synapses.targets);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 900"})
  @Feature("I07")
  void certainProbabilitiesAreExact(double probability, int expected) {
    assertEquals(
        expected, connected(30, 30, SparsePatterns.fixedProbability(probability)).g.length);
    assertEquals(
        expected == 0 ? 0 : 870,
        connected(30, 30, SparsePatterns.fixedProbabilityNoAutapse(probability)).g.length);
  }

  /// 1000 × 100 pairs with probability 0.1: 10 000 ± 4 · 95.
  @Test
  @Feature("I07")
  void fixedProbabilityDrawsEachPairOnce() {
    Synapses synapses = connected(1000, 100, SparsePatterns.fixedProbability(0.1));
    assertEquals(10_000, synapses.g.length, 380);
    assertUniform(synapses.columns(100), 0.9);
    for (int k = 1; k < synapses.g.length; k++) {
      assertTrue(
          synapses.sources[k] != synapses.sources[k - 1]
              || synapses.targets[k] != synapses.targets[k - 1]);
    }
  }

  @Test
  @Feature("I07")
  void noAutapseMeansNoConnectionToTheSameNumber() {
    Synapses synapses = connected(200, 200, SparsePatterns.fixedProbabilityNoAutapse(0.2));
    assertTrue(
        IntStream.range(0, synapses.g.length)
            .allMatch(k -> synapses.sources[k] != synapses.targets[k]));
    assertEquals(200 * 199 * 0.2, synapses.g.length, 4 * Math.sqrt(200 * 199 * 0.16));
  }

  @Test
  @Feature("I08")
  void fixedNumberPostGivesEachSourceItsNumber() {
    Synapses synapses = connected(100, 100, SparsePatterns.fixedNumberPost(10));
    assertArrayEquals(filled(100, 10), synapses.rows(100));
    assertUniform(synapses.columns(100), 1);
  }

  @Test
  @Feature("I09")
  void fixedNumberTotalGivesTheTotal() {
    Synapses synapses = connected(100, 100, SparsePatterns.fixedNumberTotal(1000));
    assertEquals(1000, synapses.g.length);
    assertUniform(synapses.rows(100), 1);
    assertUniform(synapses.columns(100), 1);
  }

  @Test
  @Feature("I10")
  void fixedNumberPreGivesEachTargetItsNumber() {
    Synapses synapses = connected(100, 100, SparsePatterns.fixedNumberPre(10));
    assertArrayEquals(filled(100, 10), synapses.columns(100));
    assertUniform(synapses.rows(100), 1);
  }

  private static int[] filled(int length, int value) {
    int[] array = new int[length];
    Arrays.fill(array, value);
    return array;
  }

  /// Chi-square over 100 cells: mean 99, deviation 14; 5 deviations and more are no chance.
  private static void assertUniform(int[] counts, double varianceFactor) {
    double mean = Arrays.stream(counts).average().orElseThrow();
    double sum = 0;
    for (int count : counts) {
      sum += (count - mean) * (count - mean) / (mean * varianceFactor);
    }
    assertEquals(99, sum, 70);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  @Feature({"I07", "I02"})
  void connectionsDependOnTheSeedAndOnNoThread(int threads) {
    BuiltSynapses pattern = SparsePatterns.fixedProbability(0.3);
    InitialValue normal = new InitialValue.Normal(1, 0.25);
    Synapses one = open(spec(300, 50, pattern, normal), 1);
    Synapses many = open(spec(300, 50, pattern, normal), threads);
    assertArrayEquals(one.targets, many.targets);
    assertArrayEquals(one.g, many.g);
    Synapses other = open(spec(300, 50, pattern, normal, 1, 18));
    assertNotEquals(Arrays.hashCode(one.targets), Arrays.hashCode(other.targets));
    double mean =
        IntStream.range(0, one.g.length).mapToDouble(k -> one.g[k]).average().orElseThrow();
    assertEquals(1, mean, 4 * 0.25 / Math.sqrt(one.g.length));
  }

  @Test
  @Feature({"R03", "R12"})
  void reinitialisingMakesTheSameAgainInEveryExample() {
    ModelSpec spec =
        spec(40, 50, SparsePatterns.fixedProbability(0.3), VariableInits.uniform(2, 3), 3, 5);
    try (var simulation = Simulation.open(spec, Models.settings())) {
      VariableView g = simulation.variable(VariableReference.synapse("s", "g"));
      float[] before = g.toArray();
      assertEquals(3 * simulation.sparseConnectivity("s").size(), before.length);
      for (int k = 0; k < g.elements(); k++) {
        assertEquals(before[k], before[2 * g.elements() + k]);
        assertTrue(before[k] >= 2 && before[k] < 3);
      }
      g.fill(0);
      simulation.reinitialise();
      assertArrayEquals(before, g.toArray());
    }
  }

  @Test
  @Feature({"I14", "I17"})
  void ownRowCodeMayAddInAnyOrderAndWithoutABound() {
    var init =
        new SparseInit("Band")
            .parameter("width", "int")
            .rowBuildCode(
                """
                for (int j = (int) id_pre + width; j >= (int) id_pre - width; j--) {
                  if (j >= 0 && j < num_post) {
                    addSynapse(j);
                  }
                }
                """);
    Synapses synapses =
        connected(6, 6, new BuiltSynapses(init, Bindings.NONE.parameter("width", 1)));
    assertArrayEquals(new int[] {2, 3, 3, 3, 3, 2}, synapses.rows(6));
    assertArrayEquals(new int[] {0, 1, 0, 1, 2}, Arrays.copyOf(synapses.targets, 5));
  }

  @Test
  @Feature("I14")
  void ownColumnCodeMakesColumns() {
    var init =
        new SparseInit("Below")
            .columnBuildCode("for (int i = 0; i < id_post; i++) { addSynapse(i); }");
    Synapses synapses = connected(5, 5, new BuiltSynapses(init, Bindings.NONE));
    assertArrayEquals(new int[] {4, 3, 2, 1, 0}, synapses.rows(5));
  }

  @Test
  @Feature({"I04", "S08"})
  void kernelInitialiserReadsThePlaceThatTheCodeGives() {
    var init =
        new SparseInit("Two")
            .kernelSize(_ -> new int[] {2, 3})
            .rowBuildCode("addSynapse(1, 1, id_pre % 3); addSynapse(0, 0, id_pre % 3);");
    Synapses synapses =
        open(
            spec(
                3,
                2,
                new BuiltSynapses(init, Bindings.NONE),
                VariableInits.kernel(new float[] {10, 11, 12, 20, 21, 22})));
    assertArrayEquals(new int[] {0, 1, 0, 1, 0, 1}, synapses.targets);
    assertArrayEquals(new float[] {10, 20, 11, 21, 12, 22}, synapses.g);
  }

  @Test
  @Feature("I16")
  void rowsBeyondTheBoundAreAnError() {
    var init =
        new SparseInit("Two")
            .maxRowLength((_, _, _) -> 1)
            .rowBuildCode("addSynapse(0); addSynapse(1);");
    ModelSpec spec = spec(3, 2, new BuiltSynapses(init, Bindings.NONE), InitialValue.of(0));
    assertEquals(
        "model 'init', synapse group 's': connectivity Two makes 2 synapses of source 0, more than"
            + " its bound of 1; give it a larger maximal row length",
        assertThrows(IllegalArgumentException.class, () -> open(spec)).getMessage());
  }

  @Test
  @Feature({"I16", "I17"})
  void columnsBeyondTheBoundAreAnError() {
    var init =
        new SparseInit("Two")
            .maxColumnLength((_, _, _) -> 1)
            .columnBuildCode("addSynapse(0); addSynapse(1);");
    ModelSpec spec = spec(3, 2, new BuiltSynapses(init, Bindings.NONE), InitialValue.of(0));
    assertEquals(
        "model 'init', synapse group 's': connectivity Two makes 2 synapses of target 0, more than"
            + " its bound of 1; give it a larger maximal column length",
        assertThrows(IllegalArgumentException.class, () -> open(spec)).getMessage());
  }

  @Test
  @Feature("I14")
  void synapsesThatLeadNowhereAreAnError() {
    var init = new SparseInit("Next").rowBuildCode("addSynapse((int) id_pre + 1);");
    ModelSpec spec = spec(2, 2, new BuiltSynapses(init, Bindings.NONE), InitialValue.of(0));
    assertEquals(
        "model 'init', synapse group 's': connectivity Next adds a synapse to source 1 that leads"
            + " to no neuron; 'in' has 2, 'out' has 2; test the index before addSynapse",
        assertThrows(IllegalArgumentException.class, () -> open(spec)).getMessage());
  }

  @Test
  @Feature({"I14", "I04"})
  void placesOutsideOfTheKernelAreAnError() {
    var init =
        new SparseInit("Places")
            .kernelSize(_ -> new int[] {2, 3})
            .rowBuildCode("int k = id_pre; addSynapse(0, 0, k++); addSynapse(1, 1, k++);");
    ModelSpec spec =
        spec(3, 2, new BuiltSynapses(init, Bindings.NONE), VariableInits.kernel(new float[6]));
    assertEquals(
        "model 'init', synapse group 's': connectivity Places adds a synapse to source 2 whose"
            + " place is outside of the kernel, which has the size [2, 3]; test the indices before"
            + " addSynapse",
        assertThrows(IllegalArgumentException.class, () -> open(spec)).getMessage());
  }

  @Test
  @Feature("I14")
  void faultsOfTheDescriptionAreListed() {
    var both =
        new SparseInit("Both").rowBuildCode("addSynapse(0);").columnBuildCode("addSynapse(0);");
    ModelSpec spec =
        spec(
            2,
            2,
            new BuiltSynapses(both, Bindings.NONE),
            new InitialValue.Snippet(
                new VariableInit("Scaled", "value = a;").parameter("a"), Bindings.NONE));
    assertEquals(
        """
        model 'init' has 2 problems:
          - synapse group 's', connectivity Both: it must have either row code or column code, but has both
          - synapse group 's', variable 'g': parameter 'a' of Scaled has no value\
        """,
        assertThrows(IllegalArgumentException.class, () -> open(spec)).getMessage());
    ModelSpec impossible = spec(2, 2, SparsePatterns.fixedProbability(1.5), InitialValue.of(0));
    assertEquals(
        """
        model 'init' has a problem:
          - synapse group 's', connectivity FixedProbability: parameter 'prob' must be a probability from 0 to 1, got 1.5\
        """,
        assertThrows(IllegalArgumentException.class, () -> open(impossible)).getMessage());
  }

  @Test
  @Feature("I04")
  void kernelIndexNeedsAKernel() {
    ModelSpec spec = spec(2, 2, SparsePatterns.oneToOne(), VariableInits.kernel(new float[] {1}));
    String message = assertThrows(SnippetException.class, () -> open(spec)).getMessage();
    assertTrue(
        message.startsWith(
            "code of variable initialiser Kernel, line 1: 'id_kernel' is not defined here"),
        message);
  }

  /// Values of a neuron variable, per neuron and the same in all examples.
  private static float[] values(InitialValue initial, String type) {
    var model =
        new NeuronModel("Value")
            .variable(new Variable("X", type, VarAccess.READ_WRITE))
            .simCode("X = X;");
    ModelSpec spec =
        new ModelSpec("values", 0.5, 2, 9)
            .neuronGroup(
                new NeuronGroup("n", 20_000, model, Bindings.NONE.initialValue("X", initial)));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      double[] all = simulation.variable(VariableReference.neuron("n", "X")).toDoubles();
      float[] values = new float[20_000];
      for (int i = 0; i < values.length; i++) {
        assertEquals(all[i], all[20_000 + i]);
        values[i] = (float) all[i];
      }
      return values;
    }
  }

  private static void assertMoments(double mean, double deviation, float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (value - mean) * (value - mean);
    }
    assertEquals(mean, sum / values.length, 4 * deviation / Math.sqrt(values.length));
    assertEquals(deviation, Math.sqrt(squares / values.length), 0.05 * deviation);
  }

  @Test
  @Feature({"I02", "I03"})
  void distributionsHaveTheirMoments() {
    assertMoments(2.5, 1 / Math.sqrt(12), values(VariableInits.uniform(2, 3), "scalar"));
    assertMoments(1, 2, values(VariableInits.normal(1, 2), "scalar"));
    assertMoments(3, 3, values(VariableInits.exponential(3), "scalar"));
    assertMoments(8, 4, values(VariableInits.gamma(4, 2), "scalar"));
    assertMoments(1, Math.sqrt(2), values(VariableInits.gamma(0.5, 2), "scalar"));
    assertMoments(10, Math.sqrt(5), values(VariableInits.binomial(20, 0.5), "unsigned int"));
  }

  @Test
  @Feature("I02")
  void clippedValuesStayInside() {
    float[] clipped = values(VariableInits.normalClipped(1, 2, 0, 2), "scalar");
    for (float value : clipped) {
      assertTrue(value >= 0 && value <= 2);
    }
    // Delays of 1.5 ± 0.75 ms in steps of 0.5 ms, within 0 to 2 ms.
    float[] delays = values(VariableInits.normalClippedDelay(1.5, 0.75, 0, 2), "uint8_t");
    for (float delay : delays) {
      assertTrue(delay == Math.rint(delay) && delay >= 0 && delay <= 4);
    }
  }

  /// Steps are 0.5 ms long.
  @ParameterizedTest
  @CsvSource({"1.2, 2", "1.3, 3", "1.49, 3", "0.2, 0"})
  @Feature("I02")
  void delaysAreRoundedToTheNearestStep(double mean, float steps) {
    for (float delay : values(VariableInits.normalClippedDelay(mean, 1e-3, 0, 9), "scalar")) {
      assertEquals(steps, delay);
    }
  }

  @Test
  @Feature({"I05", "M13", "M14"})
  void initialiserReadsItsOwnArray() {
    var init =
        new VariableInit("Array", "value = values[id % 10];")
            .extraGlobalParameter("values", "scalar");
    float[] ten = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    float[] values =
        values(
            new InitialValue.Snippet(init, Bindings.NONE.extraGlobalParameter("values", ten)),
            "scalar");
    for (int i = 0; i < 50; i++) {
      assertEquals(i % 10, values[i]);
    }
  }
}
