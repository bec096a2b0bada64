package org.genn.engine.backend;

/// A back end could not build or run a program. The message has the tool's log and the path of the
/// printed source.
public final class BackendException extends RuntimeException {
  public BackendException(String message) {
    super(message);
  }

  public BackendException(String message, Throwable cause) {
    super(message, cause);
  }
}
