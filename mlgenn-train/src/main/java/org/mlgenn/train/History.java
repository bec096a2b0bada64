package org.mlgenn.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Epoch reports as columns of numbers, one per epoch, for checkpoints.
final class History {
  private static final String EPOCH = "epoch";
  private static final String LEARNING_RATE = "learningRate";
  private static final String SECONDS = "seconds";
  private static final String CPU_SECONDS = "cpuSeconds";
  private static final String TRAINING = "train";
  private static final String VALIDATION = "validation";
  private static final String LOSS = "Loss";
  private static final String SEPARATOR = "/";

  private History() {}

  /// Missing values are not a number.
  static Map<String, double[]> columns(List<EpochReport> reports) {
    var columns = new LinkedHashMap<String, double[]>();
    for (int row = 0; row < reports.size(); row++) {
      EpochReport report = reports.get(row);
      var cells = new Cells(columns, row, reports.size());
      cells.put(EPOCH, report.epoch());
      cells.put(LEARNING_RATE, report.learningRate());
      cells.put(SECONDS, report.seconds());
      cells.put(CPU_SECONDS, report.cpuSeconds());
      cells.put(TRAINING, report.training());
      report.validation().ifPresent(scores -> cells.put(VALIDATION, scores));
    }
    return columns;
  }

  private record Cells(Map<String, double[]> columns, int row, int rows) {
    void put(String column, double value) {
      columns
              .computeIfAbsent(
                  column,
                  _ -> {
                    double[] empty = new double[rows];
                    Arrays.fill(empty, Double.NaN);
                    return empty;
                  })[row] =
          value;
    }

    void put(String prefix, Scores scores) {
      put(prefix + LOSS, scores.loss().orElse(Double.NaN));
      for (MetricResult metric : scores.metrics()) {
        put(String.join(SEPARATOR, prefix, metric.output(), metric.metric()), metric.value());
      }
    }
  }

  static List<EpochReport> reports(Map<String, double[]> columns) {
    var reports = new ArrayList<EpochReport>();
    int rows = columns.getOrDefault(EPOCH, new double[0]).length;
    for (int row = 0; row < rows; row++) {
      Scores validation = scores(columns, VALIDATION, row);
      reports.add(
          new EpochReport(
              (int) columns.get(EPOCH)[row],
              scores(columns, TRAINING, row),
              validation.equals(Scores.NONE) ? Optional.empty() : Optional.of(validation),
              columns.get(LEARNING_RATE)[row],
              columns.get(SECONDS)[row],
              columns.get(CPU_SECONDS)[row]));
    }
    return reports;
  }

  private static Scores scores(Map<String, double[]> columns, String prefix, int row) {
    double[] losses = columns.get(prefix + LOSS);
    double loss = losses == null ? Double.NaN : losses[row];
    var metrics = new ArrayList<MetricResult>();
    columns.forEach(
        (name, values) -> {
          String[] parts = name.split(SEPARATOR, -1);
          if (parts.length == 3 && parts[0].equals(prefix) && !Double.isNaN(values[row])) {
            metrics.add(new MetricResult(parts[1], parts[2], values[row]));
          }
        });
    return new Scores(
        Double.isNaN(loss) ? OptionalDouble.empty() : OptionalDouble.of(loss), metrics);
  }
}
