package org.mlgenn.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.genn.engine.backend.BackendException;
import org.mlgenn.compilers.UnsupportedNetworkException;
import org.mlgenn.train.CallbackException;
import org.mlgenn.train.TrainingException;

/// Tells a failure: in a sentence where the user can do something about it, with the stack trace
/// where the program is wrong.
final class Failure {
  private Failure() {}

  static ExitCode report(Throwable failure, boolean isDebug, Console console) {
    if (failure instanceof UsageException) {
      console.err().println("mlgenn: " + failure.getMessage());
      trace(failure, isDebug, console);
      return ExitCode.USAGE;
    }
    if (failure instanceof OutOfMemoryError) {
      console
          .err()
          .println(
              "mlgenn: not enough memory; give it more with MLGENN_MEMORY, for instance"
                  + " MLGENN_MEMORY=%dg mlgenn …"
                      .formatted(twice(Runtime.getRuntime().maxMemory())));
      trace(failure, isDebug, console);
    } else if (isExplained(failure)) {
      console.err().println("mlgenn: " + message(failure));
      trace(failure, isDebug, console);
    } else {
      console.err().println("mlgenn: internal error, which should be reported with what follows:");
      trace(failure, true, console);
    }
    return ExitCode.FAILURE;
  }

  /// Twice the memory, in GiB.
  private static long twice(long bytes) {
    return Math.max(2, Math.ceilDiv(2 * bytes, 1L << 30));
  }

  private static void trace(Throwable failure, boolean isShown, Console console) {
    if (isShown) {
      failure.printStackTrace(console.err());
    }
  }

  private static boolean isExplained(Throwable failure) {
    return switch (failure) {
      case CallbackException e -> e.getCause() == null || isExplained(e.getCause());
      case IOException _,
          UncheckedIOException _,
          IllegalArgumentException _,
          BackendException _,
          UnsupportedNetworkException _,
          TrainingException _ ->
          failure.getMessage() != null;
      default -> false;
    };
  }

  private static String message(Throwable failure) {
    return switch (failure) {
      // Which hook it was says nothing to who typed a command.
      case CallbackException e when e.getCause() != null -> message(e.getCause());
      case UncheckedIOException e ->
          e.getCause().getMessage() == null ? e.toString() : message(e.getCause());
      case NoSuchFileException e -> e.getFile() + ": no such file or folder";
      case AccessDeniedException e -> e.getFile() + ": permission denied";
      case FileAlreadyExistsException e -> e.getFile() + ": is there already, and is no folder";
      case FileSystemException e -> String.valueOf(e.getMessage());
      case FileNotFoundException e -> String.valueOf(e.getMessage());
      default -> String.valueOf(failure.getMessage());
    };
  }
}
