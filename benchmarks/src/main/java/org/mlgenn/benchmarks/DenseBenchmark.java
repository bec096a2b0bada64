package org.mlgenn.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.genn.engine.backend.Backends;
import org.genn.engine.model.Connectivity;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;

/// Propagation of spikes through a matrix.
final class DenseBenchmark implements Benchmark {
  private final List<DenseProblem> problems;

  DenseBenchmark(List<DenseProblem> problems) {
    this.problems = List.copyOf(problems);
  }

  DenseBenchmark() {
    this(
        List.of(new DenseProblem(700, 256, 32, 8, 1000), new DenseProblem(2000, 2000, 32, 10, 20)));
  }

  @Override
  public String name() {
    return "dense";
  }

  @Override
  public String summary() {
    return "spikes through matrices of 700 by 256 and 2000 by 2000 weights, batch 32, against a"
        + " hand-written loop";
  }

  @Override
  public BenchmarkResult run(BenchmarkSettings settings, Consumer<String> log) {
    String backend = Backends.named(settings.backend()).name();
    var cases = new ArrayList<BenchmarkCase>();
    for (DenseProblem problem : problems) {
      cases.add(measure(problem, backend, settings, log));
    }
    return BenchmarkResult.of(name(), backend, settings, cases);
  }

  private BenchmarkCase measure(
      DenseProblem problem, String backend, BenchmarkSettings settings, Consumer<String> log) {
    var runtime = new RuntimeSettings().backend(backend).threads(settings.threads());
    var model =
        Summation.model(
            problem.sources(),
            problem.targets(),
            new Connectivity.Dense(),
            DenseProblem.DECAY,
            problem.batch(),
            problem.timesteps());
    try (var simulation = Simulation.open(model, runtime)) {
      var engine = new Summation(simulation);
      for (int example = 0; example < problem.batch(); example++) {
        engine.give(example, problem.spikes(example));
      }
      try (HandWritten written =
          backend.equals("native")
              ? new CDense(problem, engine.weights(), settings.threads())
              : new JavaDense(problem, engine.weights(), settings.threads())) {
        var contest = new Contest(problem.caseName(), engine, written, Map.of());
        return contest.measure(settings, name(), log);
      }
    }
  }
}
