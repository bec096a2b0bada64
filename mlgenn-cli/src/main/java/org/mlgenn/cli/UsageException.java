package org.mlgenn.cli;

/// The command line is wrong; the message says how.
public class UsageException extends IllegalArgumentException {
  public UsageException(String message) {
    super(message);
  }
}
