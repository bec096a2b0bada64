package org.mlgenn.cli.commands;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.mlgenn.train.Progress;
import org.mlgenn.train.TrainingCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes when the first batch is done.
final class FirstBatch implements TrainingCallback {
  private static final Logger LOG = LoggerFactory.getLogger(FirstBatch.class);
  private static final double MILLI = 1e-3;

  private long doneAtMillis;

  @Override
  public void onBatchEnd(Progress progress) {
    if (doneAtMillis == 0) {
      doneAtMillis = System.currentTimeMillis();
      if (LOG.isDebugEnabled()) {
        LOG.debug(
            "first batch done after {} s, processor time {}",
            seconds(),
            ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
      }
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
