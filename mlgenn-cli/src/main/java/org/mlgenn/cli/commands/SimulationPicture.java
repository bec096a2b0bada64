package org.mlgenn.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.mlgenn.cli.Console;
import org.mlgenn.cli.pictures.PopulationRaster;

/// The picture at the end of a simulation.
final class SimulationPicture {
  private static final int SHOWN_NEURONS = 6000;

  private SimulationPicture() {}

  /// Draws it into a folder. A picture that fails costs a message: the result is there.
  static void draw(Path folder, SimulationResult result, Console console) {
    if (result.measuredSteps() == 0) {
      return;
    }
    Path file = folder.resolve(result.name() + ".png");
    try {
      Files.createDirectories(folder);
      raster(result).write(file);
      console.out().println("picture: " + file);
    } catch (IOException | RuntimeException | LinkageError | InternalError e) {
      // without fonts the classes of the platform fail in any of these ways
      console.err().println("mlgenn: the picture cannot be drawn: " + e);
    }
  }

  private static PopulationRaster raster(SimulationResult result) {
    var network = result.network();
    int stride = Math.max(1, Math.ceilDiv(network.neuronCount(), SHOWN_NEURONS));
    var populations =
        network.populations().stream()
            .map(
                population -> {
                  SpikeStatistics.Sample sample = result.spikes().get(population).sample(stride);
                  return new PopulationRaster.Population(
                      population.label(),
                      Math.ceilDiv(network.size(population), stride),
                      sample.times(),
                      sample.neurons(),
                      result.rate(population),
                      population.publishedRate());
                })
            .toList();
    String title =
        network.title()
            + (stride == 1
                ? ""
                : String.format(
                    Locale.ROOT,
                    ": %d of %d neurons",
                    populations.stream().mapToInt(PopulationRaster.Population::size).sum(),
                    network.neuronCount()));
    return new PopulationRaster(title, populations);
  }
}
