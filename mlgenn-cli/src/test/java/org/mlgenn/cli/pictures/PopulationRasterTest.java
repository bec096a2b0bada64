package org.mlgenn.cli.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PopulationRasterTest {
  @TempDir Path folder;

  private static PopulationRaster.Population population(String name, int spikes) {
    return new PopulationRaster.Population(
        name,
        100,
        IntStream.range(0, spikes).mapToDouble(spike -> 0.25 * spike).toArray(),
        IntStream.range(0, spikes).map(spike -> 37 * spike % 100).toArray(),
        spikes / 10.0,
        OptionalDouble.of(7));
  }

  private BufferedImage draw(PopulationRaster.Population... populations) throws IOException {
    Path file = folder.resolve("raster.png");
    new PopulationRaster("raster", List.of(populations)).write(file);
    return ImageIO.read(file.toFile());
  }

  private static long pixels(BufferedImage image, Color color) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .filter(at -> image.getRGB(at % image.getWidth(), at / image.getWidth()) == color.getRGB())
        .count();
  }

  @Test
  void everyPopulationHasItsColour() throws IOException {
    BufferedImage image = draw(population("A", 200), population("B", 100), population("C", 50));
    assertEquals(1800, image.getWidth());
    // the line in the legend alone has several hundred
    assertTrue(pixels(image, Look.population(0)) > 1000);
    assertTrue(pixels(image, Look.population(1)) > 500);
    assertTrue(pixels(image, Look.population(2)) > 400);
  }

  @Test
  void silentPopulationsAreDrawn() throws IOException {
    BufferedImage image = draw(population("A", 0), population("B", 0));
    assertTrue(pixels(image, Look.population(1)) > 200);
  }
}
