package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.genn.engine.kernel.IrVerifier;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.VariableReference;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Threads that share one example: neither the number of parts nor that of threads changes a bit.
class PartsTest {
  private static final int STEPS = 24;

  static List<String> models() {
    return List.copyOf(PartModels.ALL.keySet());
  }

  /// All that can be seen: values of all variables, spikes of the last step, recorded spikes.
  private static Map<String, long[]> outcome(ModelSpec spec, RuntimeSettings settings) {
    var seen = new LinkedHashMap<String, long[]>();
    LoweredModel lowered = Opening.lower(spec, settings);
    try (var simulation = Simulation.open(spec, settings)) {
      if (spec.schedules().isEmpty()) {
        for (int step = 0; step < STEPS / 2; step++) {
          simulation.stepTime();
        }
        simulation.stepTime(STEPS / 2);
      } else {
        simulation.runTrial(PartModels.SCHEDULE);
        simulation.runTrial(PartModels.SCHEDULE);
      }
      for (VariableReference reference : lowered.variables().keySet()) {
        seen.put(reference.toString(), values(simulation.variable(reference)));
      }
      for (VariableReference reference : lowered.extraGlobalParameters().keySet()) {
        float[] values = simulation.extraGlobalParameter(reference).toArray();
        long[] bits = new long[values.length];
        Arrays.setAll(bits, k -> Float.floatToIntBits(values[k]));
        seen.put(reference.toString(), bits);
      }
      for (int example = 0; example < spec.batchSize(); example++) {
        for (String group : lowered.spikes().keySet()) {
          int[] ids = simulation.spikes(group).ids(example);
          seen.put(group + " spikes " + example, Arrays.stream(ids).asLongStream().toArray());
        }
        for (String group : lowered.recordings().keySet()) {
          RecordedSpikes recorded = simulation.recordedSpikesSoFar(group, example);
          long[] events = new long[recorded.count()];
          Arrays.setAll(events, k -> recorded.steps()[k] << 32 | recorded.ids()[k]);
          seen.put(group + " recorded " + example, events);
        }
      }
      seen.put("timestep", new long[] {simulation.timestep()});
    }
    return seen;
  }

  private static long[] values(VariableView view) {
    if (!view.type().isReal()) {
      return view.toLongs();
    }
    return Arrays.stream(view.toDoubles()).mapToLong(Double::doubleToLongBits).toArray();
  }

  private static RuntimeSettings settings(int parts, int threads) {
    return Models.settings().recordingSteps(STEPS).parts(parts).threads(threads);
  }

  private static void assertSame(Map<String, long[]> expected, Map<String, long[]> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    var different = new ArrayList<String>();
    expected.forEach(
        (name, values) -> {
          if (!Arrays.equals(values, actual.get(name))) {
            different.add(name);
          }
        });
    assertEquals(List.of(), different);
  }

