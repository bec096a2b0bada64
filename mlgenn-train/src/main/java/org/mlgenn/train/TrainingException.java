package org.mlgenn.train;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A training that cannot go on: says where it is and from which file it could be taken up.
public class TrainingException extends RuntimeException {
  private final int epoch;
  private final int batch;
  private final transient @Nullable Path lastCheckpoint;

  TrainingException(String what, int epoch, int batch, Optional<Path> lastCheckpoint) {
    super(
        "epoch %d, batch %d: %s; %s"
            .formatted(
                epoch,
                batch,
                what,
                lastCheckpoint
                    .map(file -> "last good checkpoint: " + file)
                    .orElse("no checkpoint was written")));
    this.epoch = epoch;
    this.batch = batch;
    this.lastCheckpoint = lastCheckpoint.orElse(null);
  }

  public int epoch() {
    return epoch;
  }

  /// Number of the batch in the epoch.
  public int batch() {
    return batch;
  }

  public Optional<Path> lastCheckpoint() {
    return Optional.ofNullable(lastCheckpoint);
  }
}
