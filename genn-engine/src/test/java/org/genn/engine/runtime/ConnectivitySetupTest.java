package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.backend.Instance;
import org.genn.engine.backend.Memory;
import org.genn.engine.backend.OnNative;
import org.genn.engine.backend.RowBuilder;
import org.genn.engine.backend.jvm.JvmBackend;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.ExtraGlobalParameter;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.SynapsePairs;
import org.genn.engine.model.SynapsePattern;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows of synapses are the same whoever makes them, and take no more room than they need.
@OnNative
class ConnectivitySetupTest {
  private static final int SOURCES = 700;
  private static final int TARGETS = 300;

  private static final BuiltSynapses BACKWARDS =
      new BuiltSynapses(
          new SparseInit("Backwards")
              .kernelSize(_ -> new int[] {4})
              .rowBuildCode(
                  """
                  for (int k = 40 + (int) (id_pre % 7); k > 0; k--) {
                    addSynapse(gennrand() % num_post, k % 4);
                  }
                  """),
          Bindings.NONE);

  /// Counts down, as rows do whose draws are made ahead where they are generated, and reads an
  /// array.
  private static final BuiltSynapses TABLE =
      new BuiltSynapses(
          new SparseInit("Table")
              .declarations(
                  Declarations.NONE.extraGlobalParameter(
                      new ExtraGlobalParameter("step", "uint32_t")))
              .rowBuildCode(
                  """
                  scalar x = 0.0;
                  for (int c = 20 + step[id_pre % 3]; c > 0; c--) {
                    x += (1.0 - x) * (1.0 - pow(gennrand_uniform(), 1.0 / (scalar) c));
                    addSynapse(min((unsigned int) (x * num_post), num_post - 1u));
                  }
                  """),
          Bindings.NONE.extraGlobalParameter("step", new float[] {0, 5, 9}));

  /// Tests what it draws, so that it is drawn ahead where values are generated.
  private static final InitialValue BY_ENDS_AND_ARRAY =
      new InitialValue.Snippet(
          new VariableInit(
                  "Ends",
                  """
                  scalar x;
                  do {
                    x = gennrand_normal();
                  } while (x < -1.0);
                  value = (scale[id_post % 2] * x) + (0.25 * id_pre);
                  """)
              .extraGlobalParameter("scale", "scalar"),
          Bindings.NONE.extraGlobalParameter("scale", new float[] {1, 100}));

  private static SynapsePattern pattern(String name) {
    return switch (name) {
      case "no autapse" -> SparsePatterns.fixedProbabilityNoAutapse(0.1);
      case "post" -> SparsePatterns.fixedNumberPost(17);
      case "convolution" ->
          SparsePatterns.conv2d(
              new int[] {3, 3},
              new int[] {1, 1},
              new int[] {1, 1},
              new int[] {10, 10, 7},
              new int[] {10, 10, 3});
      case "table" -> TABLE;
      case "probability" -> SparsePatterns.fixedProbability(0.15);
      case "total" -> SparsePatterns.fixedNumberTotal(30_000);
      case "columns" -> SparsePatterns.fixedNumberPre(90);
      case "backwards" -> BACKWARDS;
      case "distinct pairs" -> pairs(2100);
      default -> pairs(5000);
    };
  }

  /// All distinct up to 2100, the least common multiple of the numbers of neurons.
  private static SynapsePairs pairs(int count) {
    int[] sources = new int[count];
    int[] targets = new int[count];
    Arrays.setAll(sources, k -> k * 31 % SOURCES);
    Arrays.setAll(targets, k -> k * 17 % TARGETS);
    return SynapsePairs.of(sources, targets);
  }

  private static NeuronModel clock() {
    return new NeuronModel("Clock")
        .parameter("period")
        .variable("X")
        .simCode("X += Isyn;")
        .thresholdCondition("fmod(t + id, period) < 0.5");
  }

