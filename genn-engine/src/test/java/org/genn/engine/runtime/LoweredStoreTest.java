package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.genn.engine.backend.Backends;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VariableReference;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A second start lowers nothing and computes the same.
@Feature("M21")
class LoweredStoreTest {
  @TempDir private Path cache;

  private RuntimeSettings settings() {
    return new RuntimeSettings()
        .backend("jvm")
        .threads(1)
        .build(new BuildSettings().cacheDirectory(Optional.of(cache)));
  }

  private static float[] potentials(Simulation simulation, String group) {
    return simulation.variable(VariableReference.neuron(group, "V")).toArray();
  }

  private static void requireAvailable(String backend) {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Backends.all().stream()
            .anyMatch(b -> b.name().equals(backend) && b.availability().isAvailable()),
        backend + " is not available");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  void aSecondStartIsTheSame(String backend) {
    requireAvailable(backend);
    ModelSpec spec = ManyGroups.varied(40);
    float[][] first = run(spec, backend, false);
    float[][] second = run(ManyGroups.varied(40), backend, true);
    for (int k = 0; k < first.length; k++) {
      assertArrayEquals(first[k], second[k]);
    }
  }

  private float[][] run(ModelSpec spec, String backend, boolean isCached) {
    RuntimeSettings settings = settings().backend(backend);
    Opened opened = Opening.open(spec, settings, Optional.empty(), OpeningObserver.NONE);
    assertEquals(isCached, opened.lowered().program().functions().isEmpty());
    assertEquals(isCached, opened.executable().isFromCache());
    opened.close();
    try (Simulation simulation = Simulation.open(spec, settings)) {
      for (int step = 0; step < 50; step++) {
        simulation.stepTime();
      }
      return spec.neuronGroups().stream()
          .filter(
              group ->
                  group.model().declarations().variables().stream()
                      .anyMatch(variable -> variable.name().equals("V")))
          .map(group -> potentials(simulation, group.name()))
          .toArray(float[][]::new);
    }
  }

  @Test
  void arraysAndSeedOfTheSecondModelCount() {
    NeuronGroup group = ManyGroups.varied(2).neuronGroup("pop0");
    run(values(group, 1).seed(1));
    Opened opened =
        Opening.open(values(group, 2).seed(3), settings(), Optional.empty(), OpeningObserver.NONE);
    assertTrue(opened.lowered().program().functions().isEmpty());
    assertEquals(3, opened.lowered().spec().seed());
    opened.close();
    assertArrayEquals(filled(2), run(values(group, 2).seed(3)));
  }

  private static float[] filled(float value) {
    float[] values = new float[50];
    java.util.Arrays.fill(values, value);
    return values;
  }

  private static ModelSpec values(NeuronGroup group, float value) {
    return new ModelSpec("m", 1, 1, 1)
        .neuronGroup(
            new NeuronGroup(
                group.name(),
                group.size(),
                group.model(),
                group.bindings().initialValue("V", InitialValue.of(filled(value)))));
  }

  private float[] run(ModelSpec spec) {
    try (Simulation simulation = Simulation.open(spec, settings())) {
      return potentials(simulation, "pop0");
    }
  }

  @Test
  void whatIsDamagedIsLoweredAgain() throws IOException {
    ModelSpec spec = ManyGroups.varied(2);
    Opening.open(spec, settings(), Optional.empty(), OpeningObserver.NONE).close();
    try (var files = Files.list(cache)) {
      for (Path file : files.toList()) {
        Files.write(file, new byte[100]);
      }
    }
    Opened opened = Opening.open(spec, settings(), Optional.empty(), OpeningObserver.NONE);
    assertFalse(opened.lowered().program().functions().isEmpty());
    opened.close();
  }

  @Test
  void whereTheKernelsAreGoneTheModelIsLoweredAgain() throws IOException {
    ModelSpec spec = ManyGroups.varied(2);
    Opened first = Opening.open(spec, settings(), Optional.empty(), OpeningObserver.NONE);
    Files.delete(cache.resolve(first.executable().cacheKey() + ".entry"));
    first.close();
    Opened opened = Opening.open(spec, settings(), Optional.empty(), OpeningObserver.NONE);
    assertFalse(opened.lowered().program().functions().isEmpty());
    opened.close();
  }

  @Test
  void aModelThatWasCheckedIsNotCheckedAgain() {
    ModelSpec spec = ManyGroups.varied(2);
    assertTrue(Opening.check(spec, settings()).isPresent());
    assertTrue(Opening.check(spec, settings()).isEmpty());
    assertTrue(Opening.check(spec.precision(Precision.DOUBLE), settings()).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  void aRecordingOfAnotherLengthNeedsNoOtherKernels(String backend) {
    requireAvailable(backend);
    List<Integer> whole = recorded(backend, 40, false);
    assertEquals(later(whole, 25), recorded(backend, 15, true));
    assertEquals(later(whole, 3), recorded(backend, 37, true));
  }

  private static List<Integer> later(List<Integer> steps, int first) {
    return steps.stream().filter(step -> step >= first).toList();
  }

  /// When neuron 2 has spiked in the last of 40 steps, which are recorded.
  private List<Integer> recorded(String backend, int recordingSteps, boolean isCached) {
    var model =
        new NeuronModel("Clock")
            .variable("V")
            .simCode("V += 0.3 + 0.01 * id;")
            .thresholdCondition("V > 1.0")
            .resetCode("V -= 1.0;");
    ModelSpec spec =
        new ModelSpec("m", 1, 1, 1)
            .neuronGroup(new NeuronGroup("n", 50, model, Bindings.NONE).recordsSpikes(true));
    var settings = settings().backend(backend).recordingSteps(recordingSteps);
    Opened opened = Opening.open(spec, settings, Optional.empty(), OpeningObserver.NONE);
    assertEquals(isCached, opened.lowered().program().functions().isEmpty());
    opened.close();
    try (Simulation simulation = Simulation.open(spec, settings)) {
      assertEquals(recordingSteps, simulation.recordingSteps());
      simulation.stepTime(40);
      var steps = new ArrayList<Integer>();
      RecordedSpikes spikes = simulation.recordedSpikes("n", 0);
      for (int k = 0; k < spikes.count(); k++) {
        if (spikes.ids()[k] == 2) {
          steps.add((int) spikes.steps()[k]);
        }
      }
      return steps;
    }
  }
}
