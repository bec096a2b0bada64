package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.genn.engine.backend.Backend;
import org.genn.engine.backend.Backends;
import org.genn.engine.backend.Memory;
import org.genn.engine.backend.MemoryLimit;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.Rows;
import org.genn.engine.kernel.SparseGroup;
import org.genn.engine.kernel.Symbol;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.SynapsePairs;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What the table plans is what is allocated.
class ModelTableTest {
  static List<String> models() {
    return List.copyOf(PartModels.ALL.keySet());
  }

  private static long allocated(Memory memory, Rows rows, int array) {
    long elements =
        IntStream.range(0, rows.count()).mapToLong(row -> memory.rowLength(array, row)).sum();
    return elements * Math.max(1, rows.type().bits() / 8);
  }

  /// Arrays with an element for each synapse: with random connections only expected.
  private static BitSet perSynapse(LoweredModel model) {
    var arrays = new BitSet();
    for (SparseGroup group : model.sparse().values()) {
      arrays.set(group.indices());
      group.values().forEach(arrays::set);
      group.remap().ifPresent(remap -> arrays.set(remap.sources()));
      group.remap().ifPresent(remap -> arrays.set(remap.positions()));
    }
    return arrays;
  }

  /// Arrays whose length a Java function of the connectivity decides.
  private static BitSet ofHost(LoweredModel model) {
    var arrays = new BitSet();
    model
        .extraGlobalParameters()
        .forEach(
            (reference, symbol) -> {
              if (reference.group().endsWith(".connectivity")) {
                arrays.set(symbol.array());
              }
            });
    return arrays;
  }

  @ParameterizedTest
  @MethodSource("models")
  void eachArrayTakesWhatIsPlanned(String name) {
    ModelSpec spec = PartModels.ALL.get(name).apply(3);
    RuntimeSettings settings = Models.settings().threads(2).parts(3).recordingSteps(7);
    LoweredModel lowered = Opening.lower(spec, settings);
    ModelTable table = ModelTable.of(lowered, 2);
    BitSet synapses = perSynapse(lowered);
    BitSet ofHost = ofHost(lowered);
    try (var simulation = Simulation.open(spec, settings)) {
      if (spec.schedules().isEmpty()) {
        simulation.stepTime(3);
      } else {
        simulation.runTrial(PartModels.SCHEDULE);
      }
      for (int array = 0; array < lowered.program().arrays().size(); array++) {
        Rows rows = lowered.program().arrays().get(array);
        long found = allocated(simulation.memory(), rows, array);
        if (!ofHost.get(array)) {
          // a tenth is five standard deviations of the number of synapses
          assertEquals(
              table.bytes(array), found, synapses.get(array) ? 0.1 * found : 0, rows::toString);
        }
      }
    }
  }

  // ---- rooms of custom connectivity updates

  private static final int SOURCES = 150;
  private static final int ROOM = 12;

  private static ModelSpec rewired() {
    int[] sources = IntStream.range(0, SOURCES).toArray();
    var update =
        new CustomConnectivityUpdate(
                "grow",
                "grow",
                "s",
                new CustomConnectivityUpdateModel(
                        "Grow", "if (row_length < 3) { add_synapse(id_pre % num_post, 0.5); }")
                    .reference("g", VarAccessMode.READ_WRITE),
                Bindings.NONE)
            .reference("g", VariableReference.synapse("s", "g"));
    return new ModelSpec("rewired", 1, 1, 3)
        .neuronGroup(Models.lif("pre", SOURCES, 0.9, 1))
        .neuronGroup(Models.lif("post", 20, 0.9, 1))
        .synapseGroup(
            new SynapseGroup(
                "s",
                new Connectivity.Sparse(
                    SynapsePairs.of(sources, new int[SOURCES]).maxRowLength(ROOM)),
                "pre",
                "post",
                new WeightUpdate(WeightUpdateModels.STATIC_PULSE, Bindings.NONE),
                new Postsynapse(Models.DELTA, Bindings.NONE)))
        .customConnectivityUpdate(update);
  }

