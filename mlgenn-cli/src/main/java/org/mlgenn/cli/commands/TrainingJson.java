package org.mlgenn.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.mlgenn.train.EpochReport;
import org.mlgenn.train.EvaluationReport;
import org.mlgenn.train.TrainingReport;

/// The report of `mlgenn train --report FILE`.
final class TrainingJson {
  private static final int SCHEMA_VERSION = 1;
  private static final double MILLIS = 1e3;

  private TrainingJson() {}

  /// @param examples that were trained with
  /// @param compileSeconds from the network to a simulation that is ready to run
  /// @param startupSeconds from the start of the Java runtime to the end of the first batch
  record Content(
      String recipe,
      Map<String, Object> settings,
      TrainingReport training,
      EvaluationReport test,
      int examples,
      String dataSha256,
      double compileSeconds,
      double startupSeconds) {}

  static void write(Path file, Content content) throws IOException {
    JsonFile.write(file, tree(content));
  }

  private static Map<String, @Nullable Object> tree(Content content) {
    TrainingReport training = content.training;
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("schemaVersion", SCHEMA_VERSION);
    tree.put("recipe", content.recipe);
    tree.put("settings", content.settings);
    tree.put("seed", training.provenance().seed());
    tree.put("backend", training.provenance().backend());
    tree.put("threads", training.provenance().threads());
    tree.put("slices", training.provenance().slices());
    tree.put("epochs", training.epochs().stream().map(TrainingJson::epoch).toList());
    tree.put("testAccuracy", content.test.accuracy());
    tree.put(
        "millisecondsPerExample",
        number(millisecondsPerExample(training.epochs(), content.examples)));
    tree.put("peakMemoryBytes", PeakMemory.bytes());
    tree.put("compileSeconds", content.compileSeconds);
    tree.put("startupSeconds", number(content.startupSeconds));
    tree.put("dataSha256", content.dataSha256);
    return tree;
  }

  private static Map<String, @Nullable Object> epoch(EpochReport epoch) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("epoch", epoch.epoch());
    tree.put("trainLoss", number(epoch.trainLoss()));
    tree.put("trainAccuracy", number(epoch.trainAccuracy()));
    tree.put("validationLoss", number(epoch.validationLoss()));
    tree.put("validationAccuracy", number(epoch.validationAccuracy()));
    tree.put("seconds", epoch.seconds());
    tree.put("cpuSeconds", number(epoch.cpuSeconds()));
    return tree;
  }

  /// Of training, in the middle of the epochs.
  private static double millisecondsPerExample(List<EpochReport> epochs, int examples) {
    double[] seconds = epochs.stream().mapToDouble(EpochReport::seconds).sorted().toArray();
    return seconds.length == 0 ? Double.NaN : MILLIS * seconds[(seconds.length - 1) / 2] / examples;
  }

  private static @Nullable Double number(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : null;
  }

  /// JSON has no NaN.
  private static @Nullable Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
