package org.mlgenn.cli.commands;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.mlgenn.cli.Console;

/// Shows how far a long piece of work is: a bar on a terminal, elsewhere a line every ten seconds.
final class WorkBar implements AutoCloseable {
  private static final long LINE_NANOS = 10_000_000_000L;
  private static final int BAR_MILLIS = 200;

  private final Console console;
  private final String task;
  private final long amount;
  private final @Nullable ProgressBar bar;
  private long lastShown = System.nanoTime();

  /// @param amount of work in any unit
  WorkBar(Console console, String task, long amount) {
    this.console = console;
    this.task = task;
    this.amount = Math.max(1, amount);
    bar =
        console.isTerminal()
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(this.amount)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(BAR_MILLIS)
                .build()
            : null;
  }

  /// @param what is being done, or how fast
  void show(long done, String what) {
    if (bar != null) {
      bar.stepTo(done);
      bar.setExtraMessage(" " + what);
    } else if (System.nanoTime() - lastShown > LINE_NANOS) {
      console
          .out()
          .println(String.format(Locale.ROOT, "%s: %d %%, %s", task, 100 * done / amount, what));
      lastShown = System.nanoTime();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