  /// Spikes of both sides tell which synapses there are, whichever way they are found.
  private static ModelSpec spec(Connectivity connectivity, InitialValue weight) {
    var model =
        new WeightUpdateModel("Both")
            .variable("g", VarAccess.READ_WRITE)
            .preSpikeSynCode("addToPost(g);")
            .postSpikeSynCode("g += 0.5;");
    return new ModelSpec("setup", 1, 2, 23)
        .neuronGroup(new NeuronGroup("in", SOURCES, clock(), Bindings.NONE.parameter("period", 13)))
        .neuronGroup(new NeuronGroup("out", TARGETS, clock(), Bindings.NONE.parameter("period", 7)))
        .synapseGroup(
            new SynapseGroup(
                "s",
                connectivity,
                "in",
                "out",
                new WeightUpdate(model, Bindings.NONE.initialValue("g", weight)),
                new Postsynapse(Models.DELTA, Bindings.NONE)));
  }

  private record Result(int[] targets, float[] before, float[] after, float[] sums) {}

  private static Result run(ModelSpec spec, String backend, int threads) {
    try (var simulation =
        Simulation.open(spec, Models.settings().backend(backend).threads(threads))) {
      boolean isSparse =
          spec.synapseGroups().getFirst().connectivity() instanceof Connectivity.Sparse;
      VariableView g = simulation.variable(VariableReference.synapse("s", "g"));
      int[] targets = isSparse ? simulation.sparseConnectivity("s").targets() : new int[0];
      float[] before = g.toArray();
      for (int step = 0; step < 20; step++) {
        simulation.stepTime();
      }
      return new Result(
          targets,
          before,
          g.toArray(),
          simulation.variable(VariableReference.neuron("out", "X")).toArray());
    }
  }

