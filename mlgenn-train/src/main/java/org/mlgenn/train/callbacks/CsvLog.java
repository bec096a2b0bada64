package org.mlgenn.train.callbacks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mlgenn.serialisers.AtomicFile;
import org.mlgenn.train.EpochReport;
import org.mlgenn.train.MetricResult;
import org.mlgenn.train.Progress;
import org.mlgenn.train.Scores;
import org.mlgenn.train.TrainingCallback;

/// Keeps a table of the epochs in a file: one line per epoch, after each of them the whole file is
/// written anew, so that there is never half a line. A resumed training has the epochs before, too.
///
/// @param file replaced if it exists
public record CsvLog(Path file) implements TrainingCallback {
  @Override
  public void onTrainBegin(Progress progress) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      AtomicFile.makeFolder(folder);
    }
    write(progress.epochsDone());
  }

  @Override
  public void onEpochComplete(Progress progress, EpochReport report) throws IOException {
    write(progress.epochsDone());
  }

  private void write(List<EpochReport> epochs) throws IOException {
    List<Map<String, String>> rows = epochs.stream().map(CsvLog::row).toList();
    var columns = new LinkedHashSet<String>();
    rows.forEach(row -> columns.addAll(row.keySet()));
    var lines = new ArrayList<String>();
    if (!columns.isEmpty()) {
      lines.add(String.join(",", columns));
    }
    for (Map<String, String> row : rows) {
      lines.add(
          columns.stream()
              .map(column -> row.getOrDefault(column, ""))
              .collect(Collectors.joining(",")));
    }
    byte[] bytes =
        lines.stream()
            .map(line -> line + "\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  private static Map<String, String> row(EpochReport report) {
    var row = new LinkedHashMap<String, String>();
    row.put("epoch", String.valueOf(report.epoch()));
    add(row, "train", report.training());
    report.validation().ifPresent(scores -> add(row, "validation", scores));
    row.put("learningRate", String.valueOf(report.learningRate()));
    row.put("seconds", String.valueOf(report.seconds()));
    row.put("cpuSeconds", String.valueOf(report.cpuSeconds()));
    return row;
  }

  private static void add(Map<String, String> row, String prefix, Scores scores) {
    scores.loss().ifPresent(loss -> row.put(prefix + "Loss", String.valueOf(loss)));
    boolean hasSeveral = scores.metrics().size() > 1;
    for (MetricResult metric : scores.metrics()) {
      String name = Character.toUpperCase(metric.metric().charAt(0)) + metric.metric().substring(1);
      row.put(
          prefix + name + (hasSeveral ? ":" + metric.output() : ""),
          String.valueOf(metric.value()));
    }
  }
}
