package org.mlgenn.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.genn.engine.backend.Backends;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;

/// Propagation of spikes through sparse rows.
final class SparseBenchmark implements Benchmark {
  private final List<SparseProblem> problems;

  SparseBenchmark(List<SparseProblem> problems) {
    this.problems = List.copyOf(problems);
  }

  SparseBenchmark() {
    this(List.of(new SparseProblem(4000, 1000, 200), new SparseProblem(80_000, 1000, 20)));
  }

  @Override
  public String name() {
    return "sparse";
  }

  @Override
  public String summary() {
    return "spikes of 4000 and of 80 000 sources with 1000 synapses each, against a hand-written"
        + " loop";
  }

  @Override
  public BenchmarkResult run(BenchmarkSettings settings, Consumer<String> log) {
    String backend = Backends.named(settings.backend()).name();
    var cases = new ArrayList<BenchmarkCase>();
    for (SparseProblem problem : problems) {
      cases.add(measure(problem, backend, settings, log));
    }
    return BenchmarkResult.of(name(), backend, settings, cases);
  }

  private BenchmarkCase measure(
      SparseProblem problem, String backend, BenchmarkSettings settings, Consumer<String> log) {
    var runtime = new RuntimeSettings().backend(backend).threads(settings.threads());
    var connectivity =
        new Connectivity.Sparse(SparsePatterns.fixedNumberPost(problem.synapses()))
            .narrowIndices(true);
    int neurons = problem.neurons();
    var model =
        Summation.model(
            neurons, neurons, connectivity, SparseProblem.DECAY, 1, problem.timesteps());
    try (var simulation = Simulation.open(model, runtime)) {
      var engine = new Summation(simulation);
      engine.give(0, problem.spikes());
      Rows rows =
          Rows.of(
              List.of(List.of(simulation.sparseConnectivity(Summation.SYNAPSES))),
              new int[] {0, neurons},
              settings.threads());
      try (HandWritten written =
          backend.equals("native")
              ? new CSparse(problem, rows, engine.weights())
              : new JavaSparse(problem, rows, engine.weights())) {
        var contest = new Contest(problem.caseName(), engine, written, Map.of());
        return contest.measure(settings, name(), log);
      }
    }
  }
}