  private static void checkAll(String name, int batch, int[][] divisions) {
    ModelSpec spec = PartModels.ALL.get(name).apply(batch);
    Map<String, long[]> expected = outcome(spec, settings(1, 1));
    long spikes = 0;
    for (var entry : expected.entrySet()) {
      spikes += entry.getKey().contains("recorded") ? entry.getValue().length : 0;
    }
    assertTrue(spikes > 100, name + ": " + spikes + " spikes");
    for (int[] division : divisions) {
      RuntimeSettings settings = settings(division[0], division[1]);
      IrVerifier.verify(Opening.lower(spec, settings).program());
      assertSame(expected, outcome(spec, settings));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  @Feature("L20")
  void partsAndThreadsChangeNothing(String name) {
    checkAll(name, 1, new int[][] {{2, 2}, {3, 2}, {4, 4}});
  }

  @ParameterizedTest
  @MethodSource("models")
  void nothingChangesForTwoExamples(String name) {
    checkAll(name, 2, new int[][] {{4, 4}});
  }

  /// Stages of a step that parts go through at the same time, for models whose code is local; what
  /// is not runs alone.
  @ParameterizedTest
  @MethodSource("models")
  void localCodeRunsForParts(String name) {
    Program program = Opening.lower(PartModels.ALL.get(name).apply(1), settings(2, 2)).program();
    List<String> stages =
        program.kernels().stream()
            .map(Kernel::name)
            .filter(kernel -> kernel.contains("_stage"))
            .map(kernel -> kernel.substring(kernel.indexOf("stage")))
            .toList();
    List<String> expected =
        switch (name) {
          // Synapse code reads what the neurons of all parts write, so all synapses come first.
          case "stdp sparse", "stdp dense", "traces", "neuron variables", "events" ->
              List.of("stage0_alone", "stage0_parts", "stage1_parts", "stage2_alone");
          // A single target's synapses, and neurons that share a table.
          case "one" ->
              List.of(
                  "stage0_alone",
                  "stage0_parts",
                  "stage1_alone",
                  "stage1_parts",
                  "stage2_parts",
                  "stage3_alone");
          case "table" ->
              List.of(
                  "stage0_alone", "stage0_parts", "stage1_alone", "stage1_parts", "stage2_alone");
          // Spikes are gathered after the neurons. What sends back to sources precedes them, alone.
          default -> List.of("stage0_alone", "stage0_parts", "stage1_alone");
        };
    assertEquals(expected, stages);
  }

  /// What parts do at the same time.
  private static List<String> calledForParts(String name) {
    return Opening.lower(PartModels.ALL.get(name).apply(1), settings(2, 2))
        .program()
        .kernels()
        .stream()
        .filter(kernel -> kernel.domain() == Kernel.Domain.PARTS)
        .flatMap(kernel -> called(kernel.body()))
        .toList();
  }

  private static Stream<String> called(List<Op> ops) {
    return ops.stream()
        .flatMap(
            op ->
                switch (op) {
                  case Op.Invoke(var function, _) -> Stream.of(function);
                  case Op.Loop loop -> called(loop.body());
                  case Op.When when -> called(when.body());
                  default -> Stream.of();
                });
  }

  /// Most of the time of large models goes into the synapses that spikes reach, whatever the way to
  /// the inputs of their targets: at once, later (dendritic delays) or through rings of spikes.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sparse",
        "dense",
        "dense procedural",
        "bitmask",
        "procedural",
        "axonal",
        "back-propagation",
        "dendritic",
        "stdp sparse",
        "schedule"
      })
  void synapsesRunForParts(String name) {
    List<String> called = calledForParts(name);
    assertTrue(
        called.containsAll(List.of("aa_forward", "ab_forward", "ba_forward")), called::toString);
  }

  /// Sources may belong to other parts than targets.
  @Test
  void whatSendsBackRunsAlone() {
    assertEquals(List.of("a_forward", "b_forward"), calledForParts("feedback"));
  }

  /// Examples have nothing in common but tables. Where they write one, one thread takes them
  /// through each step in order.
  @ParameterizedTest
  @CsvSource({"table, 2, WHOLE", "table, 1, EXAMPLES", "sparse, 2, EXAMPLES"})
  void examplesThatWriteATableTakeTurns(String name, int batch, Kernel.Domain domain) {
    ModelSpec spec = PartModels.ALL.get(name).apply(batch);
    Program program = Opening.lower(spec, settings(1, 2)).program();
    List<Kernel.Domain> domains =
        program.kernels().stream()
            .filter(kernel -> kernel.name().startsWith("run_"))
            .map(Kernel::domain)
            .distinct()
            .toList();
    assertEquals(List.of(domain), domains);
  }

  @Test
  void tablesAreTheSameForManyStepsAtOnce() {
    ModelSpec spec = PartModels.ALL.get("table").apply(3);
    float[][] tables = new float[2][];
    try (var simulation = Simulation.open(spec, settings(1, 3))) {
      simulation.stepTime(STEPS);
      tables[0] = simulation.extraGlobalParameter("a", "Table").toArray();
    }
    try (var simulation = Simulation.open(spec, settings(1, 3))) {
      for (int step = 0; step < STEPS; step++) {
        simulation.stepTime();
      }
      tables[1] = simulation.extraGlobalParameter("a", "Table").toArray();
    }
    assertArrayEquals(tables[0], tables[1]);
    assertFalse(Arrays.equals(tables[0], new float[tables[0].length]));
  }
}
