package org.mlgenn.cli.pictures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;

/// Spikes of several populations above each other, a colour for each; the legend has their mean
/// rates, with published ones beside them in parentheses.
public record PopulationRaster(String title, List<Population> populations) {
  private static final int RASTER_HEIGHT = 520;
  private static final int DOT = 2;

  /// Where nothing is drawn.
  private static final double BELOW = -1;

  private static final float LEGEND_LINE = 7;

  /// Gap between populations, as a share of all neurons.
  private static final double GAP = 0.012;

  public PopulationRaster {
    populations = List.copyOf(populations);
  }

  /// @param size number of the neurons that are shown
  /// @param times of spikes (ms)
  /// @param neurons one per time
  /// @param rate mean over neurons and time (Hz)
  /// @param publishedRate to compare with
  @SuppressWarnings("ArrayRecordComponent") // handed over: nobody changes them
  public record Population(
      String name,
      int size,
      double[] times,
      int[] neurons,
      double rate,
      OptionalDouble publishedRate) {}

  /// Writes it as PNG.
  public void write(Path file) throws IOException {
    var panels = new Panels(title);
    raster(panels.add(RASTER_HEIGHT));
    panels.write(file);
  }

  private void raster(XYChart chart) {
    int all = populations.stream().mapToInt(Population::size).sum();
    double gap = Math.max(1, GAP * all);
    chart.setXAxisTitle("time (ms)");
    chart.getStyler().setMarkerSize(DOT);
    chart.getStyler().setXAxisDecimalPattern("0.##");
    chart.getStyler().setYAxisTicksVisible(false);
    chart.getStyler().setPlotGridHorizontalLinesVisible(false);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    double first =
        populations.stream().flatMapToDouble(p -> Arrays.stream(p.times)).min().orElse(0);
    double last = populations.stream().flatMapToDouble(p -> Arrays.stream(p.times)).max().orElse(1);
    chart.getStyler().setXAxisMin(first).setXAxisMax(Math.max(last, first + 1));
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(all + (populations.size() + 1) * gap);
    double top = all + populations.size() * gap;
    for (int index = 0; index < populations.size(); index++) {
      Population population = populations.get(index);
      double highest = top;
      // a chart wants at least one point, and the legend a line, for dots are too small in it
      var line = chart.addSeries(label(population), new double[] {first}, new double[] {BELOW});
      Look.line(line, Look.population(index), LEGEND_LINE);
      if (population.times.length > 0) {
        double[] heights =
            Arrays.stream(population.neurons).mapToDouble(n -> highest - n).toArray();
        var dots = chart.addSeries(population.name + " spikes", population.times, heights);
        Look.dots(dots, Look.population(index));
        dots.setShowInLegend(false);
      }
      top -= population.size + gap;
    }
  }

  /// `L4 E 4.50 Hz (4.75)`, the published rate in parentheses.
  private static String label(Population population) {
    String rate = String.format(Locale.ROOT, "%s  %.2f Hz", population.name, population.rate);
    return population.publishedRate.isEmpty()
        ? rate
        : String.format(Locale.ROOT, "%s (%.2f)", rate, population.publishedRate.getAsDouble());
  }
}
