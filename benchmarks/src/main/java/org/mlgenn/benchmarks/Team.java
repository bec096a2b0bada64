package org.mlgenn.benchmarks;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Threads that share the work of a loop written by hand, the calling one among them in spirit: it
/// waits for all.
final class Team implements AutoCloseable {
  private static final int SPINS = 4000;

  private final int size;
  private final ExecutorService pool;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile int round;

  Team(int size) {
    this.size = size;
    pool =
        Executors.newFixedThreadPool(
            size,
            task -> {
              Thread thread = new Thread(task, "hand-written");
              thread.setDaemon(true);
              return thread;
            });
  }

  int size() {
    return size;
  }

  /// Runs all parts at the same time and waits for them.
  void run(IntConsumer part) {
    if (size == 1) {
      part.accept(0);
      return;
    }
    var tasks = new ArrayList<Callable<Void>>();
    for (int number = 0; number < size; number++) {
      int own = number;
      tasks.add(
          () -> {
            part.accept(own);
            return null;
          });
    }
    try {
      for (var result : pool.invokeAll(tasks)) {
        result.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /// Where all parts wait for each other.
  @SuppressWarnings("ThreadPriorityCheck")
  void meet() {
    if (size == 1) {
      return;
    }
    int present = round;
    if (arrived.incrementAndGet() == size) {
      arrived.set(0);
      round = present + 1;
      return;
    }
    for (int spins = 0; round == present; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  /// Where part `number` of `total` things begins, in multiples of `unit`; `total` for the end.
  static int begin(int total, int number, int parts, int unit) {
    int share = Math.ceilDiv(Math.ceilDiv(total, parts), unit) * unit;
    return Math.min(total, number * share);
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
