package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import org.genn.engine.backend.ChiSquare;
import org.genn.engine.backend.Philox;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.VariableReference;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Feature({"L21", "C03"})
class PoissonDrawsTest {
  private static final long SEED = 99;
  private static final int STREAM = 2_000_000;
  private static final NeuronModel SINK =
      new NeuronModel("Sink").variable("x").simCode("x = Isyn;");

  private static final VariableReference X = VariableReference.neuron("n", "x");

  private static CurrentSourceModel source(String code) {
    return new CurrentSourceModel("Shots", code).parameter("Lambda");
  }

  private static final CurrentSourceModel SHOTS =
      source("injectCurrent(gennrand_poisson(Lambda));");

  private static Simulation open(int neurons, int batch, CurrentSourceModel model, double mean) {
    return open(neurons, batch, model, Bindings.NONE.parameter("Lambda", mean));
  }

  private static Simulation open(
      int neurons, int batch, CurrentSourceModel model, Bindings bindings) {
    var spec =
        new ModelSpec("m", 0.5, batch, SEED)
            .neuronGroup(new NeuronGroup("n", neurons, SINK, Bindings.NONE))
            .currentSource(new CurrentSource("s", "n", model, bindings));
    return Simulation.open(spec, Models.settings());
  }

  // 22 needs more comparisons than are made at once and goes to the function.
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.3, 1.28, 2.32, 7.7, 19.9, 22})
  void numbersHaveTheDistribution(double mean) {
    int neurons = 5000;
    var counts = new long[(int) (mean + 8 * Math.sqrt(mean)) + 8];
    try (var simulation = open(neurons, 2, SHOTS, mean)) {
      for (int step = 0; step < 40; step++) {
        simulation.stepTime();
        for (double x : simulation.variable(X).toDoubles()) {
          counts[(int) Math.min(x, counts.length - 1)]++;
        }
      }
    }
    ChiSquare.check("mean " + mean, counts, n -> ChiSquare.poisson((float) mean, n));
  }

  /// The words of block `b` of 256 elements come from 64 counters, and a number is the smallest `n`
  /// whose cumulative probability exceeds the word.
  @Test
  void numbersComeFromCountersByInversion() {
    int neurons = 700;
    double mean = 1.5;
    try (var simulation = open(neurons, 2, SHOTS, mean)) {
      simulation.stepTime();
      simulation.stepTime();
      double[] numbers = simulation.variable(X).toDoubles();
      var philox = new Philox(SEED);
      int blocks = 3;
      for (int example = 0; example < 2; example++) {
        for (int neuron = 0; neuron < neurons; neuron++) {
          int within = neuron % 256;
          int counter = (example * blocks + neuron / 256) * 64 + within % 64;
          int word = philox.words(counter, STREAM, 1, 0x80000000)[within / 64];
          double u = (word >>> 1) * 0x1p-31;
          int n = 0;
          for (double below = Math.exp(-mean); u >= below; n++) {
            below += ChiSquare.poisson(mean, n + 1);
          }
          assertEquals(n, numbers[example * neurons + neuron], "neuron " + neuron);
        }
      }
    }
  }

  @Test
  void everyElementStepAndDrawHasItsOwnNumber() {
    int neurons = 300;
    double mean = 15;
    var model =
        source("injectCurrent(gennrand_poisson(Lambda) + 1000.0 * gennrand_poisson(Lambda));");
    Set<String> seen = new HashSet<>();
    double product = 0;
    int count = 0;
    try (var simulation = open(neurons, 2, model, mean)) {
      for (int step = 0; step < 50; step++) {
        simulation.stepTime();
        double[] numbers = simulation.variable(X).toDoubles();
        var rows = new StringBuilder();
        for (int i = 0; i < numbers.length; i++) {
          product += (numbers[i] % 1000 - mean) * (Math.floor(numbers[i] / 1000) - mean);
          count++;
          rows.append(numbers[i]).append(' ');
          if (i % neurons == neurons - 1) {
            seen.add(rows.toString());
            rows.setLength(0);
          }
        }
      }
    }
    assertEquals(100, seen.size());
    // Covariance of independent draws: zero, within four standard errors.
    assertEquals(0, product / count, 4 * mean / Math.sqrt(count));
  }

  @Test
  void aMeanThatChangesAndDrawsInLoopsGoToTheFunction() {
    var loop =
        source(
            """
            scalar sum = 0.0;
            for (int i = 0; i < 4; i++) {
              sum += gennrand_poisson(Lambda);
            }
            injectCurrent(sum);
            """);
    var counts = new long[30];
    try (var simulation = open(4000, 1, loop, 0.5)) {
      for (int step = 0; step < 10; step++) {
        simulation.stepTime();
        for (double x : simulation.variable(X).toDoubles()) {
          counts[(int) Math.min(x, 29)]++;
        }
      }
    }
    ChiSquare.check("sum of four", counts, n -> ChiSquare.poisson(2, n));
    var dynamic = Bindings.NONE.dynamicParameter("Lambda", 3);
    var changing = new long[30];
    try (var simulation = open(40000, 1, SHOTS, dynamic)) {
      simulation.stepTime();
      for (double x : simulation.variable(X).toDoubles()) {
        changing[(int) Math.min(x, 29)]++;
      }
    }
    ChiSquare.check("dynamic", changing, n -> ChiSquare.poisson(3, n));
  }

  @Test
  void aLocalHidesAParameter() {
    var model = source("scalar Lambda = 0.0; injectCurrent(gennrand_poisson(Lambda));");
    try (var simulation = open(100, 1, model, 8)) {
      simulation.stepTime();
      for (double x : simulation.variable(X).toDoubles()) {
        assertEquals(0, x);
      }
    }
  }
}
