package org.mlgenn.tests.behaviours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.genn.engine.backend.Backends;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.VariableReference;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;
import org.genn.engine.runtime.VariableView;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/// A part of the suite. Timesteps are 1 ms long; "time" is what `t()` says after a step.
@OnEachSetting
abstract class Behaviours {
  /// Of GeNN's tests: numbers are those of single precision.
  private static final double RELATIVE_TOLERANCE = 1e-5;

  private static final double ABSOLUTE_TOLERANCE = 1e-8;

  /// A value for one element of one example.
  @FunctionalInterface
  interface Expected {
    double of(int example, int element);
  }

  @Parameter Setting setting;

  @BeforeEach
  final void skipWhereTheBackEndIsNotAvailable() {
    var availability =
        Backends.all().stream()
            .filter(backend -> backend.name().equals(setting.backend()))
            .findFirst()
            .orElseThrow()
            .availability();
    Assumptions.assumeTrue(availability.isAvailable(), availability.detail());
  }

  final ModelSpec model(String name) {
    return new ModelSpec(name, 1.0, setting.batchSize(), 1234).precision(setting.precision());
  }

  final RuntimeSettings settings() {
    return new RuntimeSettings()
        .backend(setting.backend())
        .threads(1)
        .fusesPostsynapticModels(false)
        .build(new BuildSettings().cacheDirectory(Optional.empty()));
  }

  final Simulation open(ModelSpec spec) {
    return Simulation.open(spec, settings());
  }

  static void run(Simulation simulation, int steps) {
    for (int step = 0; step < steps; step++) {
      simulation.stepTime();
    }
  }

  /// All values of a variable are the expected ones, in every example that has its own.
  static void expect(Simulation simulation, VariableReference variable, Expected expected) {
    VariableView view = simulation.variable(variable);
    for (int example = 0; example < examples(simulation, view); example++) {
      for (int element = 0; element < view.elements(); element++) {
        double wanted = expected.of(example, element);
        double found = view.getDouble(example, element);
        if (!isClose(wanted, found)) {
          fail(
              "%s at t = %s, example %d, element %d: expected %s, got %s"
                  .formatted(variable, simulation.t(), example, element, wanted, found));
        }
      }
    }
  }

  static void expectEach(
      Simulation simulation, VariableReference variable, IntToDoubleFunction expected) {
    expect(simulation, variable, (_, element) -> expected.applyAsDouble(element));
  }

  /// In every example, neuron `j` of the group has `x` = 1 where bit `j` of the number is set, 0
  /// elsewhere.
  static void expectDecoded(Simulation simulation, String group, long number) {
    expectEach(simulation, VariableReference.neuron(group, "x"), bit -> (number >> bit) & 1);
  }

  static void expectSum(Simulation simulation, VariableReference variable, double expected) {
    VariableView view = simulation.variable(variable);
    for (int example = 0; example < examples(simulation, view); example++) {
      double sum = 0;
      for (int element = 0; element < view.elements(); element++) {
        sum += view.getDouble(example, element);
      }
      assertEquals(
          expected, sum, "%s at t = %s, example %d".formatted(variable, simulation.t(), example));
    }
  }

  static int examples(Simulation simulation, VariableView view) {
    return view.isPerExample() ? simulation.batchSize() : 1;
  }

  static boolean isClose(double wanted, double found) {
    return wanted == found
        || Math.abs(found - wanted) <= ABSOLUTE_TOLERANCE + RELATIVE_TOLERANCE * Math.abs(wanted);
  }
}
