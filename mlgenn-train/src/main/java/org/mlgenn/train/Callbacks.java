package org.mlgenn.train;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The callbacks of a training or an evaluation, and which of them have begun.
final class Callbacks {
  private final List<TrainingCallback> callbacks;
  private int begun;

  Callbacks(List<TrainingCallback> callbacks) {
    this.callbacks = List.copyOf(callbacks);
  }

  @FunctionalInterface
  interface Hook {
    void call(TrainingCallback callback) throws IOException;
  }

  boolean wantTimesteps(Progress progress) {
    for (int index = 0; index < callbacks.size(); index++) {
      if (callbacks.get(index).wantsTimesteps(progress)) {
        return true;
      }
    }
    return false;
  }

  List<TrainingCallback> list() {
    return callbacks;
  }

  /// Calls a hook that begins something: the first failure ends it.
  void begin(Progress progress, String name, Hook hook) {
    for (int index = 0; index < callbacks.size(); index++) {
      call(progress, name, hook, callbacks.get(index));
    }
  }

  /// Calls a hook that ends something: all are called, then the first failure is thrown.
  void end(Progress progress, String name, Hook hook) {
    end(progress, name, hook, callbacks.size());
  }

  /// Calls the hook that begins everything, and remembers who had it.
  void beginAll(Progress progress, String name, Hook hook) {
    for (TrainingCallback callback : callbacks) {
      begun++;
      call(progress, name, hook, callback);
    }
  }

  /// Calls the hook that ends everything, of those who were begun.
  void endAll(Progress progress, String name, Hook hook) {
    int count = begun;
    begun = 0;
    end(progress, name, hook, count);
  }

  private void end(Progress progress, String name, Hook hook, int count) {
    CallbackException failure = null;
    for (int index = 0; index < count; index++) {
      try {
        call(progress, name, hook, callbacks.get(index));
      } catch (CallbackException e) {
        failure = first(failure, e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static CallbackException first(@Nullable CallbackException first, CallbackException e) {
    if (first == null) {
      return e;
    }
    first.addSuppressed(e);
    return first;
  }

  private static void call(Progress progress, String name, Hook hook, TrainingCallback callback) {
    try {
      hook.call(callback);
    } catch (CallbackException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      String where = "epoch %d, batch %d".formatted(progress.epoch(), progress.batch());
      throw new CallbackException(callback.name(), name, where, e);
    }
  }
}
