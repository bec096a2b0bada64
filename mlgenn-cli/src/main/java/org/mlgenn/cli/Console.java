package org.mlgenn.cli;

import java.io.PrintStream;
import org.mlgenn.train.callbacks.ProgressBar;

/// Where results and messages go.
///
/// @param out results
/// @param err messages
public record Console(PrintStream out, PrintStream err) {
  /// The terminal, or what the process was given in its place.
  public static Console system() {
    return new Console(System.out, System.err);
  }

  /// Whether somebody watches.
  @SuppressWarnings("ReferenceEquality") // the very stream that the terminal is behind
  public boolean isTerminal() {
    return out == System.out && System.console() != null && System.console().isTerminal();
  }

  /// Shows progress: a bar on a terminal, lines elsewhere.
  @SuppressWarnings("ReferenceEquality") // the very stream that the terminal is behind
  public ProgressBar progressBar() {
    return out == System.out ? new ProgressBar() : new ProgressBar(out);
  }
}
