package org.genn.engine.runtime;

import static org.genn.engine.runtime.FakeModel.steps;
import static org.genn.engine.runtime.FakeModel.update;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.genn.engine.backend.BackendException;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Launch;
import org.genn.engine.kernel.Symbol;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Schedule;
import org.genn.engine.model.VariableReference;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// How plans are run, with kernels written here.
class SimulationPlanTest {
  private static final VariableReference V = VariableReference.neuron("n", "V");

  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  private FakeBackend.Body logging(String name) {
    return (_, begin, end, slice, first, steps) ->
        log.add("%s %d-%d slice %d steps %d+%d".formatted(name, begin, end, slice, first, steps));
  }

  private FakeModel trialModel(int batch, int slices) {
    FakeModel model = FakeModel.ofBatch(batch);
    model.slices = slices;
    model.spec =
        model.spec.schedule("trial", new Schedule(4).beginTrial(true, true).run(Phase.FORWARD));
    int run = model.kernel(Kernel.Domain.EXAMPLES, batch, logging("run"));
    int readout = model.kernel(Kernel.Domain.EXAMPLES, batch, logging("readout"));
    int learn = model.kernel(Kernel.Domain.ROWS, 3, logging("learn"));
    model.plans.put(
        "trial",
        List.of(
            new Launch.BeginTrial(true),
            steps(run, 0, 4),
            update(readout, "readout"),
            update(learn, "learn")));
    model.updates.put("readout", List.of(update(readout, "readout")));
    return model;
  }

  @Test
  void aSliceGoesThroughAllLaunchesForExamplesBeforeTheNextOne() {
    try (var simulation = trialModel(4, 2).open(1)) {
      simulation.runTrial("trial");
      assertEquals(
          List.of(
              "run 0-2 slice 0 steps 0+4",
              "readout 0-2 slice 0 steps 0+0",
              "run 2-4 slice 1 steps 0+4",
              "readout 2-4 slice 1 steps 0+0",
              "learn 0-1 slice 0 steps 0+0",
              "learn 1-2 slice 0 steps 0+0",
              "learn 2-3 slice 0 steps 0+0"),
          log);
      assertEquals(4, simulation.timestep());
      assertEquals(2.0, simulation.t());
    }
  }

  @Test
  void onlyActiveExamplesRun() {
    try (var simulation = trialModel(8, 4).open(1)) {
      simulation.activeExamples(3);
      simulation.customUpdate("readout");
      assertEquals(
          List.of(
              "readout 0-1 slice 1 steps 0+0",
              "readout 1-2 slice 2 steps 0+0",
              "readout 2-3 slice 3 steps 0+0"),
          log);
      assertEquals(3, simulation.memory().getLong(0, 0, 1));
      assertEquals(
          "model 'm': active examples must be from 1 to the batch size 8, got 9",
          assertThrows(IllegalArgumentException.class, () -> simulation.activeExamples(9))
              .getMessage());
    }
  }

  @Test
  void anObserverSeesEachStep() {
    try (var simulation = trialModel(2, 1).open(1)) {
      simulation.runTrial(
          "trial",
          new StepObserver() {
            @Override
            public void begin(String phases, int step) {
              log.add("begin " + phases + " " + step + " at " + simulation.timestep());
            }

            @Override
            public void end(String phases, int step) {
              log.add("end " + step + " at " + simulation.timestep());
            }
          });
      assertEquals(
          List.of("begin FORWARD 0 at 0", "run 0-2 slice 0 steps 0+1", "end 0 at 1"),
          log.subList(0, 3));
      assertEquals(
          List.of(
              "begin FORWARD 3 at 3",
              "run 0-2 slice 0 steps 3+1",
              "end 3 at 4",
              "readout 0-2 slice 0 steps 0+0"),
          log.subList(9, 13));
    }
  }

