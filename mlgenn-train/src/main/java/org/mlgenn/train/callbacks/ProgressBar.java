package org.mlgenn.train.callbacks;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.mlgenn.train.EpochReport;
import org.mlgenn.train.Progress;
import org.mlgenn.train.TrainingCallback;

/// Shows how far training or an evaluation is, with loss and metrics: a bar per epoch, or, where
/// there is no terminal, a line per epoch and one every ten seconds of a long one.
public final class ProgressBar implements TrainingCallback {
  private static final long LINE_NANOS = 10_000_000_000L;
  private static final int BAR_MILLIS = 200;

  private final PrintStream out;
  private final boolean isTerminal;
  private me.tongfei.progressbar.@Nullable ProgressBar bar;
  private long lastShown;

  /// A bar on the terminal if there is one, otherwise lines on the standard output.
  public ProgressBar() {
    this(System.out, System.console() != null && System.console().isTerminal());
  }

  /// Lines.
  public ProgressBar(PrintStream out) {
    this(out, false);
  }

  private ProgressBar(PrintStream out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  @Override
  public void onEpochBegin(Progress progress) {
    lastShown = System.nanoTime();
    if (isTerminal) {
      closeBar();
      bar =
          new ProgressBarBuilder()
              .setTaskName(task(progress))
              .setInitialMax(progress.batches())
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(BAR_MILLIS)
              .build();
      bar.stepTo(progress.batch());
    }
  }

  private static String task(Progress progress) {
    boolean isOne = progress.endEpoch() - progress.firstEpoch() == 1;
    String epoch = isOne ? "" : " %d/%d".formatted(progress.epoch() + 1, progress.endEpoch());
    return (progress.isTraining() ? "epoch" : isOne ? "evaluation" : "validation") + epoch;
  }

  @Override
  public void onBatchEnd(Progress progress) {
    long now = System.nanoTime();
    int done = progress.batch() + 1;
    if (bar != null) {
      bar.stepTo(done);
      if (now - lastShown > BAR_MILLIS * 1_000_000L || done == progress.batches()) {
        bar.setExtraMessage(" " + progress.scores());
        lastShown = now;
      }
    } else if (now - lastShown > LINE_NANOS && done < progress.batches()) {
      out.printf(
          "%s: batch %d of %d, %s%n", task(progress), done, progress.batches(), progress.scores());
      lastShown = now;
    }
  }

  @Override
  public void onEpochEnd(Progress progress) {
    closeBar();
    if (!isTerminal && !progress.isTraining()) {
      out.printf("%s: %s%n", task(progress), progress.scores());
    }
  }

  @Override
  public void onEpochComplete(Progress progress, EpochReport report) {
    if (!isTerminal || report.validation().isPresent()) {
      out.println(report);
    }
  }

  @Override
  public void onTrainEnd(Progress progress) {
    closeBar();
  }

  @Override
  public void onTestEnd(Progress progress) {
    closeBar();
  }

  private void closeBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
