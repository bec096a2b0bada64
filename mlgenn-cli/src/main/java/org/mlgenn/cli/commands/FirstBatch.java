package org.mlgenn.cli.commands;

import java.lang.management.ManagementFactory;
import org.mlgenn.train.Progress;
import org.mlgenn.train.TrainingCallback;

/// Notes when the first batch is done.
final class FirstBatch implements TrainingCallback {
  private static final double MILLI = 1e-3;

  private long doneAtMillis;

  @Override
  public void onBatchEnd(Progress progress) {
    if (doneAtMillis == 0) {
      doneAtMillis = System.currentTimeMillis();
    }
  }

  /// From the start of the Java runtime to the end of the first batch; not a number where none was
  /// run.
  double seconds() {
    return doneAtMillis == 0 ? Double.NaN : MILLI * (doneAtMillis - startMillis());
  }

  /// From the start of the Java runtime until now.
  static double secondsSinceStart() {
    return MILLI * (System.currentTimeMillis() - startMillis());
  }

  private static long startMillis() {
    return ManagementFactory.getRuntimeMXBean().getStartTime();
  }
}