  private static void assertSame(Result expected, Result actual, String what) {
    assertArrayEquals(expected.targets, actual.targets, what);
    assertArrayEquals(expected.before, actual.before, what);
    assertArrayEquals(expected.after, actual.after, what);
    assertArrayEquals(expected.sums, actual.sums, what);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "probability",
        "no autapse",
        "post",
        "total",
        "columns",
        "convolution",
        "backwards",
        "table",
        "pairs"
      })
  @Feature({"I05", "I07", "I08", "I09", "I10", "I14"})
  void rowsAndTheirValuesDependOnNoThreadAndNoBackEnd(String name) {
    ModelSpec spec = spec(new Connectivity.Sparse(pattern(name), true), BY_ENDS_AND_ARRAY);
    Result expected = run(spec, "jvm", 1);
    assertTrue(expected.targets.length >= 5000);
    for (String backend : new String[] {"jvm", "native"}) {
      for (int threads : new int[] {1, 2, 4}) {
        assertSame(expected, run(spec, backend, threads), backend + " " + threads);
      }
    }
  }

  /// Threads have no scratch rows of their own while rows are made, so that nothing may use any.
  @ParameterizedTest
  @ValueSource(strings = {"post", "total", "table", "backwards"})
  void whatMakesRowsUsesNoScratchMemory(String name) {
    Program stored = program(new Connectivity.Sparse(pattern(name)));
    for (Kernel kernel : stored.kernels()) {
      if (kernel.name().contains("connect") || kernel.name().contains("initialise")) {
        assertEquals(0, scratchRows(stored, kernel.body()), kernel.name());
      }
    }
    if (!name.equals("backwards")) {
      Program generated = program(new Connectivity.Procedural((BuiltSynapses) pattern(name)));
      assertTrue(generated.arrays().stream().anyMatch(rows -> rows.name().contains("draws")));
    }
  }

  private static Program program(Connectivity connectivity) {
    var pulse =
        new WeightUpdateModel("Pulse")
            .variable("g", VarAccess.READ_ONLY)
            .preSpikeSynCode("addToPost(g);");
    ModelSpec both = spec(connectivity, BY_ENDS_AND_ARRAY);
    SynapseGroup group = both.synapseGroup("s");
    var spec =
        new ModelSpec("setup", 1, 2, 23)
            .neuronGroup(both.neuronGroup("in"))
            .neuronGroup(both.neuronGroup("out"))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    connectivity,
                    "in",
                    "out",
                    new WeightUpdate(pulse, group.weightUpdate().bindings()),
                    group.postsynapse()));
    return Opening.lower(spec, Models.settings()).program();
  }

  private static long scratchRows(Program program, List<Op> ops) {
    return ops.stream()
        .mapToLong(
            op ->
                switch (op) {
                  case Op.Hoist(_, var rows, _) -> rows.isScratch() ? 1 : 0;
                  case Op.Loop loop -> scratchRows(program, loop.body());
                  case Op.When when -> scratchRows(program, when.body());
                  case Op.Invoke(var function, _) ->
                      scratchRows(
                          program,
                          program.functions().stream()
                              .filter(callee -> callee.name().equals(function))
                              .findFirst()
                              .orElseThrow()
                              .body());
                  case Op.Do _, Op.Elements _, Op.Reduce _, Op.Reserve _ -> 0;
                })
        .sum();
  }

  /// A pair that code adds twice is one bit.
  @ParameterizedTest
  @ValueSource(strings = {"probability", "columns", "distinct pairs"})
  @Feature("I14")
  void bitsAreThoseOfTheRows(String name) {
    InitialValue ones = InitialValue.of(1);
    Result rows = run(spec(new Connectivity.Sparse(pattern(name)), ones), "jvm", 1);
    for (String backend : new String[] {"jvm", "native"}) {
      for (int threads : new int[] {1, 4}) {
        Result bits = run(spec(new Connectivity.Bitmask(pattern(name)), ones), backend, threads);
        if (name.equals("probability")) {
          assertArrayEquals(rows.sums, bits.sums, backend + " " + threads);
        } else {
          assertSame(
              run(spec(new Connectivity.Bitmask(pattern(name)), ones), "jvm", 1),
              bits,
              backend + " " + threads);
        }
      }
    }
  }

  /// Rows stay ascending, with what lies beside them.
  @Test
  @Feature({"I04", "S08"})
  void rowsThatAreAddedInAnyOrderAreSortedWithTheirKernelPlaces() {
    float[] kernel = {10, 20, 30, 40};
    var init =
        new SparseInit("Down")
            .kernelSize(_ -> new int[] {4})
            .rowBuildCode(
                "for (int k = 7; k >= 0; k--) { addSynapse((k % 4) * 3, (k + id_pre) % 4); }");
    for (String backend : new String[] {"jvm", "native"}) {
      Result result =
          run(
              spec(
                  new Connectivity.Sparse(new BuiltSynapses(init, Bindings.NONE)),
                  VariableInits.kernel(kernel)),
              backend,
              2);
      for (int source = 0; source < SOURCES; source++) {
        for (int k = 0; k < 8; k++) {
          // of the two equal targets, the one that was added first has the larger k
          int added = k / 2 + (k % 2 == 0 ? 4 : 0);
          assertEquals(k / 2 * 3, result.targets[8 * source + k]);
          assertEquals(kernel[(added + source) % 4], result.before[8 * source + k]);
        }
      }
    }
  }

  /// Of several faults always the first source's is told.
  @ParameterizedTest
  @CsvSource({"jvm, 1", "jvm, 4", "native, 1", "native, 4"})
  @Feature("I16")
  void theFirstFaultIsTold(String backend, int threads) {
    var init =
        new SparseInit("Late")
            .maxRowLength((_, _, _) -> 2)
            .rowBuildCode("for (int k = 0; k < ((id_pre < 123) ? 2 : 3); k++) { addSynapse(k); }");
    ModelSpec spec =
        spec(new Connectivity.Sparse(new BuiltSynapses(init, Bindings.NONE)), InitialValue.of(0));
    assertEquals(
        "model 'setup', synapse group 's': connectivity Late makes 3 synapses of source 123, more"
            + " than its bound of 2; give it a larger maximal row length",
        assertThrows(IllegalArgumentException.class, () -> run(spec, backend, threads))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({"jvm, total", "jvm, columns", "native, total", "native, columns"})
  @Feature({"R03", "R12"})
  void reinitialisingMakesTheSameRowsAgain(String backend, String name) {
    ModelSpec spec =
        spec(new Connectivity.Sparse(pattern(name), true), VariableInits.uniform(0, 1));
    try (var simulation = Simulation.open(spec, Models.settings().backend(backend).threads(2))) {
      SparseConnectivity synapses = simulation.sparseConnectivity("s");
      VariableView g = simulation.variable(VariableReference.synapse("s", "g"));
      int[] targets = synapses.targets();
      float[] values = g.toArray();
      long bytes = simulation.memoryBytes();
      for (int k = 0; k < 3; k++) {
        simulation.stepTime();
        simulation.reinitialise();
        assertArrayEquals(targets, synapses.targets());
        assertArrayEquals(values, g.toArray());
        assertEquals(bytes, simulation.memoryBytes());
      }
    }
  }

  /// Memory that rows lie in is given back once no array has any of them.
  @ParameterizedTest
  @ValueSource(strings = {"total", "columns", "convolution", "backwards", "distinct pairs"})
  @Feature("R03")
  void allRowsThatWereMadeAreDiscarded(String name) {
    for (Connectivity connectivity :
        List.of(
            new Connectivity.Sparse(pattern(name), true),
            new Connectivity.Bitmask(pattern(name)))) {
      LoweredModel model = Opening.lower(spec(connectivity, InitialValue.of(1)), Models.settings());
      var made = new HashSet<Integer>();
      var discarded = new HashSet<Integer>();
      try (var executable = new JvmBackend().build(model.program(), new BuildSettings());
          var instance = executable.open();
          var workers = new Workers(1, "setup")) {
        var setup =
            new ConnectivitySetup(
                model, new Watched(instance, made, discarded), workers, model.spec().seed());
        setup.setAll(OpeningObserver.NONE);
        setup.discardAll();
      }
      made.removeAll(discarded);
      assertEquals(Set.of(), made, connectivity.getClass().getSimpleName());
    }
  }

  /// Notes the arrays of rows that are made or discarded.
  private record Watched(Instance instance, Set<Integer> made, Set<Integer> discarded)
      implements Instance {
    @Override
    public void run(int kernel, int begin, int end, int slice, int first, int steps) {
      instance.run(kernel, begin, end, slice, first, steps);
    }

    @Override
    public boolean dividedByZero() {
      return instance.dividedByZero();
    }

    @Override
    public void close() {}

    @Override
    public Memory memory() {
      Memory memory = instance.memory();
      return around(
          Memory.class,
          (method, arguments) -> {
            if (method.getName().equals("discardRows")) {
              discarded.add((Integer) arguments[0]);
            }
            Object result = method.invoke(memory, arguments);
            return result instanceof RowBuilder builder
                ? around(
                    RowBuilder.class,
                    (use, given) -> {
                      made.add((Integer) given[0]);
                      return use.invoke(builder, given);
                    })
                : result;
          });
    }

    private interface Call {
      Object of(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static <T> T around(Class<T> type, Call call) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (_, method, arguments) -> call.of(method, arguments)));
    }
  }

  /// Two bytes for the target, four for the weight, one for the delay; rings, neurons and the
  /// lengths of rows are counted with them.
  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature({"M03", "S26"})
  void synapsesWithWeightAndDelayTakeAtMostEightBytes(String backend) {
    var model =
        new WeightUpdateModel("Delayed")
            .variable("g", VarAccess.READ_ONLY)
            .preSpikeSynCode("addToPostDelay(g, d);");
    var delayed =
        model.declarations(
            model.declarations().variable(new Variable("d", "uint8_t", VarAccess.READ_ONLY)));
    ModelSpec spec =
        new ModelSpec("small", 0.1, 1, 5)
            .neuronGroup(new NeuronGroup("n", 2000, clock(), Bindings.NONE.parameter("period", 13)))
            .synapseGroup(
                new SynapseGroup(
                        "s",
                        new Connectivity.Sparse(SparsePatterns.fixedNumberTotal(1_000_000), true),
                        "n",
                        "n",
                        new WeightUpdate(
                            delayed,
                            Bindings.NONE
                                .initialValue("g", VariableInits.normalClipped(1, 0.1, 0, 2))
                                .initialValue(
                                    "d", VariableInits.normalClippedDelay(1.5, 0.75, 0, 4.2))),
                        new Postsynapse(Models.DELTA, Bindings.NONE))
                    .maxDendriticDelay(43));
    try (var simulation = Simulation.open(spec, Models.settings().backend(backend))) {
      assertEquals(1_000_000, simulation.sparseConnectivity("s").size());
      assertTrue(simulation.memoryBytes() <= 8_000_000, simulation.memoryBytes() + " bytes");
    }
  }
}
