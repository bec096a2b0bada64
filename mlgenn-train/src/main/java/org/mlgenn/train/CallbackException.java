package org.mlgenn.train;

/// A callback that failed. The cause is what it threw.
public class CallbackException extends RuntimeException {
  private final String callback;
  private final String hook;

  CallbackException(String callback, String hook, String where, Exception cause) {
    super(
        "callback %s failed in %s, %s: %s"
            .formatted(
                callback,
                hook,
                where,
                cause.getMessage() == null ? cause.toString() : cause.getMessage()),
        cause);
    this.callback = callback;
    this.hook = hook;
  }

  /// Name of the callback.
  public String callback() {
    return callback;
  }

  /// The hook that failed, e.g. `onBatchEnd`.
  public String hook() {
    return hook;
  }
}
