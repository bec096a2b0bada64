package org.mlgenn.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The report of `mlgenn simulate --report FILE`.
final class SimulationJson {
  private static final int SCHEMA_VERSION = 1;
  private static final double MS_PER_SECOND = 1e3;

  private SimulationJson() {}

  static void write(Path file, SimulationResult result) throws IOException {
    JsonFile.write(file, tree(result));
  }

  private static Map<String, @Nullable Object> tree(SimulationResult result) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("schemaVersion", SCHEMA_VERSION);
    tree.put("network", result.name());
    tree.put("settings", result.network().settings());
    tree.put("backend", result.backend());
    tree.put("threads", result.threads());
    tree.put("neurons", result.network().neuronCount());
    tree.put("synapses", result.network().synapseCount());
    tree.put("bytesPerSynapse", result.network().storedBytesPerSynapse());
    tree.put("milliseconds", MS_PER_SECOND * result.seconds());
    tree.put(
        "warmUpMilliseconds",
        MS_PER_SECOND * result.duration().seconds(result.duration().warmUp()));
    tree.put("interrupted", result.isInterrupted());
    tree.put("populations", populations(result));
    tree.put("seconds", times(result.times()));
    tree.put("realTimeFactor", number(result.realTimeFactor()));
    tree.put("synapticEventsPerBiologicalSecond", number(result.synapticEventsPerSecond()));
    tree.put("modelBytes", result.modelBytes());
    tree.put("peakMemoryBytes", result.peakBytes());
    tree.put("remarks", result.network().remarks());
    return tree;
  }

  private static List<Map<String, @Nullable Object>> populations(SimulationResult result) {
    return result.network().populations().stream()
        .<Map<String, @Nullable Object>>map(
            population -> {
              var tree = new LinkedHashMap<String, @Nullable Object>();
              tree.put("name", population.label());
              tree.put("neurons", result.network().size(population));
              tree.put("spikes", result.spikes().get(population).count());
              tree.put("rateHz", number(result.rate(population)));
              tree.put(
                  "publishedRateHz",
                  population.publishedRate().isPresent()
                      ? population.publishedRate().getAsDouble()
                      : null);
              tree.put(
                  "nestRateHz",
                  population.nestRate().isPresent() ? population.nestRate().getAsDouble() : null);
              return tree;
            })
        .toList();
  }

  private static Map<String, Object> times(SimulationResult.Times times) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("kernels", times.kernels());
    tree.put("kernelsFromCache", times.isFromCache());
    tree.put("initialise", times.initialise());
    tree.put("build", times.build());
    tree.put("run", times.run());
    tree.put("readSpikes", times.read());
    return tree;
  }

  private static @Nullable Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
