package org.mlgenn.tests.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VariableReference;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;
import org.jspecify.annotations.Nullable;
import org.mlgenn.NetworkBuilder;
import org.mlgenn.Population;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.SimulationSettings;
import org.mlgenn.compilers.TrainedOutput;
import org.mlgenn.compilers.TrainedVariable;
import org.mlgenn.compilers.Training;
import org.mlgenn.compilers.eventprop.EventPropCompiler;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.data.SpikeTrain;
import org.mlgenn.losses.Loss;
import org.mlgenn.losses.MeanSquareError;
import org.mlgenn.losses.RelativeMeanSquareError;
import org.mlgenn.losses.SparseCategoricalCrossentropy;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.Neuron;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.parts.TargetKind;
import org.mlgenn.readouts.AvgVar;
import org.mlgenn.readouts.AvgVarExpWeight;
import org.mlgenn.readouts.FirstSpikeTime;
import org.mlgenn.readouts.MaxVar;
import org.mlgenn.readouts.Readout;
import org.mlgenn.readouts.SumVar;
import org.mlgenn.readouts.Var;
import org.mlgenn.synapses.Exponential;

/// The gradients that a compiled network learns from.
///
/// The examples are one batch. Kernels are built and a simulation is opened once per network and
/// time step; the weights, which a step of the optimiser has moved, are set back before each batch.
public final class CompiledGradients implements GradientUnderTest, AutoCloseable {
  private final Precision precision;
  private @Nullable NetworkCase compiledCase;
  private double compiledDt;
  private @Nullable CompiledNetwork compiled;
  private @Nullable Simulation opened;
  private List<double[]> weights = List.of();

  public CompiledGradients(Precision precision) {
    this.precision = precision;
  }

  @Override
  public double[][][] gradients(NetworkCase network, double dt, double phase) {
    CompiledNetwork model = compiled(network, dt);
    Simulation simulation = Objects.requireNonNull(opened);
    Training training = model.training().orElseThrow();
    int examples = network.examples().size();
    training
        .exampleWeights()
        .forEach(reference -> simulation.variable(reference).fill(1.0 / examples));
    for (int variable = 0; variable < training.variables().size(); variable++) {
      simulation
          .variable(training.variables().get(variable).variable().variable())
          .set(weights.get(variable));
    }
    for (int example = 0; example < examples; example++) {
      SpikeTrain train = train(network, network.examples().get(example), dt, phase);
      simulation.setSpikes("cells0", example, train.offsets(), train.ids());
      target(simulation, training.outputs().getFirst(), network, example, dt);
    }
    simulation.runTrial(CompiledNetwork.TRAIN);
    return training.variables().stream()
        .map(variable -> gradient(simulation, variable))
        .toArray(double[][][]::new);
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }

  private static double[][] gradient(Simulation simulation, TrainedVariable variable) {
    double[] flat = simulation.variable(variable.gradient()).toDoubles();
    int targets = variable.variable().shape().sizes().get(1);
    double[][] rows = new double[flat.length / targets][targets];
    for (int source = 0; source < rows.length; source++) {
      System.arraycopy(flat, source * targets, rows[source], 0, targets);
    }
    return rows;
  }

  private static void target(
      Simulation simulation, TrainedOutput output, NetworkCase network, int example, double dt) {
    VariableReference target = output.target();
    Example given = network.examples().get(example);
    if (output.kind() == TargetKind.LABEL) {
      simulation.variable(target).setLong(example, 0, given.label());
      return;
    }
    double[][] rows =
        output.kind() == TargetKind.SERIES
            ? network.targetsPerTimestep(given, dt)
            : new double[][] {network.targets(given, dt)};
    for (int step = 0; step < rows.length; step++) {
      for (int neuron = 0; neuron < rows[step].length; neuron++) {
        simulation.variable(target).setDouble(example, step, neuron, rows[step][neuron]);
      }
    }
  }

