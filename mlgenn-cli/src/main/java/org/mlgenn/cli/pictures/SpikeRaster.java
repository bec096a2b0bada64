package org.mlgenn.cli.pictures;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// What the neurons do with one example: a dot for each spike, and the voltages of outputs that do
/// not spike.
///
/// @param duration of the example (ms)
/// @param populations that spike, from input to output
/// @param output voltages, if there is an output that does not spike
public record SpikeRaster(
    String title, double duration, List<Spikes> populations, Optional<Voltages> output) {
  private static final int RASTER_HEIGHT = 250;
  private static final int VOLTAGE_HEIGHT = 280;
  private static final int MARKER_SIZE = 4;
  private static final Color[] COLORS = {Look.BLUE, Look.ORANGE, Look.GREEN};

  public SpikeRaster {
    populations = List.copyOf(populations);
  }

  /// Spikes of a population.
  ///
  /// @param size number of its neurons
  /// @param times (ms)
  /// @param neurons one per time
  @SuppressWarnings("ArrayRecordComponent") // handed over: nobody changes them
  public record Spikes(String population, int size, double[] times, int[] neurons) {}

  /// Voltages of output neurons.
  ///
  /// @param values `(step, neuron)`
  /// @param dt duration of a step (ms)
  /// @param highlighted the neuron whose class is the right one
  @SuppressWarnings("ArrayRecordComponent") // handed over: nobody changes them
  public record Voltages(String population, float[][] values, double dt, int highlighted) {}

  /// Writes it as PNG.
  public void write(Path file) throws IOException {
    var panels = new Panels(title);
    for (int index = 0; index < populations.size(); index++) {
      raster(panels.add(RASTER_HEIGHT), populations.get(index), COLORS[index % COLORS.length]);
    }
    output.ifPresent(voltages -> voltages(panels.add(VOLTAGE_HEIGHT), voltages));
    panels.shareTimeAxis();
    panels.write(file);
  }

  private void raster(XYChart chart, Spikes spikes, Color color) {
    frame(chart, spikes.population + " neuron");
    chart.getStyler().setYAxisMin(-0.5).setYAxisMax(spikes.size - 0.5).setYAxisDecimalPattern("0");
    chart.getStyler().setMarkerSize(MARKER_SIZE);
    chart.getStyler().setLegendVisible(false);
    boolean isSilent = spikes.times.length == 0;
    // a chart wants at least one point
    double[] times = isSilent ? new double[] {-1} : spikes.times;
    double[] neurons =
        isSilent ? new double[] {-1} : Arrays.stream(spikes.neurons).asDoubleStream().toArray();
    var series = chart.addSeries(spikes.population, times, neurons);
    Look.dots(series, color);
    if (isSilent) {
      series.setMarker(SeriesMarkers.NONE);
    }
  }

  private void voltages(XYChart chart, Voltages voltages) {
    frame(chart, voltages.population + " voltage");
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
    double[] times = new double[voltages.values.length];
    Arrays.setAll(times, step -> (step + 1) * voltages.dt);
    int neurons = voltages.values.length == 0 ? 0 : voltages.values[0].length;
    boolean isNamed = false;
    for (int neuron = 0; neuron < neurons; neuron++) {
      if (neuron != voltages.highlighted) {
        var series = chart.addSeries("class " + neuron, times, trace(voltages, neuron));
        Look.line(series, Look.GREY, 1.4f);
        series.setLabel("other classes");
        series.setShowInLegend(!isNamed);
        isNamed = true;
      }
    }
    if (voltages.highlighted < neurons) {
      var series =
          chart.addSeries(
              "class " + voltages.highlighted, times, trace(voltages, voltages.highlighted));
      Look.line(series, Look.GREEN, 2.6f);
      series.setLabel("class %d, the right one".formatted(voltages.highlighted));
    }
  }

  private static double[] trace(Voltages voltages, int neuron) {
    return Arrays.stream(voltages.values).mapToDouble(step -> step[neuron]).toArray();
  }

  private void frame(XYChart chart, String yTitle) {
    chart.setXAxisTitle("time (ms)");
    chart.setYAxisTitle(yTitle);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(duration).setXAxisDecimalPattern("0.##");
  }
}
