package org.genn.engine.runtime;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Rows that threads share, some at a time.
///
/// Of several faults the one in the first rows is thrown, whatever the number of threads.
final class RowChunks {
  private static final int MOST = 1024;
  private static final int CHUNKS_PER_THREAD = 8;

  private RowChunks() {}

  /// What is done with the rows from `begin` to `end - 1`.
  interface Work {
    /// @param worker number of the thread, from 0
    void run(int begin, int end, int worker);
  }

  static void run(Workers workers, int rows, Work work) {
    run(workers, rows, size(workers, rows), work);
  }

  /// Rows of a chunk, where any number will do.
  static int size(Workers workers, int rows) {
    int threads = workers.threads();
    int fair = threads == 1 ? rows : Math.ceilDiv(rows, CHUNKS_PER_THREAD * threads);
    return Math.clamp(fair, 1, MOST);
  }

  /// @param size rows of a chunk
  static void run(Workers workers, int rows, int size, Work work) {
    var fault = new AtomicReference<@Nullable Fault>();
    workers.run(
        (chunk, worker) -> {
          int begin = chunk * size;
          if (isBefore(begin, fault.get())) {
            try {
              work.run(begin, Math.min(begin + size, rows), worker);
            } catch (IllegalArgumentException e) {
              fault.accumulateAndGet(
                  new Fault(begin, e),
                  (first, other) -> isBefore(other.row, first) ? other : first);
            }
          }
        },
        Math.ceilDiv(rows, size));
    Fault first = fault.get();
    if (first != null) {
      throw first.exception;
    }
  }

  private static boolean isBefore(int row, @Nullable Fault fault) {
    return fault == null || row < fault.row;
  }

  private record Fault(int row, IllegalArgumentException exception) {}
}
