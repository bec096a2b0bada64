package org.mlgenn.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.genn.engine.model.VariableReference;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.VariableView;
import org.mlgenn.Network;
import org.mlgenn.NetworkBuilder;
import org.mlgenn.Population;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.InferenceCompiler;
import org.mlgenn.compilers.SimulationSettings;
import org.mlgenn.compilers.TrainedVariable;
import org.mlgenn.compilers.eventprop.EventPropCompiler;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.data.SpikeDataset;
import org.mlgenn.data.SpikeTrain;
import org.mlgenn.data.SplitMix64;
import org.mlgenn.initializers.Constant;
import org.mlgenn.initializers.Normal;
import org.mlgenn.initializers.Value;
import org.mlgenn.losses.SparseCategoricalCrossentropy;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.Reset;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.optimisers.Adam;
import org.mlgenn.readouts.AvgVar;
import org.mlgenn.serialisers.NumpyArray;
import org.mlgenn.synapses.Exponential;
import org.mlgenn.train.checkpoints.SavedValues;

/// A problem that is solved in a second: which third of the inputs fires first.
public final class Toy {
  public static final int NEURONS = 12;
  public static final int CLASSES = 3;
  public static final int TIMESTEPS = 20;
  public static final long SEED = 7;

  public static final Population INPUT;
  public static final Population HIDDEN;
  public static final Population OUTPUT;
  public static final Network NETWORK;

  static {
    NETWORK = network(16);
    INPUT = NETWORK.population("input");
    HIDDEN = NETWORK.population("hidden");
    OUTPUT = NETWORK.population("output");
  }

  public static Network network(int hiddenNeurons) {
    return network(hiddenNeurons, new Normal(0.8, 0.6), 20);
  }

  /// One whose hidden neurons spike in almost every step.
  public static Network busyNetwork() {
    return network(16, new Constant(50), 20);
  }

  /// One with other hidden neurons.
  public static Network slowNetwork() {
    return network(16, new Normal(0.8, 0.6), 30);
  }

  private static Network network(int hiddenNeurons, Value inputWeights, double tauMem) {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), NEURONS);
    var hidden =
        net.population(
            "hidden", new LeakyIntegrateFire().tauMem(tauMem).reset(Reset.TO_RESET), hiddenNeurons);
    var output =
        net.population("output", new LeakyIntegrate().tauMem(20).readout(new AvgVar()), CLASSES);
    net.connect(input, hidden, new Dense(inputWeights), new Exponential(5));
    net.connect(hidden, output, new Dense(new Normal(0.2, 0.4)), new Exponential(5));
    net.recordSpikes(hidden);
    return net.build();
  }

  private Toy() {}

  public static EventPropCompiler compiler(int batchSize) {
    return new EventPropCompiler(TIMESTEPS)
        .loss(new SparseCategoricalCrossentropy())
        .optimiser(new Adam(1e-2))
        .maxSpikes(50)
        .simulation(new SimulationSettings().batchSize(batchSize).seed(SEED));
  }

  public static CompiledNetwork training(int batchSize) {
    return compiler(batchSize).compile(NETWORK);
  }

  public static CompiledNetwork inference(int batchSize) {
    return new InferenceCompiler(TIMESTEPS)
        .simulation(new SimulationSettings().batchSize(batchSize).seed(SEED))
        .compile(NETWORK);
  }

  public static RuntimeSettings settings() {
    return new RuntimeSettings().backend("jvm").threads(1);
  }

  public static Trainer trainer(int batchSize) {
    return Trainer.open(training(batchSize), settings());
  }

  /// Weights and state of the optimiser, as bits.
  public static Map<String, NumpyArray> state(Trainer trainer) {
    var values = new LinkedHashMap<>(SavedValues.read(trainer.compiled(), trainer.simulation()));
    for (TrainedVariable variable : trainer.compiled().training().orElseThrow().variables()) {
      for (VariableReference state : variable.optimiserState()) {
        VariableView view = trainer.simulation().variable(state);
        values.put(
            SavedValues.optimiserKey(variable.variable().name(), state),
            SavedValues.read(view, SavedValues.shape(view)));
      }
    }
    return values;
  }

  /// Examples that are drawn from a seed.
  public static SpikeDataset data(int examples, long seed) {
    var random = new SplitMix64(seed);
    int[] labels = new int[examples];
    var trains = new SpikeTrain[examples];
    for (int example = 0; example < examples; example++) {
      labels[example] = random.nextInt(CLASSES);
      float[] times = new float[NEURONS];
      for (int neuron = 0; neuron < NEURONS; neuron++) {
        boolean isEarly = neuron * CLASSES / NEURONS == labels[example];
        times[neuron] = (isEarly ? 0 : 8) + random.nextInt(6);
      }
      trains[example] =
          SpikeTrain.ofTimes(times, IntStream.range(0, NEURONS).toArray(), NEURONS, TIMESTEPS, 1);
    }
    return SpikeDataset.of(List.of(trains), labels, CLASSES);
  }
}
