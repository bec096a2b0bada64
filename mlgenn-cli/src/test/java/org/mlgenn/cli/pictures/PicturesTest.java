package org.mlgenn.cli.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlgenn.train.EpochReport;
import org.mlgenn.train.MetricResult;
import org.mlgenn.train.Scores;

class PicturesTest {
  @TempDir Path folder;

  private static Scores scores(double loss, double accuracy) {
    return new Scores(
        OptionalDouble.of(loss), List.of(new MetricResult("output", "accuracy", accuracy)));
  }

  private static EpochReport epoch(int epoch) {
    return new EpochReport(
        epoch,
        scores(1.0 / (epoch + 1), 1 - 0.3 / (epoch + 1)),
        Optional.of(scores(1.2 / (epoch + 1), 1 - 0.4 / (epoch + 1))),
        0.01,
        1,
        2);
  }

  private static long pixels(BufferedImage image, Color color) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .filter(at -> image.getRGB(at % image.getWidth(), at / image.getWidth()) == color.getRGB())
        .count();
  }

  private static BufferedImage read(Path file) throws IOException {
    return ImageIO.read(file.toFile());
  }

  @Test
  void learningCurveShowsTrainingValidationAndTest() throws IOException {
    Path file = folder.resolve("curve.png");
    var epochs = IntStream.range(0, 10).mapToObj(PicturesTest::epoch).toList();
    new LearningCurve("curve", epochs, OptionalDouble.of(0.97)).write(file);
    BufferedImage image = read(file);
    assertEquals(1800, image.getWidth());
    assertTrue(pixels(image, Look.BLUE) > 1000);
    assertTrue(pixels(image, Look.ORANGE) > 1000);
    assertTrue(pixels(image, Look.GREEN) > 300);
  }

  @Test
  void learningCurveOfOneEpochOrNoneIsDrawn() throws IOException {
    Path file = folder.resolve("curve.png");
    new LearningCurve("curve", List.of(epoch(0)), OptionalDouble.of(0.97)).write(file);
    assertTrue(pixels(read(file), Look.BLUE) > 20);
    new LearningCurve("curve", List.of(), OptionalDouble.empty()).write(file);
    assertTrue(pixels(read(file), Color.WHITE) > 1000);
  }

  @Test
  void rasterShowsSpikesAndVoltages() throws IOException {
    Path file = folder.resolve("raster.png");
    var input =
        new SpikeRaster.Spikes("input", 100, new double[] {0, 1, 5, 5}, new int[] {0, 50, 99, 98});
    var silent = new SpikeRaster.Spikes("hidden", 10, new double[0], new int[0]);
    float[][] values = new float[20][3];
    for (int step = 0; step < values.length; step++) {
      values[step] = new float[] {0, step, -step};
    }
    var voltages = new SpikeRaster.Voltages("output", values, 1, 1);
    new SpikeRaster("raster", 20, List.of(input, silent), Optional.of(voltages)).write(file);
    BufferedImage image = read(file);
    assertTrue(pixels(image, Look.BLUE) > 50);
    assertEquals(0, pixels(image, Look.ORANGE));
    assertTrue(pixels(image, Look.GREEN) > 300);
    assertTrue(pixels(image, Look.GREY) > 300);
  }
}
