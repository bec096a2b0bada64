package org.mlgenn.cli.pictures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.mlgenn.train.EpochReport;

/// Accuracy and loss by epoch.
///
/// @param epochs that are done
/// @param testAccuracy after the last
public record LearningCurve(String title, List<EpochReport> epochs, OptionalDouble testAccuracy) {
  private static final int HEIGHT = 300;
  private static final int PERCENT = 100;

  public LearningCurve {
    epochs = List.copyOf(epochs);
  }

  /// Writes it as PNG.
  public void write(Path file) throws IOException {
    var panels = new Panels(title);
    accuracies(panels.add(HEIGHT));
    losses(panels.add(HEIGHT));
    panels.write(file);
  }

  private void accuracies(XYChart chart) {
    frame(chart, "accuracy (%)");
    curve(chart, "training", percent(EpochReport::trainAccuracy), Look.BLUE);
    curve(chart, "validation", percent(EpochReport::validationAccuracy), Look.ORANGE);
    if (testAccuracy.isPresent() && !epochs.isEmpty()) {
      double percent = PERCENT * testAccuracy.getAsDouble();
      XYSeries line =
          chart.addSeries(
              String.format(Locale.ROOT, "test %.2f %%", percent),
              new double[] {first(), last()},
              new double[] {percent, percent});
      Look.line(line, Look.GREEN, 1.6f);
      line.setLineStyle(
          new BasicStroke(
              1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {6f, 4f}, 0f));
    }
  }

  private static Function<EpochReport, OptionalDouble> percent(
      Function<EpochReport, OptionalDouble> share) {
    return epoch -> {
      OptionalDouble value = share.apply(epoch);
      return value.isPresent()
          ? OptionalDouble.of(PERCENT * value.getAsDouble())
          : OptionalDouble.empty();
    };
  }

  private void losses(XYChart chart) {
    frame(chart, "loss");
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
    curve(chart, "training", epoch -> OptionalDouble.of(epoch.trainLoss()), Look.BLUE);
    curve(chart, "validation", EpochReport::validationLoss, Look.ORANGE);
  }

  private void frame(XYChart chart, String yTitle) {
    chart.setXAxisTitle("epoch");
    chart.setYAxisTitle(yTitle);
    chart.getStyler().setXAxisDecimalPattern("0");
    if (epochs.size() < 2) {
      chart.getStyler().setXAxisMin(first() - 0.5).setXAxisMax(last() + 0.5);
    }
    if (epochs.isEmpty()) {
      chart.getStyler().setLegendVisible(false);
      chart.addSeries("no epoch", new double[] {0}, new double[] {0}).setMarker(SeriesMarkers.NONE);
    }
  }

  private void curve(
      XYChart chart, String name, Function<EpochReport, OptionalDouble> value, Color color) {
    List<EpochReport> shown =
        epochs.stream()
            .filter(epoch -> value.apply(epoch).isPresent())
            .filter(epoch -> Double.isFinite(value.apply(epoch).getAsDouble()))
            .toList();
    if (shown.isEmpty()) {
      return;
    }
    XYSeries series =
        chart.addSeries(
            name,
            shown.stream().mapToDouble(LearningCurve::number).toArray(),
            shown.stream().mapToDouble(epoch -> value.apply(epoch).getAsDouble()).toArray());
    Look.line(series, color, 2.2f);
    series.setMarker(SeriesMarkers.CIRCLE);
  }

  private double first() {
    return epochs.isEmpty() ? 0 : number(epochs.getFirst());
  }

  private double last() {
    return epochs.isEmpty() ? 0 : number(epochs.getLast());
  }

  /// People count from 1.
  private static double number(EpochReport epoch) {
    return epoch.epoch() + 1.0;
  }
}
