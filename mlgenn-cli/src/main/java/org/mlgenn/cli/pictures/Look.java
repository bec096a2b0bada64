package org.mlgenn.cli.pictures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Colours and strokes of all pictures; colours that colour-blind people can tell apart.
///
/// @see <a href="https://doi.org/10.1038/nmeth.1618">Wong (2011), Points of view: Color
///   blindness</a>
final class Look {
  static final Color TEXT = new Color(0x26, 0x2b, 0x33);
  static final Color BLUE = new Color(0x00, 0x72, 0xb2);
  static final Color ORANGE = new Color(0xd5, 0x5e, 0x00);
  static final Color GREEN = new Color(0x00, 0x9e, 0x73);
  static final Color GREY = new Color(0xb4, 0xba, 0xc2);

  /// A hue for each pair of populations, the second one lighter.
  private static final Color[] POPULATIONS = {
    BLUE,
    new Color(0x56, 0xb4, 0xe9),
    ORANGE,
    new Color(0xe6, 0x9f, 0x00),
    GREEN,
    new Color(0x7c, 0xc9, 0xb0),
    new Color(0x7b, 0x4f, 0xa0),
    new Color(0xcc, 0x79, 0xa7)
  };

  private static final Color GRID = new Color(0xe6, 0xe8, 0xec);
  private static final Color FRAME = new Color(0x9a, 0xa1, 0xab);
  private static final int AXIS_TITLE_SIZE = 13;
  private static final int LABEL_SIZE = 12;

  /// Room for labels of values, the same in all panels so that their axes are in line.
  private static final int LABEL_WIDTH = 58;

  private Look() {}

  static Color population(int index) {
    return POPULATIONS[index % POPULATIONS.length];
  }

  static void apply(XYChart chart) {
    XYStyler styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartFontColor(TEXT);
    styler.setChartTitleVisible(false);
    styler.setChartPadding(10);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderColor(FRAME);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setPlotContentSize(0.96);
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, AXIS_TITLE_SIZE));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, LABEL_SIZE));
    styler.setAxisTickLabelsColor(TEXT);
    styler.setAxisTickMarksColor(FRAME);
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, LABEL_SIZE));
    styler.setLegendBorderColor(GRID);
    styler.setLegendBackgroundColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.InsideSE);
    styler.setLegendPadding(7);
    styler.setYAxisLeftWidthHint(LABEL_WIDTH);
    styler.setLocale(java.util.Locale.ROOT);
    styler.setAntiAlias(true);
    styler.setTextAntiAlias(true);
  }

  static void line(XYSeries series, Color color, float width) {
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    series.setMarkerColor(color);
    series.setMarker(SeriesMarkers.NONE);
  }

  static void dots(XYSeries series, Color color) {
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(color);
  }
}