  @Test
  void anUpdateThatReadsTheTimeSeesThatOfTheEndOfTheRun() {
    FakeModel model = FakeModel.ofBatch(2);
    model.spec =
        model.spec.customUpdate(
            new CustomUpdate("u", "late", new CustomUpdateModel("u", "x = t;"), Bindings.NONE));
    List<Long> seen = new ArrayList<>();
    int run = model.kernel(Kernel.Domain.EXAMPLES, 2, (_, _, _, _, _, _) -> {});
    int late =
        model.kernel(
            Kernel.Domain.EXAMPLES, 2, (memory, _, _, _, _, _) -> seen.add(memory.longs(0, 0)[3]));
    model.plans.put(
        "trial", List.of(new Launch.BeginTrial(true), steps(run, 0, 7), update(late, "late")));
    try (var simulation = model.open(1)) {
      simulation.runTrial("trial");
      assertEquals(List.of(7L), seen);
    }
  }

  @Test
  void timeRunsOnWhereTheTrialSaysSo() {
    FakeModel model = FakeModel.ofBatch(1);
    List<Long> starts = new ArrayList<>();
    int run =
        model.kernel(
            Kernel.Domain.EXAMPLES,
            1,
            (memory, _, _, _, _, _) -> starts.add(memory.longs(0, 0)[0]));
    model.plans.put("trial", List.of(new Launch.BeginTrial(false), steps(run, 0, 10)));
    try (var simulation = model.open(1)) {
      simulation.runTrial("trial");
      simulation.runTrial("trial");
      simulation.setTimestep(100);
      simulation.runTrial("trial");
      assertEquals(List.of(0L, 10L, 100L), starts);
      assertEquals(110, simulation.timestep());
    }
  }

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() {
    float[] expected = sums(1);
    for (int threads : new int[] {2, 4}) {
      assertTrue(java.util.Arrays.equals(expected, sums(threads)), threads + " threads");
    }
  }

  /// Partial sums per slice of 0.1 · example, reduced row by row.
  private static float[] sums(int threads) {
    FakeModel model = FakeModel.ofBatch(37);
    model.slices = 8;
    VariableReference gradient = VariableReference.synapse("s", "gradient");
    int partial = model.variable(gradient, Symbol.Copies.SLICES, 100, 3, InitialValue.of(0));
    int whole =
        model.variable(
            VariableReference.synapse("s", "g"), Symbol.Copies.SHARED, 100, 3, InitialValue.of(0));
    int run =
        model.kernel(
            Kernel.Domain.EXAMPLES,
            37,
            (memory, begin, end, slice, _, _) -> {
              for (int example = begin; example < end; example++) {
                for (int row = 0; row < 100; row++) {
                  memory.floats(partial, slice * 100 + row)[1] += 0.1f * example * row;
                }
              }
            });
    int reduce =
        model.kernel(
            Kernel.Domain.ROWS,
            100,
            (memory, begin, end, _, _, _) -> {
              for (int row = begin; row < end; row++) {
                for (int slice = 0; slice < 8; slice++) {
                  memory.floats(whole, row)[1] += memory.floats(partial, slice * 100 + row)[1];
                }
              }
            });
    model.plans.put("trial", List.of(steps(run, 0, 1), update(reduce, "reduce")));
    try (var simulation = model.open(threads)) {
      for (int i = 0; i < 20; i++) {
        simulation.runTrial("trial");
      }
      float[] sums = simulation.variable(VariableReference.synapse("s", "g")).toArray();
      float[] slices = simulation.variable(gradient).toArray();
      float[] both = java.util.Arrays.copyOf(sums, 600);
      System.arraycopy(slices, 0, both, 300, 300);
      return both;
    }
  }

  @Test
  void aFailingKernelStopsTheTrialWithItsMessageAndCloseStillWorks() {
    FakeModel model = FakeModel.ofBatch(4);
    model.slices = 4;
    int broken =
        model.kernel(
            Kernel.Domain.EXAMPLES,
            4,
            (_, begin, _, _, _, _) -> {
              if (begin == 2) {
                throw new ArrayIndexOutOfBoundsException("Index 7 out of bounds for length 3");
              }
            });
    model.updates.put("broken", List.of(update(broken, "broken")));
    FakeBackend backend = model.backend();
    var simulation = Simulation.open(model.lowered(), backend, new RuntimeSettings().threads(2));
    for (int attempt = 0; attempt < 2; attempt++) {
      assertEquals(
          "model 'm': kernel 'kernel0' failed for examples 2 to 2:"
              + " java.lang.ArrayIndexOutOfBoundsException: Index 7 out of bounds for length 3",
          assertThrows(BackendException.class, () -> simulation.customUpdate("broken"))
              .getMessage());
    }
    simulation.close();
    simulation.close();
    assertEquals(backend.opened, backend.closed);
    assertEquals(
        "model 'm': the simulation is closed",
        assertThrows(IllegalStateException.class, () -> simulation.customUpdate("broken"))
            .getMessage());
  }

