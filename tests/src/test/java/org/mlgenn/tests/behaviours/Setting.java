package org.mlgenn.tests.behaviours;

import java.util.stream.Stream;
import org.genn.engine.model.Precision;

/// What the suite runs with. Each back end meets each batch size, and each of both meets each
/// precision.
record Setting(String backend, int batchSize, Precision precision) {

  static Stream<Setting> all() {
    return Stream.of(
        new Setting("jvm", 1, Precision.FLOAT),
        new Setting("jvm", 5, Precision.DOUBLE),
        new Setting("native", 1, Precision.DOUBLE),
        new Setting("native", 5, Precision.FLOAT));
  }

  /// The lowest number of the model's precision: times and values that nothing has set yet.
  double lowest() {
    return precision == Precision.DOUBLE ? -Double.MAX_VALUE : -Float.MAX_VALUE;
  }

  @Override
  public String toString() {
    return "%s, batch size %d, %s".formatted(backend, batchSize, precision);
  }
}
