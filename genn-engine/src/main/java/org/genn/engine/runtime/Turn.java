package org.genn.engine.runtime;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Makes sure that one thread at a time runs a model. Two would wait for each other without end, or
/// write where the other one reads.
final class Turn {
  private final String owner;
  private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();

  /// @param owner how messages call the model
  Turn(String owner) {
    this.owner = owner;
  }

  /// @return whether `end` gives the turn back; not if the thread has it already, as an observer of
  ///   a trial
  /// @throws IllegalStateException if another thread has it
  boolean begin() {
    Thread caller = Thread.currentThread();
    Thread other = holder.compareAndExchange(null, caller);
    if (other == null) {
      return true;
    }
    if (other != caller) {
      throw new IllegalStateException(
          "%s is in use by %s; one thread at a time may run, reinitialise or close it: wait for that one, or open the model once per thread"
              .formatted(owner, name(other)));
    }
    return false;
  }

  /// @param isOutermost what `begin` has returned
  void end(boolean isOutermost) {
    if (isOutermost) {
      holder.set(null);
    }
  }

  private static String name(Thread thread) {
    return thread.getName().isEmpty()
        ? "thread " + thread.threadId()
        : "thread '" + thread.getName() + "'";
  }
}
