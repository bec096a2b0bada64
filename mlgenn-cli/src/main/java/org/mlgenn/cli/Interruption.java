package org.mlgenn.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What happens when the process is told to end (Ctrl-C, SIGTERM): work is asked to stop, and the
/// process ends when it has, with what it saves on the disk.
///
/// The Java runtime ends with 128 and the number of the signal once the hook returns: 130 after
/// Ctrl-C.
public final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final CountDownLatch isDone = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean isRequested;

  private Interruption(Runnable requestStop, String last, Console console) {
    hook =
        new Thread(
            () -> {
              isRequested = true;
              requestStop.run();
              console.err().println("\nmlgenn: stopping after " + last);
              awaitEnd();
            },
            "mlgenn-interruption");
  }

  /// Until it is closed.
  ///
  /// @param requestStop returns at once
  public static Interruption handledBy(Runnable requestStop, Console console) {
    return handledBy(requestStop, "the present batch", console);
  }

  /// @param last what is still done, as one tells the user
  public static Interruption handledBy(Runnable requestStop, String last, Console console) {
    var interruption = new Interruption(requestStop, last, console);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void awaitEnd() {
    try {
      isDone.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether the process was told to end.
  public boolean isRequested() {
    return isRequested;
  }

  /// Work is done: the process may end.
  @Override
  public void close() {
    isDone.countDown();
    if (!isRequested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException _) {
        // it is just beginning; it finds that work is done
      }
    }
  }
}
