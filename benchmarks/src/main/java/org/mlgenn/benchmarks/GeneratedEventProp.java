package org.mlgenn.benchmarks;

import java.util.ArrayList;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.Schedule;
import org.genn.engine.model.VariableReference;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;
import org.genn.engine.runtime.VariableView;
import org.mlgenn.Connection;
import org.mlgenn.Network;
import org.mlgenn.NetworkBuilder;
import org.mlgenn.Population;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.SimulationSettings;
import org.mlgenn.compilers.TrainedOutput;
import org.mlgenn.compilers.eventprop.EventPropCompiler;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.losses.SparseCategoricalCrossentropy;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.readouts.AvgVar;
import org.mlgenn.synapses.Exponential;

/// The forward and backward pass of `ShdProblem` as the toolkit compiles it, without the sum of the
/// gradients over slices and without the step of the optimiser.
final class GeneratedEventProp implements AutoCloseable {
  private static final String SCHEDULE = "forwardBackward";

  private final Simulation simulation;
  private final Population hidden;
  private final Connection recurrent;

  private GeneratedEventProp(Simulation simulation, Population hidden, Connection recurrent) {
    this.simulation = simulation;
    this.hidden = hidden;
    this.recurrent = recurrent;
  }

  static GeneratedEventProp open(ShdProblem problem, RuntimeSettings settings) {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), ShdProblem.INPUTS);
    var hidden = net.population("hidden", LeakyIntegrateFire.forEventProp(), ShdProblem.HIDDEN);
    var output =
        net.population(
            "output", LeakyIntegrate.forEventProp().readout(new AvgVar()), ShdProblem.OUTPUTS);
    var synapse = Exponential.forEventProp();
    net.connect(input, hidden, new Dense(problem.inputWeights), synapse);
    var recurrent = net.connect(hidden, hidden, new Dense(problem.recurrentWeights), synapse);
    net.connect(hidden, output, new Dense(problem.outputWeights), synapse);
    CompiledNetwork compiled = compile(net.build());
    ModelSpec model =
        compiled
            .model()
            .schedule(
                SCHEDULE, withoutLearning(compiled.model().schedules().get(CompiledNetwork.TRAIN)));
    var generated = new GeneratedEventProp(Simulation.open(model, settings), hidden, recurrent);
    generated.bind(problem, input, compiled.training().orElseThrow().outputs().getFirst());
    return generated;
  }

  private static CompiledNetwork compile(Network network) {
    return new EventPropCompiler(ShdProblem.TIMESTEPS)
        .loss(new SparseCategoricalCrossentropy())
        .simulation(new SimulationSettings().batchSize(ShdProblem.BATCH).seed(1))
        .compile(network);
  }

  /// What is left of a trial when it ends with its last run.
  private static Schedule withoutLearning(Schedule trial) {
    var items = new ArrayList<>(trial.items());
    while (!(items.getLast() instanceof Schedule.Run)) {
      items.removeLast();
    }
    return new Schedule(trial.timesteps(), items);
  }

  private void bind(ShdProblem problem, Population input, TrainedOutput output) {
    VariableView target = simulation.variable(output.target());
    VariableView weight = simulation.variable(output.exampleWeight());
    for (int example = 0; example < ShdProblem.BATCH; example++) {
      var train = problem.examples.get(example);
      simulation.setSpikes(input.name(), example, train.offsets(), train.ids());
      target.setLong(example, 0, problem.labels[example]);
      weight.setDouble(example, 0, 1.0 / ShdProblem.BATCH);
    }
  }

  /// Forward and backward pass of the whole batch; adds to the gradients.
  void run() {
    simulation.runTrial(SCHEDULE);
  }

  /// Hidden spikes of the last run.
  int hiddenSpikes() {
    int sum = 0;
    for (int example = 0; example < ShdProblem.BATCH; example++) {
      sum += simulation.spikes(hidden.name()).count(example);
    }
    return sum;
  }

  void clearGradients() {
    gradient().fill(0);
  }

  float[] recurrentGradient() {
    return gradient().toArray();
  }

  private VariableView gradient() {
    return simulation.variable(VariableReference.synapse(recurrent.name(), "Gradient"));
  }

  @Override
  public void close() {
    simulation.close();
  }
}
