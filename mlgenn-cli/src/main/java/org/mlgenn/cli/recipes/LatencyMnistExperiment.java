package org.mlgenn.cli.recipes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlgenn.Network;
import org.mlgenn.NetworkBuilder;
import org.mlgenn.cli.Experiment;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.InferenceCompiler;
import org.mlgenn.compilers.SimulationSettings;
import org.mlgenn.compilers.eventprop.EventPropCompiler;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.data.Examples;
import org.mlgenn.data.Sha256;
import org.mlgenn.datasets.IdxFolder;
import org.mlgenn.datasets.ImageCollection;
import org.mlgenn.datasets.ImageDataset;
import org.mlgenn.datasets.LatencyEncoder;
import org.mlgenn.datasets.Mnist;
import org.mlgenn.initializers.Normal;
import org.mlgenn.losses.SparseCategoricalCrossentropy;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.optimisers.Adam;
import org.mlgenn.readouts.AvgVar;
import org.mlgenn.synapses.Exponential;
import org.mlgenn.train.TrainingCallback;
import org.mlgenn.train.callbacks.LearningRateSchedule;

/// `latency-mnist` with its settings.
final class LatencyMnistExperiment implements Experiment {
  /// Name in checkpoints of the weights of the hidden neurons.
  static final String HIDDEN_WEIGHTS = "Conn_input_hidden-g";

  private static final int TIMESTEPS = 20;
  private static final double LATEST = 18;
  private static final double EARLIEST = 2;
  private static final double TAU_MEM = 20;
  private static final double TAU_SYN = 5;
  private static final int MNIST_PIXELS = 28 * 28;
  private static final int MNIST_CLASSES = 10;

  /// Part of the highest learning rate that is left at the end.
  private static final double LAST_RATE = 0.01;

  private static final double WARM_UP_EPOCHS = 0.1;

  private final LatencyMnistSettings settings;
  private final Background<ImageCollection> images;
  private final Background<Data> data;
  private final int pixels;
  private final int classes;

  private LatencyMnistExperiment(
      LatencyMnistSettings settings, Background<ImageCollection> images, int pixels, int classes) {
    this.settings = settings;
    this.images = images;
    this.pixels = pixels;
    this.classes = classes;
    data = Background.of("encoding", () -> prepare(images.get()));
  }

  /// Starts loading; of the user's own images it waits for their size, that of MNIST is known.
  static LatencyMnistExperiment start(LatencyMnistSettings settings, Optional<Path> folder)
      throws IOException {
    if (folder.isEmpty()) {
      var images = Background.of("loading", Mnist::load);
      return new LatencyMnistExperiment(settings, images, MNIST_PIXELS, MNIST_CLASSES);
    }
    ImageCollection images = IdxFolder.load(folder.get());
    ImageDataset train = images.train();
    return new LatencyMnistExperiment(
        settings,
        Background.of("loading", () -> images),
        train.rows() * train.columns(),
        train.classes());
  }

  private static LatencyEncoder encoder() {
    return LatencyEncoder.linear(LATEST, EARLIEST).timesteps(TIMESTEPS);
  }

  private Data prepare(ImageCollection images) {
    ImageDataset train = images.train();
    int validation = (int) Math.rint(settings.validationShare() * train.size());
    if (validation >= train.size()) {
      throw new IllegalArgumentException(
          "validation with %d of %d training images leaves none to train with"
              .formatted(validation, train.size()));
    }
    ImageDataset shown = validation == 0 ? train : train.subset(0, train.size() - validation);
    Examples training =
        settings.maxShift() == 0
            ? shown.encoded(encoder())
            : shown.shifted(encoder(), settings.maxShift(), settings.seed());
    Optional<Examples> held =
        validation == 0
            ? Optional.empty()
            : Optional.of(train.subset(train.size() - validation, train.size()).encoded(encoder()));
    Examples test = images.test().encoded(encoder());
    return new Data(training, held, test);
  }

  @Override
  public Data data() throws IOException {
    return data.get();
  }

  @Override
  public String dataSha256() throws IOException {
    ImageCollection all = images.get();
    return new Sha256().add(all.train().sha256()).add(all.test().sha256()).hex();
  }

  @Override
  public Map<String, Object> settings() {
    return settings.toMap();
  }

  private Network network() {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), pixels);
    var hidden =
        net.population(
            "hidden", LeakyIntegrateFire.forEventProp().tauMem(TAU_MEM), settings.hidden());
    var output =
        net.population(
            "output", LeakyIntegrate.forEventProp().tauMem(TAU_MEM).readout(new AvgVar()), classes);
    var synapse = Exponential.forEventProp().tau(TAU_SYN);
    net.connect(input, hidden, new Dense(new Normal(0.078, 0.045)), synapse);
    net.connect(hidden, output, new Dense(new Normal(0.2, 0.37)), synapse);
    return net.build();
  }

  private SimulationSettings simulation() {
    return new SimulationSettings().batchSize(settings.batch()).seed(settings.seed());
  }

  @Override
  public CompiledNetwork training() {
    return new EventPropCompiler(TIMESTEPS)
        .loss(new SparseCategoricalCrossentropy())
        .optimiser(new Adam(settings.learningRate()))
        .simulation(simulation())
        .compile(network());
  }

  @Override
  public CompiledNetwork inference() {
    return new InferenceCompiler(TIMESTEPS).simulation(simulation()).compile(network());
  }

  @Override
  public List<TrainingCallback> callbacks() {
    return settings.isPlain()
        ? List.of()
        : List.of(
            LearningRateSchedule.cosine(
                    settings.learningRate(),
                    LAST_RATE * settings.learningRate(),
                    Math.max(1, settings.epochs()))
                .warmUp(WARM_UP_EPOCHS));
  }
}
