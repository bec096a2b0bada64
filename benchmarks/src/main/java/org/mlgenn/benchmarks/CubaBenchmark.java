package org.mlgenn.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.genn.engine.backend.Backends;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.builtin.NeuronModels;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;

/// A recurrent network, step by step.
final class CubaBenchmark implements Benchmark {
  private static final String E = "excitatory";
  private static final String I = "inhibitory";

  private final List<CubaProblem> problems;

  CubaBenchmark(List<CubaProblem> problems) {
    this.problems = List.copyOf(problems);
  }

  CubaBenchmark() {
    this(
        List.of(
            new CubaProblem(4000, 80, 1, 1000),
            new CubaProblem(4000, 1000, 4, 1000),
            new CubaProblem(40_000, 80, 1, 500),
            new CubaProblem(40_000, 1000, 4, 500)));
  }

  @Override
  public String name() {
    return "cuba";
  }

  @Override
  public String summary() {
    return "Vogels-Abbott network, 4000 and 40 000 neurons with 80 and 1000 synapses each, against"
        + " a hand-written loop";
  }

  @Override
  public BenchmarkResult run(BenchmarkSettings settings, Consumer<String> log) {
    String backend = Backends.named(settings.backend()).name();
    var cases = new ArrayList<BenchmarkCase>();
    for (CubaProblem problem : problems) {
      cases.add(measure(problem, backend, settings, log));
    }
    return BenchmarkResult.of(name(), backend, settings, cases);
  }

  private BenchmarkCase measure(
      CubaProblem problem, String backend, BenchmarkSettings settings, Consumer<String> log) {
    var runtime = new RuntimeSettings().backend(backend).threads(settings.threads());
    try (var simulation = Simulation.open(model(problem), runtime)) {
      var engine = new Engine(simulation, problem);
      Map<String, Object> activity = new LinkedHashMap<>();
      float[] voltages = engine.state();
      Rows rows = rows(simulation, problem, settings.threads());
      try (HandWritten written =
          backend.equals("native")
              ? new CCuba(problem, voltages, rows)
              : new JavaCuba(problem, voltages, rows)) {
        var contest = new Contest(problem.caseName(), engine, written, activity);
        BenchmarkCase measured = contest.measure(settings, name(), log);
        double seconds = measured.milliseconds().median() / 1e3 / problem.biologicalSeconds();
        double rate =
            (long) measured.details().get("spikesPerRepetition")
                / (problem.biologicalSeconds() * problem.neurons());
        return Irregularity.of(simulation, List.of(E, I))
            .addTo(measured)
            .plus("rateHz", rate)
            .plus("secondsPerBiologicalSecond", seconds);
      }
    }
  }

  private static Rows rows(Simulation simulation, CubaProblem problem, int parts) {
    return Rows.of(
        List.of(
            List.of(simulation.sparseConnectivity("EE"), simulation.sparseConnectivity("EI")),
            List.of(simulation.sparseConnectivity("IE"), simulation.sparseConnectivity("II"))),
        new int[] {0, problem.excitatory(), problem.neurons()},
        parts);
  }

  private static ModelSpec model(CubaProblem problem) {
    Bindings bindings =
        Bindings.NONE
            .parameter("C", CubaProblem.CAPACITANCE)
            .parameter("TauM", CubaProblem.TAU)
            .parameter("Vrest", CubaProblem.REST)
            .parameter("Vreset", CubaProblem.RESET)
            .parameter("Vthresh", CubaProblem.THRESHOLD)
            .parameter("Ioffset", 0)
            .parameter("TauRefrac", CubaProblem.REFRACTORY)
            .initialValue("V", VariableInits.uniform(CubaProblem.RESET, CubaProblem.THRESHOLD));
    return new ModelSpec("cuba", CubaProblem.DT, 1, 1)
        .neuronGroup(new NeuronGroup(E, problem.excitatory(), NeuronModels.LIF, bindings))
        .neuronGroup(new NeuronGroup(I, problem.inhibitory(), NeuronModels.LIF, bindings))
        .synapseGroup(synapses("EE", E, E, problem))
        .synapseGroup(synapses("EI", E, I, problem))
        .synapseGroup(synapses("IE", I, E, problem))
        .synapseGroup(synapses("II", I, I, problem));
  }

  private static SynapseGroup synapses(
      String name, String source, String target, CubaProblem problem) {
    int number = target.equals(E) ? problem.synapsesToExcitatory() : problem.synapsesToInhibitory();
    boolean isExcitatory = source.equals(E);
    double weight = isExcitatory ? problem.excitatoryWeight() : problem.inhibitoryWeight();
    double tau = isExcitatory ? CubaProblem.TAU_EXCITATORY : CubaProblem.TAU_INHIBITORY;
    return new SynapseGroup(
        name,
        new Connectivity.Sparse(SparsePatterns.fixedNumberPost(number)).narrowIndices(true),
        source,
        target,
        new WeightUpdate(
            WeightUpdateModels.STATIC_PULSE_CONSTANT_WEIGHT, Bindings.NONE.parameter("g", weight)),
        new Postsynapse(PostsynapticModels.EXP_CURR, Bindings.NONE.parameter("tau", tau)));
  }

  private record Engine(Simulation simulation, CubaProblem problem) implements Contest.Contestant {
    @Override
    public void run() {
      simulation.stepTime(problem.timesteps());
    }

    @Override
    public long spikes() {
      return -1;
    }

    @Override
    public float[] state() {
      float[] state = new float[problem.neurons()];
      simulation.variable(VariableReference.neuron(E, "V")).read(0, state, 0);
      simulation.variable(VariableReference.neuron(I, "V")).read(0, state, problem.excitatory());
      return state;
    }
  }
}
