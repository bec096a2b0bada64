package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.genn.engine.backend.BackendException;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Code of connectivity that runs once before the connections are made.
@Feature({"M14", "I14"})
class HostInitCodeTest {
  private static final int SOURCES = 50;
  private static final int TARGETS = 20;

  /// Rows of as many synapses as an array says: `(3 i + offset) mod 5` of source `i`, to the
  /// targets from `first` on.
  private static final SparseInit COUNTED =
      new SparseInit("Counted")
          .parameter("offset", "int")
          .extraGlobalParameter("counts", "uint32_t")
          .extraGlobalParameter("total", "uint32_t")
          .extraGlobalParameter("first", "int")
          .hostInitCode(
              """
              const int wanted = num_pre * num_threads;
              allocatecounts(wanted);
              allocatetotal(1);
              for (int i = 0; i < wanted; i++) {
                counts[i] = ((3 * i) + offset) % 5;
                total[0] += counts[i];
              }
              assert(total[0] <= num_pre * num_post);
              pushcounts(wanted);
              pushtotal(1);
              """)
          .rowBuildCode(
              "for (int k = 0; k < counts[id_pre]; k++) { addSynapse((first[0] + k) % num_post);"
                  + " }");

  private static BuiltSynapses counted(int offset) {
    return new BuiltSynapses(
        COUNTED,
        Bindings.NONE.parameter("offset", offset).extraGlobalParameter("first", new float[] {3}));
  }

  private static BuiltSynapses built(SparseInit init) {
    return new BuiltSynapses(init, Bindings.NONE);
  }

  private static ModelSpec spec(Connectivity connectivity) {
    var always = new NeuronModel("Always").thresholdCondition("true");
    var sum = new NeuronModel("Sum").variable("x").simCode("x = Isyn;");
    return new ModelSpec("host", 1, 1, 7)
        .neuronGroup(new NeuronGroup("pre", SOURCES, always, Bindings.NONE))
        .neuronGroup(new NeuronGroup("post", TARGETS, sum, Bindings.NONE))
        .synapseGroup(
            new SynapseGroup(
                "s",
                connectivity,
                "pre",
                "post",
                new WeightUpdate(Models.STATIC_PULSE, Bindings.NONE.initialValue("g", 1)),
                new Postsynapse(Models.DELTA, Bindings.NONE)));
  }

  private static int[] lengths(int offset) {
    int[] lengths = new int[SOURCES];
    Arrays.setAll(lengths, i -> (3 * i + offset) % 5);
    return lengths;
  }

  private static float[] sums(int offset) {
    float[] sums = new float[TARGETS];
    for (int length : lengths(offset)) {
      for (int k = 0; k < length; k++) {
        sums[3 + k]++;
      }
    }
    return sums;
  }

