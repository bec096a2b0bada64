package org.genn.engine.runtime;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Makes sure that one thread at a time runs a model. Two would wait for each other without end, or
/// write where the other one reads.
final class Turn {
  private static final Held AGAIN = () -> {};

  private final String owner;
  private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();
  private final Held first = () -> holder.set(null);

  /// Gives the turn back; one that was taken again, as by an observer of a trial, with the first.
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /// @param owner how messages call the model
  Turn(String owner) {
    this.owner = owner;
  }

  /// @throws IllegalStateException if another thread has it
  Held take() {
    Thread caller = Thread.currentThread();
    Thread other = holder.compareAndExchange(null, caller);
    if (other == null) {
      return first;
    }
    if (other != caller) {
      throw new IllegalStateException(
          "%s is in use by %s; one thread at a time may run, reinitialise or close it: wait for that one, or open the model once per thread"
              .formatted(owner, name(other)));
    }
    return AGAIN;
  }

  private static String name(Thread thread) {
    return thread.getName().isEmpty()
        ? "thread " + thread.threadId()
        : "thread '" + thread.getName() + "'";
  }
}
