package org.mlgenn.cli.recipes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Something that is got ready in a thread of its own.
final class Background<T> {
  private final String what;
  private final FutureTask<T> task;

  private Background(String what, FutureTask<T> task) {
    this.what = what;
    this.task = task;
  }

  static <T> Background<T> of(String what, Callable<T> work) {
    var background = new Background<>(what, new FutureTask<>(work));
    Thread.ofPlatform().daemon().name("mlgenn-" + what).start(background.task);
    return background;
  }

  /// Waits until it is ready.
  ///
  /// @throws IOException when the work failed with one
  T get() throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case UncheckedIOException cause -> throw cause;
        case IllegalArgumentException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(what + " failed", e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(what + " was interrupted", e);
    }
  }
}
