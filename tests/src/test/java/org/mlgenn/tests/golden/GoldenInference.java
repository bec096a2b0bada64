package org.mlgenn.tests.golden;

import java.util.HashMap;
import java.util.Map;
import org.genn.engine.model.VariableReference;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;
import org.genn.engine.runtime.StepObserver;
import org.mlgenn.Network;
import org.mlgenn.Population;
import org.mlgenn.compilers.Compatibility;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.InferenceCompiler;
import org.mlgenn.compilers.OutputPopulation;
import org.mlgenn.compilers.SimulationSettings;

/// Runs a case of the inference compiler.
final class GoldenInference {
  private GoldenInference() {}

  static void run(GoldenFolder.Case golden, Deviations deviations) {
    Network network = GoldenNetwork.of(golden);
    var arguments = golden.compilerArguments();
    boolean resetsTime = arguments.path("reset_time_between_batches").asBoolean(true);
    CompiledNetwork compiled =
        new InferenceCompiler(golden.timesteps())
            .simulation(new SimulationSettings().dt(golden.dt()).seed(1))
            .resetsTime(resetsTime)
            .resetsState(arguments.path("reset_vars_between_batches").asBoolean(true))
            .resetsSynapticInput(arguments.path("reset_in_syn_between_batches").asBoolean(false))
            .compatibility(Compatibility.ML_GENN)
            .compile(network);
    // As in ml_genn, each connection has a current of its own: the order of additions is the same.
    var settings =
        new RuntimeSettings()
            .backend("jvm")
            .threads(1)
            .fusesPostsynapticModels(false)
            .recordingSteps(golden.timesteps());
    try (var simulation = Simulation.open(compiled.model(), settings)) {
      int examples = golden.array("in_offsets").size() - 1;
      var input = new GoldenInput(golden, network.population("in").size());
      for (int example = 0; example < examples; example++) {
        long firstStep = resetsTime ? 0 : (long) example * golden.timesteps();
        var train = input.set(simulation, "in", example, firstStep * golden.dt());
        deviations.same(
            "spikes of in",
            GoldenInput.expected(golden, "in", example, firstStep),
            GoldenInput.of(train));
        var traces = new Traces(golden, network, simulation, example, deviations);
        simulation.runTrial(CompiledNetwork.EVALUATE, traces);
        for (Population population : network.populations()) {
          if (population.recordsSpikes()) {
            deviations.same(
                "spikes of " + population.name(),
                GoldenInput.expected(golden, population.name(), example, firstStep),
                GoldenInput.found(simulation, population.name(), firstStep));
          }
        }
        for (OutputPopulation output : compiled.outputs()) {
          deviations.compare(
              "readout of " + output.population(),
              golden.row("predict_" + output.population(), example),
              simulation.variable(output.variable()).toArray(),
              Deviations.largest(golden.array("predict_" + output.population()).floats()),
              Deviations.SUMS);
        }
      }
    }
  }

  /// Compares the variables of which a case has traces, after every step.
  static final class Traces implements StepObserver {
    private final GoldenFolder.Case golden;
    private final Simulation simulation;
    private final int example;
    private final Deviations deviations;
    private final Map<String, VariableReference> traced = new HashMap<>();

    Traces(
        GoldenFolder.Case golden,
        Network network,
        Simulation simulation,
        int example,
        Deviations deviations,
        String... variables) {
      this.golden = golden;
      this.simulation = simulation;
      this.example = example;
      this.deviations = deviations;
      for (Population population : network.populations()) {
        for (String variable : variables.length == 0 ? new String[] {"V"} : variables) {
          String array = population.name() + "_" + variable;
          if (golden.has(array) && example < golden.array(array).shape()[0]) {
            traced.put(array, VariableReference.neuron(population.name(), variable));
          }
        }
      }
    }

    @Override
    public void end(String phases, int step) {
      traced.forEach(
          (array, reference) -> {
            float[] all = golden.array(array).floats();
            int neurons = golden.array(array).shape()[2];
            float[] expected = new float[neurons];
            System.arraycopy(
                all, (example * golden.timesteps() + step) * neurons, expected, 0, neurons);
            deviations.compare(
                array,
                expected,
                simulation.variable(reference).toArray(),
                Deviations.largest(all),
                array.endsWith("_V") ? Deviations.TIGHT : Deviations.SUMS);
          });
    }
  }
}
