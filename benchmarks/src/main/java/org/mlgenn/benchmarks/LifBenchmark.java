package org.mlgenn.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.genn.engine.backend.Backends;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Schedule;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.builtin.NeuronModels;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;

/// Neurons alone.
final class LifBenchmark implements Benchmark {
  private static final String RUN = "run";

  private final LifProblem problem;

  LifBenchmark(LifProblem problem) {
    this.problem = problem;
  }

  LifBenchmark() {
    this(new LifProblem(4096, 32, 100));
  }

  @Override
  public String name() {
    return "lif";
  }

  @Override
  public String summary() {
    return "4096 leaky integrate-and-fire neurons, batch 32, 100 steps, against a hand-written"
        + " loop";
  }

  @Override
  public BenchmarkResult run(BenchmarkSettings settings, Consumer<String> log) {
    String backend = Backends.named(settings.backend()).name();
    boolean isNative = backend.equals("native");
    var runtime = new RuntimeSettings().backend(backend).threads(settings.threads());
    try (var simulation = Simulation.open(model(), runtime);
        HandWritten written =
            isNative
                ? new CLif(problem, settings.threads())
                : new JavaLif(problem, settings.threads())) {
      var contest = new Contest("", new Engine(simulation), written, Map.of());
      return BenchmarkResult.of(
          name(), backend, settings, List.of(contest.measure(settings, name(), log)));
    }
  }

  private ModelSpec model() {
    Bindings bindings =
        Bindings.NONE
            .parameter("C", LifProblem.CAPACITANCE)
            .parameter("TauM", LifProblem.TAU)
            .parameter("Vrest", LifProblem.REST)
            .parameter("Vreset", LifProblem.RESET)
            .parameter("Vthresh", LifProblem.THRESHOLD)
            .parameter("Ioffset", LifProblem.OFFSET)
            .parameter("TauRefrac", LifProblem.REFRACTORY)
            .initialValue("V", InitialValue.of(problem.voltages()));
    return new ModelSpec("lif", LifProblem.DT, problem.batch(), 1)
        .neuronGroup(new NeuronGroup("lif", problem.neurons(), NeuronModels.LIF, bindings))
        .schedule(
            RUN, new Schedule(problem.timesteps()).beginTrial(false, false).run(Phase.FORWARD));
  }

  private record Engine(Simulation simulation) implements Contest.Contestant {
    @Override
    public void run() {
      simulation.runTrial(RUN);
    }

    @Override
    public long spikes() {
      return -1;
    }

    @Override
    public float[] state() {
      return simulation.variable(VariableReference.neuron("lif", "V")).toArray();
    }
  }
}
