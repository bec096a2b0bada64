package org.mlgenn.train.checkpoints;

import java.nio.file.Path;
import java.util.List;

/// A checkpoint that this training cannot go on from: lists every reason.
public class IncompatibleCheckpointException extends IllegalArgumentException {
  private final List<String> differences;

  public IncompatibleCheckpointException(Path file, List<String> differences) {
    super(
        "checkpoint %s cannot be used here:\n  - %s"
            .formatted(file, String.join("\n  - ", differences)));
    this.differences = List.copyOf(differences);
  }

  /// One sentence per reason.
  public List<String> differences() {
    return differences;
  }
}