  private static SpikeTrain train(NetworkCase network, Example example, double dt, double phase) {
    double[][] times = network.shiftedSpikes(example, phase);
    List<List<Integer>> steps = new ArrayList<>();
    for (int step = 0; step < network.timesteps(dt); step++) {
      steps.add(new ArrayList<>());
    }
    for (int neuron = 0; neuron < times.length; neuron++) {
      for (double time : times[neuron]) {
        int step = Math.max(0, (int) Math.ceil(time / dt));
        if (step < steps.size()) {
          steps.get(step).add(neuron);
        }
      }
    }
    return SpikeTrain.ofSteps(
        times.length,
        steps.stream()
            .map(step -> step.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new));
  }

  private CompiledNetwork compiled(NetworkCase network, double dt) {
    CompiledNetwork present = compiled;
    if (present == null || compiledCase != network || compiledDt != dt) {
      close();
      present = compile(network, dt);
      compiled = present;
      Simulation simulation =
          Simulation.open(present.model(), new RuntimeSettings().backend("jvm").threads(1));
      opened = simulation;
      weights =
          present.training().orElseThrow().variables().stream()
              .map(variable -> simulation.variable(variable.variable().variable()).toDoubles())
              .toList();
      compiledCase = network;
      compiledDt = dt;
    }
    return present;
  }

  private CompiledNetwork compile(NetworkCase network, double dt) {
    Circuit circuit = network.circuit();
    var builder = new NetworkBuilder();
    List<Population> populations = new ArrayList<>();
    for (int group = 0; group < circuit.cells().size(); group++) {
      Circuit.Cells cells = circuit.cells().get(group);
      Optional<Readout> readout =
          group == circuit.output() ? Optional.of(readout(network.pair())) : Optional.empty();
      populations.add(builder.population("cells" + group, neuron(cells, readout), cells.size()));
    }
    for (Circuit.Projection projection : circuit.projections()) {
      builder.connect(
          populations.get(projection.source()),
          populations.get(projection.target()),
          new Dense(floats(projection.weights())),
          Exponential.forEventProp().tau(circuit.cells().get(projection.target()).tauSyn()));
    }
    return new EventPropCompiler(network.timesteps(dt))
        .simulation(
            new SimulationSettings()
                .dt(dt)
                .batchSize(network.examples().size())
                .seed(1)
                .precision(precision))
        .loss(loss(network, dt))
        .perTimestepLoss(network.pair().perTimestep())
        .ttfsAlpha(network.settings().ttfsAlpha())
        .compile(builder.build());
  }

  private static float[][] floats(double[][] rows) {
    float[][] floats = new float[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      floats[row] = new float[rows[row].length];
      for (int column = 0; column < rows[row].length; column++) {
        floats[row][column] = (float) rows[row][column];
      }
    }
    return floats;
  }

  private static Neuron neuron(Circuit.Cells cells, Optional<Readout> readout) {
    return switch (cells.kind()) {
      case INPUT -> new SpikeInput();
      case LIF -> {
        var neuron =
            LeakyIntegrateFire.forEventProp().vThresh(Circuit.THRESHOLD).tauMem(cells.tauMem());
        yield readout.isPresent() ? neuron.readout(readout.get()) : neuron;
      }
      case LI -> {
        var neuron = LeakyIntegrate.forEventProp().tauMem(cells.tauMem());
        yield readout.isPresent() ? neuron.readout(readout.get()) : neuron;
      }
    };
  }

  private static Readout readout(Pair pair) {
    return switch (pair.readout()) {
      case VAR -> new Var();
      case SUM_VAR -> new SumVar();
      case AVG_VAR -> new AvgVar();
      case AVG_VAR_EXP_WEIGHT -> new AvgVarExpWeight();
      case MAX_VAR -> new MaxVar();
      case FIRST_SPIKE_TIME -> new FirstSpikeTime();
    };
  }

  private static Loss loss(NetworkCase network, double dt) {
    return switch (network.pair().loss()) {
      case CROSSENTROPY -> new SparseCategoricalCrossentropy(network.temperature(dt));
      case SQUARE_ERROR -> new MeanSquareError();
      case RELATIVE_SQUARE_ERROR -> new RelativeMeanSquareError(network.settings().margin());
    };
  }
}
