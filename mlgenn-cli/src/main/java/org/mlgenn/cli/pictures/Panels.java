package org.mlgenn.cli.pictures;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.XYChart;
import org.mlgenn.serialisers.AtomicFile;

/// Charts below each other under one title, as one picture.
final class Panels {
  private static final int WIDTH = 900;
  private static final int TITLE_HEIGHT = 46;
  private static final int SCALE = 2;
  private static final int MARGIN = 16;
  private static final int RIGHT_MARGIN = 14;
  private static final int TITLE_BASELINE = 31;

  private final String title;
  private final List<XYChart> charts = new ArrayList<>();
  private final List<Integer> heights = new ArrayList<>();

  Panels(String title) {
    this.title = title;
  }

  /// An empty chart below the others, in the house style.
  XYChart add(int height) {
    var chart = new XYChart(WIDTH - RIGHT_MARGIN, height);
    Look.apply(chart);
    charts.add(chart);
    heights.add(height);
    return chart;
  }

  /// Names the horizontal axis below the last chart only.
  void shareTimeAxis() {
    for (XYChart chart : charts.subList(0, charts.size() - 1)) {
      chart.getStyler().setXAxisTitleVisible(false);
    }
  }

  /// Without a file in between, which needs a hook at the end of the process: it may be ending.
  private static void write(BufferedImage image, OutputStream out) throws IOException {
    try (var stream = new MemoryCacheImageOutputStream(out)) {
      ImageIO.write(image, "png", stream);
    }
  }

  /// As PNG, twice as fine as its size says, for screens with small pixels.
  void write(Path file) throws IOException {
    int height = TITLE_HEIGHT + heights.stream().mapToInt(Integer::intValue).sum();
    var image = new BufferedImage(SCALE * WIDTH, SCALE * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      graphics.scale(SCALE, SCALE);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, WIDTH, height);
      graphics.setColor(Look.TEXT);
      graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
      graphics.drawString(title, MARGIN, TITLE_BASELINE);
      int top = TITLE_HEIGHT;
      for (int index = 0; index < charts.size(); index++) {
        var panel = (Graphics2D) graphics.create(0, top, WIDTH, heights.get(index));
        charts.get(index).paint(panel, WIDTH - RIGHT_MARGIN, heights.get(index));
        panel.dispose();
        top += heights.get(index);
      }
    } finally {
      graphics.dispose();
    }
    AtomicFile.write(file, out -> write(image, out));
  }
}