  @Test
  void whatWasOpenedIsClosedWhenInitialisationFails() {
    FakeModel model = FakeModel.ofBatch(2);
    model.variable(V, Symbol.Copies.EXAMPLES, 1, 3, InitialValue.of(new float[5]));
    FakeBackend backend = model.backend();
    var settings = new RuntimeSettings().threads(1);
    var thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> Simulation.open(model.lowered(), backend, settings));
    assertEquals(
        "model 'm': variable 'V' of neuron group 'n' has 5 initial values, expected 3, or 3 for"
            + " each of 2 examples",
        thrown.getMessage());
    assertEquals(backend.opened, backend.closed);
  }

  @Test
  @Feature("R11")
  void timeIsBookedByPhaseAndUpdateGroup() {
    FakeModel model = FakeModel.ofBatch(2);
    model.slices = 2;
    int run = model.kernel(Kernel.Domain.EXAMPLES, 2, (_, _, _, _, _, _) -> waitAMillisecond());
    int reduce = model.kernel(Kernel.Domain.EXAMPLES, 2, (_, _, _, _, _, _) -> {});
    model.plans.put("trial", List.of(steps(run, 0, 1), update(reduce, "reduce")));
    try (var simulation =
        Simulation.open(
            model.lowered(), model.backend(), new RuntimeSettings().threads(2).isTimed(true))) {
      simulation.runTrial("trial");
      KernelTimes times = simulation.times();
      assertTrue(times.steps().get("FORWARD") >= 1e-3, times.toString());
      assertTrue(times.customUpdates().get("reduce").update() < 1e-3, times.toString());
      assertEquals(0.25, times.build());
    }
  }

  private static void waitAMillisecond() {
    long start = System.nanoTime();
    while (System.nanoTime() - start < 1_200_000) {
      Thread.onSpinWait();
    }
  }

  @Test
  void trialsAllocateNothing() {
    FakeModel model = trialModel(4, 2);
    model.bodies.replaceAll(_ -> (memory, begin, _, _, _, _) -> memory.longs(0, 0)[1] += begin);
    try (var simulation = model.open(2)) {
      Allocation.assertNone(2000, () -> simulation.runTrial("trial"));
    }
  }

  @Test
  void unknownNamesAreAnsweredWithTheKnownOnes() {
    try (var simulation = trialModel(2, 1).open(1)) {
      assertEquals(
          "model 'm' has no schedule 'trials'; it has [trial]; did you mean 'trial'?",
          assertThrows(IllegalArgumentException.class, () -> simulation.runTrial("trials"))
              .getMessage());
      assertEquals(
          "model 'm' has no custom update group 'x'; it has [readout]",
          assertThrows(IllegalArgumentException.class, () -> simulation.customUpdate("x"))
              .getMessage());
      assertEquals(
          "model 'm' has schedules [trial]; it is run by runTrial, not step by step",
          assertThrows(IllegalStateException.class, simulation::stepTime).getMessage());
    }
  }

  @Test
  void twoSimulationsLiveSideBySide() {
    FakeModel model = FakeModel.ofBatch(2);
    model.slices = 2;
    int array = model.variable(V, Symbol.Copies.EXAMPLES, 1, 1, InitialValue.of(1));
    int grow =
        model.kernel(
            Kernel.Domain.EXAMPLES,
            2,
            (memory, begin, end, _, _, _) -> {
              for (int example = begin; example < end; example++) {
                memory.floats(array, example)[0] *= 2;
              }
            });
    model.updates.put("grow", List.of(update(grow, "grow")));
    var first = model.open(2);
    try (var second = model.open(2)) {
      first.customUpdate("grow");
      first.customUpdate("grow");
      second.customUpdate("grow");
      assertEquals(4, first.variable(V).get(1, 0));
      assertEquals(2, second.variable(V).get(1, 0));
      first.close();
      second.customUpdate("grow");
      assertEquals(4, second.variable(V).get(0, 0));
    }
  }
}