  @ParameterizedTest
  @CsvSource({"jvm, 1", "jvm, 2", "native, 1", "native, 2"})
  void rowCodeReadsTheArraysThatHostCodeMakes(String backend, int threads) {
    var settings = Models.settings().backend(backend).threads(threads);
    try (var simulation = Simulation.open(spec(new Connectivity.Sparse(counted(2))), settings)) {
      for (int time = 0; time < 2; time++) {
        assertArrayEquals(lengths(2), simulation.sparseConnectivity("s").rowLengths());
        var total =
            simulation.extraGlobalParameter(VariableReference.synapse("s.connectivity", "total"));
        assertEquals(1, total.length());
        assertEquals(Arrays.stream(lengths(2)).sum(), total.get(0));
        simulation.reinitialise();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sparse", "bitmask", "procedural"})
  void allWaysToStoreConnectionsRunIt(String kind) {
    Connectivity connectivity =
        switch (kind) {
          case "bitmask" -> new Connectivity.Bitmask(counted(4));
          case "procedural" -> new Connectivity.Procedural(counted(4));
          default -> new Connectivity.Sparse(counted(4));
        };
    try (var simulation = Simulation.open(spec(connectivity), Models.settings())) {
      simulation.stepTime();
      simulation.stepTime();
      assertArrayEquals(
          sums(4), simulation.variable(VariableReference.neuron("post", "x")).toArray());
    }
  }

  @Test
  void columnCodeReadsThemToo() {
    var init =
        new SparseInit("Columns")
            .extraGlobalParameter("source", "uint32_t")
            .hostInitCode(
                "allocatesource(num_post); for (int j = 0; j < num_post; j++) { source[j] = 2 * j;"
                    + " } pushsource(num_post);")
            .columnBuildCode("addSynapse(source[id_post]);");
    try (var simulation =
        Simulation.open(spec(new Connectivity.Sparse(built(init))), Models.settings())) {
      int[] expected = new int[TARGETS];
      Arrays.setAll(expected, j -> 2 * j);
      assertArrayEquals(expected, simulation.sparseConnectivity("s").sources());
    }
  }

  /// Numbers of host code are counted apart from those of rows.
  @Test
  @Feature("G03")
  void randomNumbersAreTheSameForTheSameSeedAndOthersThanThoseOfRows() {
    var init =
        new SparseInit("Random")
            .extraGlobalParameter("drawn", "scalar")
            .extraGlobalParameter("ofRow", "scalar")
            .hostInitCode(
                """
                allocatedrawn(1000);
                allocateofRow(num_pre);
                for (int k = 0; k < 1000; k++) {
                  drawn[k] = gennrand_uniform();
                }
                """)
            .rowBuildCode("ofRow[id_pre] = gennrand_uniform(); addSynapse(id_pre % num_post);");
    float[][] drawn = new float[3][];
    String[] backends = {"jvm", "native", "jvm"};
    for (int time = 0; time < 3; time++) {
      var settings = Models.settings().backend(backends[time]).threads(1 + time);
      try (var simulation = Simulation.open(spec(new Connectivity.Sparse(built(init))), settings)) {
        var reference = VariableReference.synapse("s.connectivity", "drawn");
        drawn[time] = simulation.extraGlobalParameter(reference).toArray();
        var ofRow = VariableReference.synapse("s.connectivity", "ofRow");
        assertTrue(drawn[time][0] != simulation.extraGlobalParameter(ofRow).get(0));
      }
    }
    assertArrayEquals(drawn[0], drawn[1]);
    assertArrayEquals(drawn[0], drawn[2]);
    double mean = 0;
    for (float number : drawn[0]) {
      mean += number / 1000;
    }
    assertEquals(0.5, mean, 5 * Math.sqrt(1.0 / 12 / 1000)); // five standard errors
  }

  /// A multinomial draw, source by source, as GeNN's own connectivity with a fixed total makes it.
  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature("I09")
  void hostCodeCanShareATotalAmongTheSources(String backend) {
    int total = 400;
    var init =
        new SparseInit("Total")
            .parameter("num", "unsigned int")
            .extraGlobalParameter("lengths", "uint16_t")
            .hostInitCode(
                """
                allocatelengths(num_pre * num_threads);
                unsigned int remaining = num;
                unsigned int pairs = num_pre * num_post;
                for (unsigned int i = 0; i < num_pre - 1u; i++) {
                  const unsigned int length =
                      gennrand_binomial(remaining, (scalar) num_post / (scalar) pairs);
                  remaining -= length;
                  pairs -= num_post;
                  assert(length < 65535u);
                  lengths[i] = length;
                }
                lengths[num_pre - 1u] = remaining;
                pushlengths(num_pre * num_threads);
                """)
            .rowBuildCode(
                "for (unsigned int k = 0; k < lengths[id_pre]; k++) { addSynapse(gennrand() %"
                    + " num_post); }")
            .maxRowLength((_, _, _) -> 100);
    var connectivity =
        new Connectivity.Sparse(new BuiltSynapses(init, Bindings.NONE.parameter("num", total)));
    try (var simulation = Simulation.open(spec(connectivity), Models.settings().backend(backend))) {
      assertEquals(total, simulation.sparseConnectivity("s").size());
      double mean = (double) total / SOURCES;
      double chiSquare = 0;
      for (int length : simulation.sparseConnectivity("s").rowLengths()) {
        chiSquare += (length - mean) * (length - mean) / mean;
      }
      // the 0.0001 and 0.9999 quantiles of the distribution with 49 degrees of freedom
      assertTrue(chiSquare > 20.4 && chiSquare < 94.6, "chi square " + chiSquare);
    }
  }

  private static String failure(SparseInit init) {
    ModelSpec spec = spec(new Connectivity.Sparse(built(init.rowBuildCode("addSynapse(a[0]);"))));
    return assertThrows(
            IllegalArgumentException.class, () -> Simulation.open(spec, Models.settings()))
        .getMessage();
  }

  @Test
  void allocationsThatCannotBeMadeAreRefused() {
    var init = new SparseInit("Wrong").extraGlobalParameter("a", "int");
    String place = "synapse group 's', host init code of connectivity Wrong: ";
    assertEquals(
        place
            + "allocatea is called inside of another statement; make it a statement of its own,"
            + " outside of blocks",
        failure(init.hostInitCode("if (num_pre > 3) { allocatea(1); }")));
    assertEquals(
        place + "'a' is used before allocatea",
        failure(init.hostInitCode("a[0] = 1; allocatea(1);")));
    assertEquals(
        place + "allocatea is called a second time; allocate as much as is needed at once",
        failure(init.hostInitCode("allocatea(1); allocatea(2);")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  void aFailedTestSaysWhoseCodeItIs(String backend) {
    var init = COUNTED.hostInitCode("allocatecounts(1); allocatetotal(1); assert(offset > 2);");
    var connectivity =
        new Connectivity.Sparse(
            new BuiltSynapses(
                init,
                Bindings.NONE
                    .parameter("offset", 1)
                    .extraGlobalParameter("first", new float[] {0})));
    var failure =
        assertThrows(
            BackendException.class,
            () -> Simulation.open(spec(connectivity), Models.settings().backend(backend)));
    assertEquals(
        "model 'host', synapse group 's', connectivity Counted: host init code failed: host init"
            + " code of connectivity Counted, synapse group 's': assert(offset > 2) failed",
        failure.getMessage());
  }

  @Test
  void arraysWithValuesAreNotAllocated() {
    var init =
        new SparseInit("Twice")
            .hostArray("a", "int", (_, _, _, _) -> new float[] {1})
            .hostInitCode("allocatea(1);");
    String message = failure(init);
    assertTrue(
        message.contains(
            "connectivity Twice: host init code allocates extra global parameter 'a', which has"
                + " values already"),
        message);
  }

  @Test
  void anArrayThatNobodyMakesHasNoValues() {
    String message = failure(new SparseInit("None").extraGlobalParameter("a", "int"));
    assertTrue(message.contains("extra global parameter 'a' of None has no values"), message);
  }

  /// What Java has computed can be read and changed.
  @Test
  void hostCodeFollowsArraysOfJava() {
    var init =
        new SparseInit("After")
            .hostArray("a", "int", (sources, _, _, _) -> new float[sources])
            .hostInitCode("for (int i = 0; i < num_pre; i++) { a[i] += i % num_post; }")
            .rowBuildCode("addSynapse(a[id_pre]);");
    try (var simulation =
        Simulation.open(spec(new Connectivity.Sparse(built(init))), Models.settings())) {
      for (int time = 0; time < 2; time++) {
        int[] expected = new int[SOURCES];
        Arrays.setAll(expected, i -> i % TARGETS);
        assertArrayEquals(expected, simulation.sparseConnectivity("s").targets());
        simulation.reinitialise();
      }
    }
  }
}