  /// `4 · threads` calls, or more where these would have more than 32 rows: of 38, 19, 10 rows.
  @ParameterizedTest
  @CsvSource({"1, 5", "2, 8", "4, 15"})
  void roomsToChangeRowsInArePlannedForEachCall(int threads, int calls) {
    RuntimeSettings settings = Models.settings().threads(threads);
    LoweredModel lowered = Opening.lower(rewired(), settings);
    ModelTable table = ModelTable.of(lowered, threads);
    try (var simulation = Simulation.open(rewired(), settings)) {
      simulation.customUpdate("grow");
      int rooms = 0;
      for (int array = 0; array < lowered.program().arrays().size(); array++) {
        Rows rows = lowered.program().arrays().get(array);
        if (rows.name().startsWith("grow_rewire_") && rows.isRagged()) {
          assertEquals(4L * calls * (ROOM + 1), table.bytes(array), rows.name());
          assertEquals(
              table.bytes(array), allocated(simulation.memory(), rows, array), rows.name());
          rooms++;
        }
      }
      assertTrue(rooms >= 3, "rooms: " + rooms);
      assertTrue(
          table
              .toString()
              .contains(
                  "  grow: Grow of s, %d bytes to change rows in\n"
                      .formatted(rooms * calls * (ROOM + 1) * 4)),
          table::toString);
    }
  }

  // ---- rows besides their elements

  private static ModelSpec shortRows(int sources) {
    return new ModelSpec("short", 1, 1, 3)
        .neuronGroup(new NeuronGroup("pre", sources, Models.LIF, parameters()))
        .neuronGroup(new NeuronGroup("post", 2, Models.LIF, parameters()))
        .synapseGroup(
            new SynapseGroup(
                "s",
                new Connectivity.Dense(),
                "pre",
                "post",
                new WeightUpdate(WeightUpdateModels.STATIC_PULSE, Bindings.NONE),
                new Postsynapse(Models.DELTA, Bindings.NONE)));
  }

  private static Bindings parameters() {
    return Bindings.NONE.parameter("Alpha", 0.9).parameter("Vthresh", 1);
  }

  private static long planned(LoweredModel model, Backend backend) {
    MemoryLimit limit = backend.memoryLimit();
    return ModelTable.of(model, 1).bytes()
        + model.program().arrays().stream()
            .mapToLong(
                rows ->
                    (long) rows.count() * (rows.isRagged() ? limit.perRaggedRow() : limit.perRow()))
            .sum();
  }

  /// Arrays of two floats take as many bytes of the heap as their heads and references say.
  @Test
  void rowsOfTheHeapTakeWhatIsPlanned() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Backend jvm = Backends.named("jvm");
    RuntimeSettings settings = Models.settings().backend("jvm").threads(1);
    Opened opened =
        Opening.open(shortRows(200_000), settings, Optional.empty(), OpeningObserver.NONE);
    try {
      long before = threads.getCurrentThreadAllocatedBytes();
      var instance = opened.executable().open();
      long found = threads.getCurrentThreadAllocatedBytes() - before;
      instance.close();
      // alignment is counted as a half, but two floats need none
      assertEquals(planned(opened.lowered(), jvm), found, 0.15 * found);
    } finally {
      opened.close();
    }
  }

  /// The same of memory that the system has given.
  @Test
  void rowsOutsideOfTheHeapTakeWhatIsPlanned() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/self/statm")), "only Linux tells");
    Optional<Backend> nativeBackend =
        Backends.all().stream()
            .filter(backend -> backend.name().equals("native"))
            .filter(backend -> backend.availability().isAvailable())
            .findFirst();
    assumeTrue(nativeBackend.isPresent(), "no C compiler");
    RuntimeSettings settings = Models.settings().backend("native").threads(1);
    Opened opened =
        Opening.open(shortRows(1_000_000), settings, Optional.empty(), OpeningObserver.NONE);
    try {
      long before = resident();
      var instance = opened.executable().open();
      long found = resident() - before;
      instance.close();
      // rows of two floats are filled up to 64 bytes, where a half is counted
      assertEquals(planned(opened.lowered(), nativeBackend.get()), found, 0.25 * found);
    } finally {
      opened.close();
    }
  }

  private static long resident() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
    return 4096 * Long.parseLong(pages);
  }

  @Test
  void aModelWhoseRowsTakeMoreThanTheirElementsIsRefusedWithWhatTheyTake() {
    FakeModel model = FakeModel.ofBatch(1);
    model.variable(
        VariableReference.synapse("s", "g"), Symbol.Copies.SHARED, 100_000, 2, InitialValue.of(0));
    ModelTable table = ModelTable.of(model.lowered(), 1);
    var limit = new MemoryLimit(3_000_000, "the JVM may have", "give the JVM more (-Xmx)");
    table.requireFits(limit);
    String message =
        assertThrows(IllegalArgumentException.class, () -> table.requireFits(limit.perRow(24, 24)))
            .getMessage();
    assertTrue(
        message.startsWith(
            "model 'm' needs 3200 kB of memory, 2400 kB of it to keep rows of few elements, the JVM"
                + " may have 3000 kB; make it smaller, lower the batch size, or give the JVM more"
                + " (-Xmx)\n"),
        message);
  }
}
