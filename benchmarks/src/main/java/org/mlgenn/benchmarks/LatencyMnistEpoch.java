package org.mlgenn.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.genn.engine.runtime.RuntimeSettings;
import org.mlgenn.NetworkBuilder;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.SimulationSettings;
import org.mlgenn.compilers.eventprop.EventPropCompiler;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.data.SpikeDataset;
import org.mlgenn.datasets.Mnist;
import org.mlgenn.initializers.Normal;
import org.mlgenn.losses.SparseCategoricalCrossentropy;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.optimisers.Adam;
import org.mlgenn.readouts.AvgVar;
import org.mlgenn.synapses.Exponential;
import org.mlgenn.train.EpochReport;
import org.mlgenn.train.Trainer;
import org.mlgenn.train.TrainingReport;

/// Epochs of ml_genn's latency MNIST: 60 000 images, batch 32, 128 hidden neurons, with learning.
final class LatencyMnistEpoch implements Benchmark {
  private static final int TIMESTEPS = 20;
  private static final int BATCH = 32;
  private static final double NANOS = 1e9;

  @Override
  public String name() {
    return "latency-mnist";
  }

  @Override
  public String summary() {
    return "epochs of 60 000 images, 784-128-10, batch 32, with learning";
  }

  @Override
  public BenchmarkResult run(BenchmarkSettings settings, Consumer<String> log) {
    SpikeDataset data = Mnist.load().train().latencyEncoded(18, 2);
    var runtime = new RuntimeSettings().backend(settings.backend()).threads(settings.threads());
    try (var trainer = Trainer.open(compile(), runtime)) {
      // the first one is the warm-up
      TrainingReport report = trainer.train(data, settings.repetitions() + 1);
      log.accept("%s: %s".formatted(name(), report.lastEpoch().orElseThrow()));
      List<Long> nanos = new ArrayList<>();
      for (EpochReport epoch : report.epochs().subList(1, report.epochs().size())) {
        nanos.add((long) (NANOS * epoch.seconds()));
      }
      var measured =
          new BenchmarkCase(
              "",
              Timing.ofNanos(nanos),
              Optional.empty(),
              Map.of("cpuSeconds", report.lastEpoch().orElseThrow().cpuSeconds()));
      return BenchmarkResult.of(name(), trainer.backend(), settings, List.of(measured));
    }
  }

  private static CompiledNetwork compile() {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), 784);
    var hidden = net.population("hidden", LeakyIntegrateFire.forEventProp(), 128);
    var output = net.population("output", LeakyIntegrate.forEventProp().readout(new AvgVar()), 10);
    var synapse = Exponential.forEventProp();
    net.connect(input, hidden, new Dense(new Normal(0.078, 0.045)), synapse);
    net.connect(hidden, output, new Dense(new Normal(0.2, 0.37)), synapse);
    return new EventPropCompiler(TIMESTEPS)
        .loss(new SparseCategoricalCrossentropy())
        .optimiser(new Adam(1e-2))
        .simulation(new SimulationSettings().batchSize(BATCH).seed(1234))
        .compile(net.build());
  }
}
