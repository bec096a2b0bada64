package org.mlgenn.cli;

/// How the process ends.
public enum ExitCode {
  SUCCESS(0),
  FAILURE(1),
  /// The command line is wrong.
  USAGE(2),
  /// Ctrl-C: 128 and the number of the signal, as shells have it.
  INTERRUPTED(130);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }
}
